"""Closed today: a preview with a count, one tap, and only those whom it touches hear of it."""

import asyncio
import itertools
from datetime import date

import pytest

from messaging.push import Sent
from programme.notices import NoticeState
from programme.people import Role
from programme.places import Hours, Venue, VenueKind, day_at
from services import sending
from services.access import colleague_of
from services.delivery import Sender
from services.planning import plan
from storage import areas, memory, notices, places
from storage.audiences import people
from tests.cast import AREA, JOINED, RULES, local
from tests.colleagues import at_work
from tests.fakes import FakePush
from tests.handlers.by_buttons import (
    BO,
    DANA,
    occasions,
    ready,
    series,
    sign_up,
    told,
    words,
)
from tests.handlers.home import labels
from tests.messaging.reading_marks import isolates_fault
from tests.services.noticed import a_notice, send

pytestmark = pytest.mark.usefixtures("office")
_NUMBERS = itertools.count(100_000)
MORNING = local("2026-11-10T07:30")
OPEN = tuple(((Hours(9 * 60, 12 * 60),) * 1,) * 7)


async def a_morning(lotsen, phone, where: int) -> None:
    """Open preschool on Tuesdays, for children from two months, one just comes."""
    await phone.press("Ak:open_preschool")
    await words(phone)
    await phone.press(f"As:1:p:{where}")
    await phone.press("As:1:s:sv")
    await phone.press("As:1:y:2")
    await phone.press("As:1:o:12")
    await series(phone, "weekly", "20261110", "1000", "1130")
    await phone.press("yd:anl:1.20261110.600.90:20261222")
    await phone.press("Aa:1:open")


async def family(lotsen, born: str, code: str, area: str = AREA):
    phone = lotsen.phone()
    await phone.join(code, await lotsen.invite(date.fromisoformat(born), area))
    return phone


async def pushed(lotsen):
    """What leaves when notices begin and everything due is sent: the chats, and what they read."""
    await sending.start_due(lotsen.db, lotsen.clock.now(), RULES)
    await plan(lotsen.db, lotsen.clock.now(), RULES)
    push = FakePush(lambda: Sent(next(_NUMBERS)))  # as on a phone: no number comes twice
    await Sender(lotsen.db, push, lotsen.languages, RULES, 5000, lotsen.clock.now).drain()
    return {each.chat_id: each.text for each in push.arrived}


async def test_a_drop_in_is_closed_for_families_with_a_child_of_that_age_alone(
    lotsen,
    carla,
    place,
):
    await a_morning(lotsen, carla, place)
    older = await family(lotsen, "2026-08-01", "so")
    arab = await family(lotsen, "2026-08-15", "ar")
    newborn = await family(lotsen, "2026-10-31", "sv")
    elsewhere = await family(lotsen, "2026-08-01", "en", "Tynnered")
    await pushed(lotsen)
    lotsen.clock.set(MORNING)
    await pushed(lotsen)
    await carla.press("Ao:1")
    [preview] = await carla.tap("Closed today")
    assert "\u20662\u2069 parents get it." in preview.text
    assert not (await occasions(lotsen))[0].cancelled
    assert await pushed(lotsen) == {}
    [done] = await carla.tap("Yes, say it now")
    assert "\u20662\u2069 parents are told." in done.text
    first, second, *_ = await occasions(lotsen)
    assert (first.cancelled, second.cancelled) == (True, False)
    said = await pushed(lotsen)
    assert set(said) == {older.id, arab.id}
    assert "Waa la baajiyey" in said[older.id]
    assert "10 Noofeembar" in said[older.id]
    assert "diiwaangelin" not in said[older.id]  # nothing invites to it
    assert "تم الإلغاء" in said[arab.id]
    assert not {newborn.id, elsewhere.id} & set(said)
    [again] = await carla.press("Ax:1:close2")
    assert "It is cancelled already." in again.text
    assert await pushed(lotsen) == {}


async def test_who_signed_up_hears_once_and_nobody_else(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    coming = await sign_up(lotsen, "sv")
    await family(lotsen, "2026-08-01", "so")
    await pushed(lotsen)
    lotsen.clock.set(MORNING)
    await pushed(lotsen)
    await carla.press("Ao:1")
    [preview] = await carla.tap("Closed today")
    assert "\u20661\u2069 parent gets it." in preview.text
    await carla.tap("Yes, say it now")
    said = await pushed(lotsen)
    assert set(said) == {coming.id}
    assert await lotsen.rows("notice") == []
    assert await told(lotsen) == 1


async def test_only_today_and_only_a_coordinator(lotsen, carla, place):
    await a_morning(lotsen, carla, place)
    [page] = await carla.press("Ao:1")  # a week ahead
    assert "Closed today" not in labels(page)
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO)
    await at_work(lotsen.db, "Dana", Role.COORDINATOR, DANA, area="Tynnered")
    lotsen.clock.set(MORNING)
    bo, dana = lotsen.phone(BO), lotsen.phone(DANA)
    [page] = await bo.press("Ao:1")
    assert "Closed today" not in labels(page)
    for phone in (bo, dana):
        for forged in ("Ax:1:close2", f"Ab:{place}:1", "Ab:0:0"):
            await phone.press(forged)
    assert not (await occasions(lotsen))[0].cancelled
    assert await lotsen.rows("notice") == []
    lotsen.clock.set(local("2026-11-10T11:31"))
    [over] = await carla.press("Ax:1:close2")
    assert "That time is over." in over.text


@pytest.fixture
async def house(lotsen) -> int:
    """An open preschool that is open every day from 9 to 12."""
    async with lotsen.db.write() as tx:
        number = await places.add(tx, [await areas.find(tx, AREA)])
        venue = Venue(name="Lekrum", kind=VenueKind.OPEN_PRESCHOOL, week=OPEN, id=number)
        await places.stand(tx, venue, JOINED)
    return number


async def test_a_place_is_closed_with_its_hours_and_what_would_be_there(lotsen, carla, house):
    await a_morning(lotsen, carla, house)
    parent = await family(lotsen, "2026-10-31", "ar")
    await family(lotsen, "2026-08-01", "en", "Tynnered")
    await pushed(lotsen)
    lotsen.clock.set(MORNING)
    await pushed(lotsen)
    await carla.press(f"Pf:{house}:doctor:1")  # somebody is writing a new version of it
    await carla.press("Al:0")
    await carla.tap("A place is closed today")
    [preview] = await carla.tap("Place \u2068Lekrum\u2069")
    assert "\u20661\u2069 parent gets it." in preview.text
    assert "Fathers together" in preview.text
    await carla.tap("Yes, say it now")
    said = await pushed(lotsen)
    assert set(said) == {parent.id}
    assert "مغلق اليوم" in said[parent.id]
    assert "Lekrum" in said[parent.id]
    assert isolates_fault(said[parent.id]) is None
    async with lotsen.db.read() as tx:
        standing = await places.find(tx, house)
    assert day_at(standing, date(2026, 11, 10), RULES).doors == "closed"
    assert day_at(standing, date(2026, 11, 11), RULES).doors == "open"
    assert (await occasions(lotsen))[0].cancelled
    assert standing.in_house == ()  # the draft is still a draft...
    [draft] = await lotsen.rows("edition", state="draft")
    assert {"doctor", "2026-11-10"} <= set(draft.body.replace('"', " ").split())  # ...and knows
    [none] = await carla.press("Ab:0:0")
    assert "No place of your areas would be open now or later today." in none.text


async def test_another_place_is_told_and_notices_can_be_corrected(lotsen, carla, place, house):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    coming = await sign_up(lotsen, "sv")
    await pushed(lotsen)
    lotsen.clock.set(local("2026-11-03T12:00"))
    await carla.press(f"As:1:p:{house}")
    said = await pushed(lotsen)
    assert set(said) == {coming.id}
    assert "Det är på ett annat ställe nu" in said[coming.id]
    assert "Lekrum" in said[coming.id]
    await carla.press(f"As:1:p:{house}")
    assert await pushed(lotsen) == {}
    [page] = await carla.press("Ae:1")
    assert not any("notice" in label for label in labels(page))


async def test_another_hour_and_then_another_place_are_both_told(lotsen, carla, place, house):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    coming = await sign_up(lotsen, "en")
    await pushed(lotsen)
    lotsen.clock.set(local("2026-11-03T21:00"))  # nothing leaves before the morning
    await carla.press("yt:ame:1.1080:20261110:1930")
    await carla.press(f"As:1:p:{house}")
    await carla.press("yt:ame:1.1140:20261110:2000")
    lotsen.clock.set(local("2026-11-04T09:00"))
    said = (await pushed(lotsen))[coming.id]
    assert "A new time" in said
    assert "19:00" in said
    assert "The old time was" in said
    assert "17:30" in said
    assert "18:00" not in said
    assert "Lekrum" in said
    await carla.press(f"As:1:p:{place}")
    said = (await pushed(lotsen))[coming.id]
    assert "It is somewhere else now" in said


async def test_who_signed_up_for_a_series_hears_of_more_times_once(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    coming = await sign_up(lotsen, "en")
    await family(lotsen, "2026-08-01", "so")
    await pushed(lotsen)
    lotsen.clock.set(local("2026-11-03T12:00"))
    await series(carla, day="20270112")
    await carla.tap("2")
    said = await pushed(lotsen)
    assert [chat for chat, text in said.items() if "Tuesday 12 January" in text] == [coming.id]
    assert "2\u2069 more times" in said[coming.id]
    assert await pushed(lotsen) == {}


async def test_a_notice_that_told_the_wrong_time_is_corrected_from_the_activity(
    lotsen,
    carla,
    place,
):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    parent = await family(lotsen, "2026-08-01", "sv")
    await pushed(lotsen)
    lotsen.clock.set(local("2026-11-03T12:00"))
    await pushed(lotsen)
    async with lotsen.db.read() as tx:
        who = await colleague_of(tx, carla.id)
    number = await a_notice(lotsen.db, lotsen.clock.now(), "sv", activity_id=1)
    await send(lotsen.db, who, number, lotsen.clock.now())
    assert "17:30–19:00" in (await pushed(lotsen))[parent.id]
    lotsen.clock.set(local("2026-11-03T12:10"))
    await carla.press("yt:ame:1.1080:20261111:1930")
    await carla.press("Ae:1")
    [ask] = await carla.tap("Correct \u20661\u2069 sent notice")
    assert "since \u20661\u2069 parent read it" in ask.text
    assert await pushed(lotsen) == {}  # nothing before the coordinator's yes
    [done] = await carla.tap("Correct it and tell them")
    assert "It is corrected on \u20661\u2069 phone" in done.text
    assert "\u20661\u2069 parent gets a new message" in done.text
    told_again = (await pushed(lotsen))[parent.id]
    assert "Något har ändrats" in told_again
    assert "18:00–19:30" in told_again
    [ask] = await carla.press("Aa:1:tell")
    assert "Correct it and tell them" not in labels(ask)
    await carla.press("Aa:1:tell2")  # an old button
    assert await pushed(lotsen) == {}


async def test_only_coordinators_correct_from_an_activity(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO)
    number = await a_notice(lotsen.db, lotsen.clock.now(), "sv", activity_id=1)
    async with lotsen.db.write() as tx:
        await notices.change(tx, number, [NoticeState.DRAFT], state=NoticeState.DONE)
    [page] = await carla.press("Ae:1")
    assert "Correct \u20661\u2069 sent notice" in labels(page)
    bo = lotsen.phone(BO)
    for data in ("Ae:1", "Ao:1", "At:1:0", "Aa:1:edit"):
        [page] = await bo.press(data)
        assert len(labels(page)) > 1
        assert not any("sent notice" in label for label in labels(page))
    for forged in ("Aa:1:tell", "Aa:1:mend", "Aa:1:tell2"):
        await bo.press(forged)
    async with lotsen.db.read() as tx:
        assert (await notices.load(tx, [number]))[number].revision == 0


async def test_while_it_is_counted_others_write(lotsen, carla, place, monkeypatch):
    await a_morning(lotsen, carla, place)
    await family(lotsen, "2026-08-01", "so")
    lotsen.clock.set(MORNING)
    counted = []

    async def slowly(tx, *about):
        async with asyncio.timeout(30), lotsen.db.write() as other:
            await memory.remember(other, "meanwhile", "written")
        counted.append(about)
        async for each in people(tx, *about):
            yield each

    monkeypatch.setattr("services.closing.audiences.people", slowly)
    await carla.press("Ao:1")
    [preview] = await carla.tap("Closed today")
    assert "\u20661\u2069 parent gets it." in preview.text
    [done] = await carla.tap("Yes, say it now")
    assert "\u20661\u2069 parent is told." in done.text
    assert len(counted) == 2  # once for each press
    assert len(await lotsen.rows("notice")) == 1
