from datetime import date, timedelta

import pytest

from messaging import pause_texts, texts
from programme.people import Why
from services import planning
from tests.cast import JOINED, RULES, book_visit, local
from tests.handlers.home import (
    FOUR,
    NEXT_STARTS,
    STARTS,
    a_parent,
    counted,
    data,
    delivered,
    labels,
    the_other_parent,
    with_visit,
)
from tests.handlers.wording import faults, too_long
from tests.rows import resting

WEEK_AWAY = date(2026, 11, 9)
ZONE = RULES.zone
TIP = local("2026-11-04T10:00")


# ---- the page


@pytest.mark.parametrize("code", FOUR)
async def test_pause_or_stop_offers_a_little_less_to_nothing_at_all(lotsen, code):
    t = lotsen.languages.get(code)
    phone, _ = await a_parent(lotsen, code)

    [first] = await phone.write("/pause")
    [second] = await phone.press("m:pause2")
    [third] = await phone.press("m:pause3")

    assert data(first) == ["m:away", "s", "m:pause2"]
    assert data(second) == ["m:rest", "f:1", "m:pause3"]
    assert data(third) == ["m:quiet", "m:home"]
    assert faults([first, second, third], t, lotsen.languages) == []


async def test_who_has_fewer_is_offered_the_small_ideas_again(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press("f:1")

    [second] = await phone.press("m:pause2")

    assert "Small ideas again" in labels(second)
    await phone.tap("Small ideas again")
    [guardian] = await lotsen.rows("guardian")
    assert guardian.fewer is False


# ---- stop


@pytest.mark.parametrize("code", FOUR)
@pytest.mark.parametrize("way", ["/stop", "s"])
async def test_stop_is_done_at_once_and_undone_with_one_tap(lotsen, way, code):
    t = lotsen.languages.get(code)
    phone, _ = await a_parent(lotsen, code)

    [said] = await (phone.write(way) if way.startswith("/") else phone.press(way))

    assert said.text == pause_texts.stopped(t, None, ZONE).text
    assert data(said) == ["u", "h", "Fa:messages:0"]
    assert await resting(lotsen.db) == {"stopped": JOINED}
    [back] = await phone.tap(t.gettext("Undo"))
    assert back.text == texts.resumed(t)
    assert await resting(lotsen.db) == {}
    assert faults([said, back], t, lotsen.languages) == []


@pytest.mark.parametrize("code", FOUR)
async def test_a_stop_with_a_visit_asks_on_the_same_screen_whether_we_still_come(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    [row] = await lotsen.rows("booking")
    await book_visit(lotsen.db, row.family_id, NEXT_STARTS, JOINED, 2)

    [said] = await phone.write("/stop")

    assert t.date(date(2026, 11, 9)) in said.text
    assert data(said) == [f"v:{booking}:0:yes", f"v:{booking}:0:no_thanks", "m:stopped"]
    assert await resting(lotsen.db) == {"stopped": JOINED}
    assert {row.state for row in await lotsen.rows("booking")} == {"booked"}
    assert faults([said], t, lotsen.languages) == []
    assert too_long([said]) == []


async def test_yes_we_still_come_is_kept_though_messages_have_stopped(lotsen):
    phone, _ = await with_visit(lotsen)
    await phone.write("/stop")

    [said] = await phone.tap("Yes")

    assert said.text.startswith("Thank you! See you on")
    assert [row.choice for row in await lotsen.rows("answer")] == ["yes"]
    assert await resting(lotsen.db) == {"stopped": JOINED}


async def test_no_we_do_not_come_asks_how_far_it_goes_and_says_nothing_of_tips(lotsen):
    phone, _ = await with_visit(lotsen)
    await phone.write("/stop")

    [asked] = await phone.tap("No")
    assert labels(asked) == ["Only this visit", "All visits", "Undo"]
    [said] = await phone.tap("All visits")

    assert "Tips" not in said.text
    [family] = await lotsen.rows("family")
    assert family.visits_ended_at == JOINED


async def test_something_hard_has_happened_is_one_tap_under_the_stop_of_a_visit_too(lotsen):
    phone, _ = await with_visit(lotsen)
    await phone.write("/stop")

    [more] = await phone.tap("More")

    assert labels(more) == ["Undo", "Something hard has happened", "Tell why"]
    assert "is still booked" in more.text
    assert len([each for each in phone.screen.values() if each == more]) == 1
    await phone.tap("Something hard has happened")
    assert set(await resting(lotsen.db)) == {"stopped", "loss"}
    shown = {label for each in phone.screen.values() for label, _ in each.buttons}
    assert not {"Yes", "No", "Something hard has happened"} & shown  # no question is left standing


async def test_after_a_stop_nothing_waits_for_this_parent_any_more(lotsen):
    phone, _ = await a_parent(lotsen)
    lotsen.clock.set(TIP)
    await planning.plan(lotsen.db, lotsen.clock.now(), RULES)
    assert {row.state for row in await lotsen.rows("outbox")} == {"waiting"}

    await phone.write("/stop")

    assert {(row.state, row.reason) for row in await lotsen.rows("outbox")} == {
        ("dropped", "stopped")
    }


async def test_stopping_twice_is_stopping_once_and_is_counted_once(lotsen):
    phone, _ = await a_parent(lotsen)

    first = await phone.write("/stop")
    second = await phone.press("s")

    assert first == second
    assert len(await lotsen.rows("rest")) == 1
    assert await counted(lotsen, "stopped", "visits_ended", "visit_declined") == [
        ("stopped", None, None)
    ]


async def test_an_undo_within_the_hour_is_as_if_nothing_had_been(lotsen):
    phone, _ = await a_parent(lotsen)
    lotsen.clock.set(TIP)
    await planning.plan(lotsen.db, TIP, RULES)
    lotsen.clock.set(TIP + timedelta(seconds=5))
    await phone.write("/stop")
    lotsen.clock.set(TIP + timedelta(seconds=20))

    await phone.tap("Undo")

    assert await lotsen.rows("rest") == []
    assert [said.chat_id for said in await delivered(lotsen)] == [phone.id]  # the tip that waited
    assert len(await lotsen.rows("consent")) == 1


async def test_a_late_undo_begins_anew_replays_nothing_and_notes_the_yes(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/stop")
    later = JOINED + timedelta(days=40)
    await delivered(lotsen, later)

    await phone.tap("Undo")

    assert [row.until for row in await lotsen.rows("rest")] == [later]
    assert [row.given_at for row in await lotsen.rows("consent")] == [JOINED, later]
    assert await delivered(lotsen) == []


async def test_news_of_a_visit_that_waited_for_the_morning_is_not_lost_by_a_stop_undone(lotsen):
    phone, family_id = await a_parent(lotsen)
    night = local("2026-11-03T22:00")
    lotsen.clock.set(night)
    await book_visit(lotsen.db, family_id, STARTS, night)
    assert await delivered(lotsen) == []

    await phone.write("/stop")
    lotsen.clock.set(night + timedelta(minutes=1))
    await phone.tap("More")
    await phone.tap("Undo")

    [said] = await delivered(lotsen, local("2026-11-04T07:30"))
    assert "A visit is booked" in said.text


async def test_an_old_undo_of_somebody_who_has_not_stopped_changes_nothing(lotsen):
    phone, _ = await a_parent(lotsen)
    before = await lotsen.rows("rest"), await lotsen.rows("consent")
    lotsen.clock.set(JOINED + timedelta(days=40))

    await phone.press("u")

    assert (await lotsen.rows("rest"), await lotsen.rows("consent")) == before


# ---- a pause for one parent


@pytest.mark.parametrize("code", FOUR)
async def test_a_pause_names_its_last_day_and_touches_one_parent_alone(lotsen, code):
    t = lotsen.languages.get(code)
    phone, family_id = await a_parent(lotsen, code)
    yusuf = await the_other_parent(lotsen, family_id, code)

    [asked] = await phone.press("m:rest")
    assert data(asked) == ["p:0:2026-11-09", "p:0:2026-11-16", "p:0:2026-12-02"]
    [said] = await phone.press("p:0:2026-11-09")

    assert said.text == pause_texts.paused_until(t, WEEK_AWAY, None, ZONE).text
    assert data(said) == ["u"]
    [rest] = await lotsen.rows("rest")
    assert (rest.why, rest.until) == ("paused", local("2026-11-10T00:00"))
    assert [each.chat_id for each in await delivered(lotsen, TIP)] == [yusuf.id]
    assert faults([asked, said], t, lotsen.languages) == []


async def test_a_pause_ends_by_itself_and_replays_nothing(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press("p:0:2026-11-09")

    assert await delivered(lotsen, TIP) == []
    assert await delivered(lotsen, local("2026-11-10T12:00")) == []
    first = await delivered(lotsen, local("2026-12-12T10:00"))
    assert [each.chat_id for each in first] == [phone.id]


async def test_a_pause_asks_whether_we_still_come_only_for_a_visit_within_it(lotsen):
    phone, booking = await with_visit(lotsen)

    [within] = await phone.press("p:0:2026-11-09")
    [before] = await phone.press("p:0:2026-11-08")

    assert within.text.endswith("Shall we still come on \u2068Monday 9 November\u2069?")
    assert data(within) == [f"v:{booking}:0:yes", f"v:{booking}:0:no_thanks", "u"]
    assert data(before) == ["u"]
    assert len([row for row in await lotsen.rows("rest") if row.until > JOINED]) == 1


@pytest.mark.parametrize("day", ["2026-11-01", "2027-11-04", "soon", "", "9999-12-31"])
@pytest.mark.parametrize("away", [0, 1])
async def test_a_day_that_is_over_or_too_far_ahead_pauses_nothing(lotsen, away, day):
    phone, _ = await a_parent(lotsen)

    [said] = await phone.press(f"p:{away}:{day}")

    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await lotsen.rows("rest") == []
    assert await lotsen.rows("event") == []


async def test_undo_of_a_stop_leaves_a_pause_that_was_there_before(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press("p:0:2026-11-30")
    lotsen.clock.set(JOINED + timedelta(days=2))
    await phone.write("/stop")

    [said] = await phone.tap("Undo")

    t = lotsen.languages.get("en")
    assert said.text == pause_texts.resting_until(t, date(2026, 11, 30), Why.PAUSED).text
    assert "u" in data(said)
    [again] = await phone.tap("Start again")
    assert again.text == texts.resumed(t)


# ---- days without tips


@pytest.mark.parametrize("code", FOUR)
async def test_each_weekday_can_be_turned_off_and_on(lotsen, code):
    t = lotsen.languages.get(code)
    phone, _ = await a_parent(lotsen, code)

    [page] = await phone.press("m:quiet")
    assert data(page) == [*(f"q:{day}:1" for day in range(7)), "m:home"]
    await phone.press("q:4:1")
    [changed] = await phone.press("q:6:1")
    [guardian] = await lotsen.rows("guardian")
    assert guardian.quiet_days == "46"
    assert data(changed)[4:] == ["q:4:0", "q:5:1", "q:6:0", "m:home"]
    assert t.gettext("{day}: no tips").replace("{day}", "") in changed.buttons[4][0].replace(
        page.buttons[4][0], ""
    ).replace("\u2068\u2069", "")
    await phone.press("q:4:0")
    [guardian] = await lotsen.rows("guardian")
    assert guardian.quiet_days == "6"
    assert faults([page, changed], t, lotsen.languages) == []


@pytest.mark.parametrize("code", FOUR)
async def test_the_seventh_day_is_refused_with_a_sentence(lotsen, code):
    t = lotsen.languages.get(code)
    phone, _ = await a_parent(lotsen, code)
    for day in range(6):
        await phone.press(f"q:{day}:1")

    [said] = await phone.press("q:6:1")

    assert said.text == pause_texts.one_day_must_stay(t).text
    [guardian] = await lotsen.rows("guardian")
    assert guardian.quiet_days == "012345"
    assert faults([said], t, lotsen.languages) == []


@pytest.mark.parametrize("day", [-1, 7, 99, 10**20])
async def test_a_weekday_that_is_none_is_an_old_button(lotsen, day):
    phone, _ = await a_parent(lotsen)

    [said] = await phone.press(f"q:{day}:1")

    assert said.text == texts.old_button(lotsen.languages.get("en"))
    [guardian] = await lotsen.rows("guardian")
    assert guardian.quiet_days == ""


async def test_a_tip_waits_over_a_quiet_day(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press("q:2:1")  # the first tip falls on a Wednesday

    assert await delivered(lotsen, TIP) == []
    assert [each.chat_id for each in await delivered(lotsen, TIP + timedelta(days=1))] == [phone.id]
