"""When an activity takes place: a date, a series, a timetable; moved, cancelled, over."""

import pytest

from tests.cast import RULES, local
from tests.handlers.by_buttons import (
    TITLES,
    activity,
    occasions,
    ready,
    series,
    sign_up,
    told,
    words,
)
from tests.handlers.home import delivered, labels

pytestmark = pytest.mark.usefixtures("office")


async def test_a_weekly_timetable_leaves_red_days_out_and_stays_on_the_wall(lotsen, carla):
    await carla.press("Ak:open_preschool")
    [asked] = await series(carla, "weekly", "20261203", "1000", "1130")  # a Thursday
    assert "Every week until which day?" in asked.text
    [done] = await carla.press("yd:anl:1.20261203.600.90:20270408")
    found = await occasions(lotsen)
    walls = {each.starts_at.astimezone(RULES.zone).time().isoformat() for each in found}
    assert walls == {"10:00:00"}
    assert len({each.starts_at.utcoffset() for each in found}) == 1
    assert f"\u2066{len(found)}\u2069 times are planned." in done.text
    assert found[-1].starts_at == local("2027-04-08T10:00")


async def test_no_more_than_a_year_ahead(lotsen, carla):
    await carla.press("Ak:open_preschool")
    await series(carla, "weekly", "20261203", "1000", "1130")
    [again] = await carla.press("yd:anl:1.20261203.600.90:20290101")
    assert "That cannot be chosen." in again.text
    assert await occasions(lotsen) == ()


async def test_a_time_that_is_over_cannot_be_planned_moved_or_cancelled(lotsen, carla, place):
    await carla.press("Ak:other")
    [over] = await series(carla, "one", "20261102", "0600", "0700")  # today, three hours ago
    assert "That time is over." in over.text
    await series(carla, "one", "20261110", "1000", "1130")
    lotsen.clock.set(local("2026-11-10T10:00"))
    before = await occasions(lotsen)
    [page] = await carla.press("Ao:1")
    assert {"Move it", "Cancel this time"}.isdisjoint(labels(page))
    for press in ("Ax:1:off2", "yt:ame:1.600:20261120:1200"):
        [refused] = await carla.press(press)
        assert "That time is over. What was cannot be changed." in refused.text
    assert await occasions(lotsen) == before


async def test_the_same_time_is_not_planned_twice(lotsen, carla):
    await carla.press("Ak:other")
    await series(carla, "one", "20261110", "1000", "1130")
    [again] = await series(carla, "one", "20261110", "1000", "1130")
    assert "It is at that time already." in again.text
    assert len(await occasions(lotsen)) == 1


async def test_who_signed_up_is_told_when_a_time_moves_or_is_cancelled(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    await sign_up(lotsen, "sv")
    await delivered(lotsen)
    lotsen.clock.set(local("2026-11-03T12:00"))
    await carla.press("Ao:1")
    await carla.tap("Move it")
    await carla.press("yd:amd:1:20261111")
    await carla.press("yt:amt:1:20261111:1800")
    [moved] = await carla.press("yt:ame:1.1080:20261111:1930")
    assert "18:00–19:30" in moved.text
    assert await told(lotsen) == 1
    await carla.press("Ao:2")
    await carla.tap("Cancel this time")
    await carla.tap("Yes, cancel it")
    assert await told(lotsen) == 2
    first, second, *_ = await occasions(lotsen)
    assert (first.starts_at, second.cancelled) == (local("2026-11-11T18:00"), True)
    [gone] = await carla.press("Ax:2:off2")
    assert "It is cancelled already." in gone.text


async def test_summer_is_cancelled_in_one_go_with_a_count_before(lotsen, carla, place):
    await carla.press("Ak:open_preschool")
    await words(carla)
    await carla.press(f"As:1:p:{place}")
    await carla.press("As:1:s:sv")
    await series(carla, "weekly", "20261109", "1000", "1130")
    await carla.press("yd:anl:1.20261109.600.90:20270301")
    await carla.press("Aa:1:open")
    await carla.press("Aa:1:offd")
    await carla.press("yd:acf:1:20261201")
    [asked] = await carla.press("yd:acl:1.20261201:20261221")
    assert "Shall \u20663\u2069 times be cancelled" in asked.text
    assert not any(each.cancelled for each in await occasions(lotsen))
    await carla.tap("Yes, cancel them")
    assert sum(each.cancelled for each in await occasions(lotsen)) == 3
    [nothing] = await carla.press("Az:1:20261201:20261221")
    assert "There is nothing on those days." in nothing.text


async def test_the_timetable_shows_this_week_and_next_and_warns_of_an_end(lotsen, carla, place):
    await carla.press("Ak:open_preschool")
    await words(carla)
    await carla.press(f"As:1:p:{place}")
    await carla.press("As:1:s:sv")
    await series(carla, "weekly", "20261103", "1000", "1130")
    await carla.press("yd:anl:1.20261103.600.90:20261201")
    await carla.press("Aa:1:open")
    [week] = await carla.press("Aw:0:0")
    title = TITLES["en"]
    assert (
        f"At \u206610:00–11:30\u2069: \u2068{title}\u2069. Place: \u2068Boklada\u2069." in week.text
    )
    assert "ends on \u2068Tuesday 1 December\u2069. Plan on, or let it end." in week.text
    [next_week] = await carla.tap("Next week")
    assert "Tuesday 10 November" in next_week.text
    [alone] = await carla.tap("Only \u2068Boklada\u2069")
    assert "Tuesday 10 November" in alone.text
    [listed] = await carla.press("Al:0")
    assert f"Ends soon: \u2068{title}\u2069" in labels(listed)


async def test_a_whole_activity_is_cancelled_after_one_question(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    await sign_up(lotsen)
    await delivered(lotsen)
    lotsen.clock.set(local("2026-11-03T12:00"))
    await carla.press("Ae:1")
    await carla.tap("Cancel the activity")
    assert (await activity(lotsen)).state == "open"
    [done] = await carla.tap("Yes, cancel it")
    assert "This activity is cancelled." in done.text
    assert all(each.cancelled for each in await occasions(lotsen))
    assert await told(lotsen) == 4  # one for each meeting: they become one message
    for press in ("Aa:1:care", "Aa:1:open", "yt:ane:1.0.600:20261120:1200"):
        await carla.press(press)
    found = await activity(lotsen)
    assert (found.state, found.childcare) == ("cancelled", False)
    assert len(await occasions(lotsen)) == 4
