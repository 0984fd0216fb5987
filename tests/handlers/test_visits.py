from datetime import timedelta

import pytest

from messaging import texts, visit_texts
from programme.people import Choice
from tests.cast import JOINED, RULES, book_visit, local
from tests.handlers.home import (
    FOUR,
    NEXT_STARTS,
    STARTS,
    a_parent,
    anna,
    counted,
    data,
    delivered,
    labels,
    the_other_parent,
    with_visit,
)
from tests.handlers.wording import faults, too_long

MOVED, TIP = local("2026-11-11T13:00"), local("2026-11-04T10:00")
ZONE = RULES.zone


@pytest.mark.parametrize("code", FOUR)
async def test_each_answer_is_thanked_in_words_and_kept(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    wanted = {
        Choice.YES: visit_texts.confirmed(t, STARTS, ZONE),
        Choice.OTHER_TIME: visit_texts.other_time_ack(t),
        Choice.NO_THANKS: visit_texts.which_no(t, booking).text,
    }
    for choice, words in wanted.items():
        [said] = await phone.press(f"v:{booking}:0:{choice}")

        assert said.text == words
        assert faults([said], t, lotsen.languages) == []
        [kept] = await lotsen.rows("answer")
        assert (kept.booking_id, kept.revision, kept.choice) == (booking, 0, choice)
        assert kept.answered_at == JOINED


async def test_a_visit_of_another_family_cannot_be_answered_or_seen(lotsen):
    t = lotsen.languages.get("en")
    _, booking = await with_visit(lotsen)
    dan = lotsen.phone()
    await dan.join("en")

    for number in (booking, 9999, 0, -1, 10**30):
        [said] = await dan.press(f"v:{number}:0:yes")
        assert said.text == texts.old_button(t)
        assert data(said) == ["m:plan", "m:pause", "m:more"]

    assert await lotsen.rows("answer") == []
    assert [row for row in await lotsen.rows("tally") if row.what == "answered"] == []


async def test_who_has_not_joined_cannot_answer_a_visit(lotsen):
    _, booking = await with_visit(lotsen)
    dan = lotsen.phone()

    await dan.press(f"v:{booking}:0:yes")
    await dan.start()
    await dan.tap_data("l:so")
    [said] = await dan.press(f"v:{booking}:0:yes")

    assert said.text == texts.old_button(lotsen.languages.get("so"))
    assert said.buttons == ()
    assert await lotsen.rows("answer") == []


@pytest.mark.parametrize("code", FOUR)
async def test_the_button_of_a_moved_visit_tells_the_new_time_and_asks_again(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    [row] = await lotsen.rows("booking")
    await book_visit(lotsen.db, row.family_id, MOVED, JOINED + timedelta(hours=1))

    [said] = await phone.press(f"v:{booking}:0:yes")

    assert said.text == visit_texts.visit_has_changed(t, MOVED, ZONE)
    assert faults([said], t, lotsen.languages) == []
    assert await lotsen.rows("answer") == []
    [said] = await phone.tap(t.gettext("Yes, that suits us"))
    assert said.text == visit_texts.confirmed(t, MOVED, ZONE)
    [kept] = await lotsen.rows("answer")
    assert (kept.revision, kept.choice) == (1, "yes")


@pytest.mark.parametrize("revision", [1, 99, -1, 2**31 - 1])
async def test_a_forged_revision_stores_nothing(lotsen, revision):
    phone, booking = await with_visit(lotsen)

    [said] = await phone.press(f"v:{booking}:{revision}:yes")

    words = visit_texts.visit_has_changed(lotsen.languages.get("en"), STARTS, ZONE)
    assert said.text == words
    assert await lotsen.rows("answer") == []


@pytest.mark.parametrize("code", FOUR)
async def test_a_visit_that_has_begun_or_is_cancelled_takes_no_answer(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE booking SET state = 'cancelled'")
    [cancelled] = await phone.press(f"v:{booking}:0:yes")
    lotsen.clock.set(STARTS)
    [over] = await phone.press(f"v:{booking}:0:yes")

    assert over.text == visit_texts.visit_is_over(t)
    assert cancelled.text == visit_texts.visit_was_cancelled(t)
    assert faults([over, cancelled], t, lotsen.languages) == []
    assert await lotsen.rows("answer") == []


async def test_a_visit_takes_answers_to_its_last_second(lotsen):
    phone, booking = await with_visit(lotsen)
    lotsen.clock.set(STARTS - timedelta(seconds=1))

    await phone.press(f"v:{booking}:0:no_thanks")

    assert [row.choice for row in await lotsen.rows("answer")] == ["no_thanks"]


async def test_both_parents_answer_for_themselves(lotsen):
    amina, booking = await with_visit(lotsen)
    [family] = await lotsen.rows("family")
    yusuf = await the_other_parent(lotsen, family.id)

    await amina.press(f"v:{booking}:0:yes")
    before = dict(amina.screen)
    await yusuf.press(f"v:{booking}:0:other_time")

    assert sorted(row.choice for row in await lotsen.rows("answer")) == ["other_time", "yes"]
    assert amina.screen == before


async def test_the_same_answer_twice_is_counted_and_told_once(lotsen):
    phone, booking = await with_visit(lotsen)

    for choice in ("yes", "yes", "no_thanks", "no_thanks"):
        await phone.press(f"v:{booking}:0:{choice}")

    assert await counted(lotsen, "answered") == [("answered", 1, "no_thanks")]  # a yes no more
    assert [row.detail for row in await lotsen.rows("event")] == ["yes", "no_thanks"]


# ---- no thanks: only this visit, or all


@pytest.mark.parametrize("code", FOUR)
async def test_no_thanks_asks_once_how_far_it_goes_and_only_this_is_undoable(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    [row] = await lotsen.rows("booking")
    await book_visit(lotsen.db, row.family_id, NEXT_STARTS, JOINED, 2)

    [asked] = await phone.press(f"v:{booking}:0:no_thanks")
    assert data(asked) == [f"n:{booking}:0", f"n:{booking}:1", f"nu:{booking}"]
    [said] = await phone.tap(t.gettext("Only this visit"))

    assert said.text == visit_texts.only_this_visit(t, STARTS, ZONE, booking).text
    assert [row.state for row in await lotsen.rows("booking")] == ["declined", "booked"]
    assert await counted(lotsen, "visit_declined", "visits_ended", "stopped") == [
        ("visit_declined", 1, None)
    ]
    [back] = await phone.tap(t.gettext("Undo"))
    assert back.text == visit_texts.confirmed(t, STARTS, ZONE)
    assert [row.state for row in await lotsen.rows("booking")] == ["booked", "booked"]
    assert faults([asked, said, back], t, lotsen.languages) == []
    assert too_long([asked, said, back]) == []


@pytest.mark.parametrize("code", FOUR)
async def test_no_thanks_to_all_visits_ends_them_and_tips_go_on(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    [row] = await lotsen.rows("booking")
    await book_visit(lotsen.db, row.family_id, NEXT_STARTS, JOINED, 2)
    await phone.press(f"v:{booking}:0:no_thanks")

    [said] = await phone.tap(t.gettext("All visits"))

    assert said.text == visit_texts.no_more_visits(t, booking, None).text
    assert [row.state for row in await lotsen.rows("booking")] == ["declined", "declined"]
    assert await counted(lotsen, "visit_declined", "visits_ended", "stopped") == [
        ("visits_ended", None, None)
    ]
    assert [row.what for row in await lotsen.rows("event")] == ["answered", "ended"]
    assert [said.chat_id for said in await delivered(lotsen, TIP)] == [phone.id]
    assert faults([said], t, lotsen.languages) == []

    lotsen.clock.set(TIP + timedelta(hours=1))
    await phone.tap(t.gettext("Undo"))
    assert [row.state for row in await lotsen.rows("booking")] == ["booked", "booked"]
    [family] = await lotsen.rows("family")
    assert family.visits_ended_at is None


async def test_after_no_to_all_visits_none_is_offered_any_more(lotsen):
    phone, booking = await with_visit(lotsen)
    await phone.press(f"n:{booking}:1")

    said = []
    for day in range(0, 120, 3):  # an offer waits for weeks
        said += await delivered(lotsen, JOINED + timedelta(days=day, hours=3))

    assert said
    assert not any("We would like to meet you" in each.text for each in said)


async def test_an_undo_of_the_question_itself_is_a_yes_that_staff_hear(lotsen):
    phone, booking = await with_visit(lotsen)
    await phone.press(f"v:{booking}:0:no_thanks")

    [said] = await phone.tap("Undo")

    assert said.text == visit_texts.confirmed(lotsen.languages.get("en"), STARTS, ZONE)
    assert [row.choice for row in await lotsen.rows("answer")] == ["yes"]
    assert [row.detail for row in await lotsen.rows("event")] == ["no_thanks", "yes"]
    [row] = await lotsen.rows("booking")
    assert (row.state, row.revision) == ("booked", 0)


@pytest.mark.parametrize("code", FOUR)
async def test_the_other_parent_hears_of_a_no_and_may_want_the_visit_after_all(lotsen, code):
    t = lotsen.languages.get(code)
    amina, booking = await with_visit(lotsen, "so")
    [family] = await lotsen.rows("family")
    yusuf = await the_other_parent(lotsen, family.id, code)
    lotsen.clock.set(JOINED + timedelta(hours=1))
    await delivered(lotsen)
    await amina.press(f"n:{booking}:0")

    [told] = await delivered(lotsen)
    assert told.chat_id == yusuf.id
    assert t.gettext("Yes, please") in str(told.keyboard)
    [said] = await yusuf.press(f"nu:{booking}")

    assert said.text == visit_texts.confirmed(t, STARTS, ZONE)
    [row] = await lotsen.rows("booking")
    assert (row.state, row.revision) == ("booked", 1)
    [hers] = await delivered(lotsen)
    assert hers.chat_id == amina.id


@pytest.mark.parametrize("code", FOUR)
async def test_an_old_yes_to_a_declined_visit_asks_whether_it_is_wanted_after_all(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    await phone.press(f"n:{booking}:0")

    [said] = await phone.press(f"v:{booking}:0:yes")

    assert said.text == visit_texts.visit_was_declined(t, booking).text
    assert data(said) == [f"nu:{booking}"]
    assert faults([said], t, lotsen.languages) == []


async def test_a_visit_that_cannot_stand_again_is_left_to_staff(lotsen):
    phone, booking = await with_visit(lotsen)
    await phone.press(f"n:{booking}:0")
    lotsen.clock.set(STARTS)

    [said] = await phone.press(f"nu:{booking}")

    assert said.text == visit_texts.other_time_ack(lotsen.languages.get("en"))
    assert [(r.what, r.detail) for r in await lotsen.rows("event")] == [("wants_time", "1")]
    [row] = await lotsen.rows("booking")
    assert row.state == "declined"


async def test_a_no_to_a_visit_that_has_begun_declines_nothing(lotsen):
    phone, booking = await with_visit(lotsen)
    lotsen.clock.set(STARTS)

    [said] = await phone.press(f"n:{booking}:0")

    assert said.text == visit_texts.visit_is_over(lotsen.languages.get("en"))
    assert [row.state for row in await lotsen.rows("booking")] == ["booked"]


@pytest.mark.parametrize("press", ["n:{}:0", "nu:{}"])
async def test_nobody_declines_or_wants_another_family_s_visit(lotsen, press):
    _, booking = await with_visit(lotsen)
    dan = lotsen.phone()
    await dan.join("en")

    for number in (booking, 9999, -1, 10**18):
        [said] = await dan.press(press.format(number))
        assert said.text == texts.old_button(lotsen.languages.get("en"))

    assert [row.state for row in await lotsen.rows("booking")] == ["booked"]
    assert await lotsen.rows("event") == []


# ---- an offer


@pytest.mark.parametrize("code", FOUR)
async def test_yes_to_an_offer_tells_staff_once_that_a_time_is_wanted(lotsen, code):
    t = lotsen.languages.get(code)
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen, code)
    lotsen.clock.set(JOINED + timedelta(hours=1))

    [said] = await phone.press("o:2:yes")
    await phone.press("o:2:yes")

    assert said.text == visit_texts.offer_yes(t)
    assert faults([said], t, lotsen.languages) == []
    assert [(r.what, r.detail) for r in await lotsen.rows("event")] == [("wants_time", "2")]
    assert await counted(lotsen, "visit_wanted") == [("visit_wanted", 2, None)]
    [told] = await delivered(lotsen)
    assert told.chat_id == chat


@pytest.mark.parametrize("code", FOUR)
async def test_no_to_an_offered_visit_is_told_to_staff_and_can_be_changed(lotsen, code):
    t = lotsen.languages.get(code)
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen, code)
    lotsen.clock.set(JOINED + timedelta(hours=1))

    [said] = await phone.press("o:2:not")

    assert said.text == visit_texts.offer_not_this(t, 2).text
    assert await counted(lotsen, "visit_declined") == [("visit_declined", 2, None)]
    [told] = await delivered(lotsen)
    assert told.chat_id == chat
    assert "2" in told.text
    await phone.tap(t.gettext("Yes, please"))
    assert [r.what for r in await lotsen.rows("event")] == ["answered", "wants_time"]
    assert faults([said], t, lotsen.languages) == []


async def test_no_more_visits_behind_more_ends_them_with_an_undo(lotsen):
    phone, _ = await a_parent(lotsen)

    [more] = await phone.press("o:2:more")
    assert labels(more) == ["Yes, please", "No more visits"]
    await phone.tap("No more visits")
    [family] = await lotsen.rows("family")
    assert family.visits_ended_at == JOINED
    [said] = await phone.tap("Undo")

    assert said.text == visit_texts.visits_go_on(lotsen.languages.get("en"))
    [family] = await lotsen.rows("family")
    assert family.visits_ended_at is None


async def test_staff_who_heard_that_visits_end_hear_that_they_go_on(lotsen):
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    lotsen.clock.set(JOINED + timedelta(hours=1))
    await phone.press("o:2:none")
    [ended] = await delivered(lotsen)
    lotsen.clock.set(JOINED + timedelta(hours=2))
    await phone.press("nu:0")
    [again] = await delivered(lotsen)

    assert (ended.chat_id, again.chat_id) == (chat, chat)
    assert ended.text != again.text


async def test_yes_to_an_old_offer_of_a_visit_that_is_booked_says_when(lotsen):
    phone, _ = await with_visit(lotsen)

    [said] = await phone.press("o:1:yes")

    assert said.text == visit_texts.confirmed(lotsen.languages.get("en"), STARTS, ZONE)
    assert await lotsen.rows("event") == []


@pytest.mark.parametrize("forged", ["o:0:yes", "o:7:not", "o:-1:yes", "o:99999999999:not"])
async def test_a_visit_that_there_is_not_cannot_be_wanted_or_declined(lotsen, forged):
    phone, _ = await a_parent(lotsen)

    [said] = await phone.press(forged)

    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await lotsen.rows("event") == []
