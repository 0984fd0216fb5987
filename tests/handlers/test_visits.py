from datetime import timedelta

import pytest

from messaging import texts, visit_texts
from programme.people import Choice
from services import enrolment
from tests.cast import JOINED, RULES, book_visit, local
from tests.handlers.phone import Phone
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")
STARTS, MOVED = local("2026-11-09T10:30"), local("2026-11-11T13:00")
ZONE = RULES.zone


async def with_visit(lotsen, code: str = "en") -> tuple[Phone, int]:
    """A parent with a visit; the booking's id."""
    phone = lotsen.phone()
    await phone.join(code)
    [guardian] = await lotsen.rows("guardian", chat_id=phone.id)
    return phone, await book_visit(lotsen.db, guardian.family_id, STARTS, JOINED)


@pytest.mark.parametrize("code", FOUR)
async def test_each_answer_is_thanked_in_words_and_kept(lotsen, code):
    t = lotsen.languages.get(code)
    phone, booking = await with_visit(lotsen, code)
    wanted = {
        Choice.YES: visit_texts.confirmed(t, STARTS, ZONE),
        Choice.OTHER_TIME: visit_texts.other_time_ack(t),
        Choice.NO_THANKS: visit_texts.no_thanks_ack(t),
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
        assert [data for _, data in said.buttons] == ["m:language", "m:who", "s"]

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


@pytest.mark.parametrize("revision", [1, 99, -1, 10**15])
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
    lotsen.clock.set(STARTS)

    [over] = await phone.press(f"v:{booking}:0:yes")
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE booking SET state = 'cancelled'")
    [cancelled] = await phone.press(f"v:{booking}:0:yes")

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
    async with lotsen.db.write() as tx:
        code = await enrolment.new_link(tx, family.id, JOINED)
    yusuf = lotsen.phone()
    await yusuf.join("ar", code)

    await amina.press(f"v:{booking}:0:yes")
    before = dict(amina.screen)
    await yusuf.press(f"v:{booking}:0:other_time")

    assert sorted(row.choice for row in await lotsen.rows("answer")) == ["other_time", "yes"]
    assert amina.screen == before
