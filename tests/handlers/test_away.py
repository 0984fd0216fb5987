from datetime import date, timedelta

import pytest

from messaging import pause_texts, texts
from programme.news import News
from programme.people import Why
from tests.cast import JOINED, RULES, book_visit, local
from tests.handlers.home import (
    FOUR,
    NEXT_STARTS,
    STARTS,
    a_parent,
    anna,
    data,
    delivered,
    labels,
    the_other_parent,
    with_visit,
)
from tests.handlers.wording import faults, too_long

LAST = date(2026, 11, 16)
AWAY = "p:1:2026-11-16"
BACK_AGAIN = local("2026-11-17T00:00")
ZONE = RULES.zone


async def events(lotsen) -> list[tuple[str, str | None]]:
    return [(row.what, row.detail) for row in await lotsen.rows("event")]


@pytest.mark.parametrize("code", FOUR)
async def test_the_days_to_choose_from_are_said_in_words(lotsen, code):
    t = lotsen.languages.get(code)
    phone, _ = await a_parent(lotsen, code)

    [near] = await phone.press("m:away")
    [far] = await phone.press("m:away2")

    assert data(near) == ["p:1:2026-11-09", "p:1:2026-11-16", "m:away2"]
    assert data(far) == ["p:1:2026-11-30", "p:1:2026-12-28", "p:1:2027-01-25"]
    assert t.date(LAST) in near.buttons[1][0]
    assert faults([near, far], t, lotsen.languages) == []
    assert too_long([near, far]) == []


@pytest.mark.parametrize("code", FOUR)
async def test_away_rests_for_everybody_frees_the_visits_and_says_so(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    [row] = await lotsen.rows("booking")
    await book_visit(lotsen.db, row.family_id, NEXT_STARTS, JOINED, 2)

    [said] = await phone.press(AWAY)

    [rest] = await lotsen.rows("rest")
    assert (rest.why, rest.since, rest.until) == ("away", JOINED, BACK_AGAIN)
    freed, stays = await lotsen.rows("booking")
    assert (freed.state, stays.state) == ("freed", "booked")
    assert t.date(LAST) in said.text
    assert t.date(date(2026, 11, 9)) in said.text
    assert t.date(date(2026, 12, 30)) not in said.text
    assert data(said) == [f"a:{rest.id}", "b"]
    assert await events(lotsen) == [(News.AWAY, "2026-11-16")]
    assert faults([said], t, lotsen.languages) == []
    assert too_long([said]) == []
    assert freed.id == booking


async def test_nothing_is_sent_while_the_family_is_away_and_nothing_replayed_after(lotsen):
    phone, _ = await with_visit(lotsen)
    await phone.press(AWAY)

    for day in ("2026-11-04T10:00", "2026-11-08T17:00", "2026-11-16T12:00"):
        assert await delivered(lotsen, local(day)) == []
    assert await delivered(lotsen, local("2026-11-17T12:00")) == []
    assert (await delivered(lotsen, local("2026-12-12T10:00")))[0].chat_id == phone.id


@pytest.mark.parametrize("code", FOUR)
async def test_the_other_parent_hears_of_it_once_and_can_end_it(lotsen, code):
    t = lotsen.languages.get(code)
    amina, _ = await with_visit(lotsen, "so")
    [family] = await lotsen.rows("family")
    yusuf = await the_other_parent(lotsen, family.id, code)
    lotsen.clock.set(JOINED + timedelta(hours=1))
    await amina.press(AWAY)

    [note] = await delivered(lotsen)
    assert note.chat_id == yusuf.id
    assert t.date(LAST) in note.text
    assert t.gettext("We are back") in str(note.keyboard)
    [said] = await yusuf.press("b")

    assert said.text == texts.resumed(t)
    [rest] = await lotsen.rows("rest")
    assert rest.until == JOINED + timedelta(hours=1)
    assert [what for what, _ in await events(lotsen)] == [News.AWAY, News.BACK]
    [booking] = await lotsen.rows("booking")
    assert booking.state == "freed"  # staff will offer a new time
    assert await delivered(lotsen) == []


async def test_staff_hear_that_the_family_is_away_and_that_it_is_back(lotsen):
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    lotsen.clock.set(JOINED + timedelta(hours=1))
    await phone.press(AWAY)
    [away] = await delivered(lotsen)
    lotsen.clock.set(JOINED + timedelta(hours=2))
    await phone.press("b")
    [back] = await delivered(lotsen)

    assert (away.chat_id, back.chat_id) == (chat, chat)
    assert "16 November" in away.text


@pytest.mark.parametrize("code", FOUR)
async def test_undo_brings_back_the_messages_and_the_visit_as_if_nothing_had_been(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    await phone.press(AWAY)
    lotsen.clock.set(JOINED + timedelta(minutes=1))

    [said] = await phone.tap(t.gettext("Undo"))

    assert t.date(date(2026, 11, 9)) in said.text
    assert await lotsen.rows("rest") == []
    [row] = await lotsen.rows("booking")
    assert (row.id, row.state, row.starts_at) == (booking, "booked", STARTS)
    assert await events(lotsen) == []
    assert faults([said], t, lotsen.languages) == []
    reminders = await delivered(lotsen, local("2026-11-08T17:00"))
    assert len(reminders) == 1


async def test_who_was_told_that_the_visit_is_free_hears_that_it_stands_again(lotsen):
    chat = await anna(lotsen)
    amina, _ = await with_visit(lotsen)
    [family] = await lotsen.rows("family")
    yusuf = await the_other_parent(lotsen, family.id, "en")
    lotsen.clock.set(JOINED + timedelta(hours=1))
    await delivered(lotsen)
    await amina.press(AWAY)
    assert {said.chat_id for said in await delivered(lotsen)} == {yusuf.id, chat}

    await amina.tap("Undo")
    told = {said.chat_id: said.text for said in await delivered(lotsen)}

    assert set(told) == {yusuf.id, chat}
    assert "A visit is booked: \u2068Monday 9 November\u2069" in told[yusuf.id]


async def test_undo_does_not_bring_back_a_visit_that_has_begun_or_has_another_time(lotsen):
    phone, booking = await with_visit(lotsen)
    await phone.press(AWAY)
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql(
            "INSERT INTO booking (family_id, child_id, visit, starts_at, revision, changed_at,"
            " state, place, interpreter) SELECT family_id, child_id, visit,"
            " '2026-12-01 10:00:00', 0, changed_at, 'booked', place, interpreter FROM booking"
        )

    await phone.tap("Undo")

    states = {row.id: row.state for row in await lotsen.rows("booking")}
    assert states.pop(booking) == "freed"
    assert list(states.values()) == ["booked"]


@pytest.mark.parametrize("when", ["never", "already back", "over", "not theirs"])
async def test_an_undo_of_a_time_away_that_is_over_or_not_theirs_changes_nothing(lotsen, when):
    phone, _ = await a_parent(lotsen)
    presser = phone
    if when != "never":
        await phone.press(AWAY)
    if when == "already back":
        await phone.press("b")
    if when == "over":
        lotsen.clock.set(BACK_AGAIN)
    if when == "not theirs":
        presser, _ = await a_parent(lotsen)
    before = await lotsen.rows("rest"), await events(lotsen)

    [said] = await presser.press("a:1")

    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert (await lotsen.rows("rest"), await events(lotsen)) == before


async def test_an_undo_after_days_ends_the_time_away_but_replays_nothing(lotsen):
    phone, _ = await with_visit(lotsen)
    await phone.press(AWAY)
    assert await delivered(lotsen, local("2026-11-06T12:00")) == []

    await phone.tap("Undo")

    [rest] = await lotsen.rows("rest")
    assert rest.until == local("2026-11-06T12:00")
    [booking] = await lotsen.rows("booking")
    assert booking.state == "booked"
    assert await delivered(lotsen, local("2026-11-07T12:00")) == []
    assert len(await delivered(lotsen, local("2026-11-08T17:00"))) == 1  # the visit's reminder


async def test_another_day_takes_the_place_of_the_first(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press(AWAY)
    lotsen.clock.set(JOINED + timedelta(days=1))

    await phone.press("p:1:2026-11-09")

    assert [row.until for row in await lotsen.rows("rest")] == [
        JOINED + timedelta(days=1),
        local("2026-11-10T00:00"),
    ]


async def test_pressing_we_are_back_twice_tells_staff_once(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press(AWAY)

    await phone.press("b")
    await phone.press("b")

    assert [what for what, _ in await events(lotsen)] == [News.AWAY, News.BACK]


async def test_who_has_stopped_is_not_told_that_messages_come_when_the_family_is_back(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press(AWAY)
    await phone.write("/stop")

    [said] = await phone.press("b")

    t = lotsen.languages.get("en")
    assert said.text == pause_texts.back(t, Why.STOPPED).text
    assert "Start again" in labels(said)


async def test_start_again_while_the_family_is_away_says_that_it_is_still_quiet(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press(AWAY)
    await phone.write("/stop")

    [said] = await phone.press("u")

    t = lotsen.languages.get("en")
    assert said.text == pause_texts.resting_until(t, LAST, Why.AWAY).text
    assert "We are back" in labels(said)
