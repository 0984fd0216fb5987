from dataclasses import replace
from datetime import timedelta

import pytest
import vobject

from messaging import push
from messaging.keyboards import LONGEST_CAPTION, Message, parts
from messaging.plain import utf16_units
from programme.people import BookingState
from services import areas, calendar, loss, staff_links, visits
from storage import calendars, families, invites, staff
from tests.cast import AREA, RULES, book_visit, local, move_in, reader
from tests.colleagues import at_work
from tests.messaging.samples import everything
from tests.rows import rows

NOW = local("2026-11-04T10:00")
STARTS, MOVED = local("2026-11-09T10:30"), local("2026-11-12T13:00")


async def a_feed(db, name="Anna") -> str:
    async with db.write() as tx:
        found = await staff_links.find(tx, AREA, name)
        return await calendar.new_feed(tx, found.member.id)


async def events(db, languages, token, now=NOW):
    found = await calendar.feed(db, token, languages, now)
    return list(getattr(vobject.readOne(found.content.decode()), "vevent_list", []))


async def test_a_colleague_s_visits_stand_in_their_feed_and_move_there(db, languages):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    token = await a_feed(db)
    [before] = await events(db, languages, token)

    await book_visit(db, home.family_id, MOVED, NOW + timedelta(minutes=1))
    [after] = await events(db, languages, token)

    assert (before.dtstart.value, after.dtstart.value) == (STARTS, MOVED)
    assert before.uid.value == after.uid.value
    assert int(before.sequence.value) < int(after.sequence.value)


async def test_nothing_in_a_feed_tells_of_a_family(db, languages):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)

    found = await calendar.feed(db, await a_feed(db), languages, NOW)

    for word in (b"red door", AREA.encode(), b"Anna", b"Bo\r"):
        assert word not in found.content


async def test_a_cancelled_visit_stays_as_cancelled_for_thirty_days(db, languages):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    token = await a_feed(db)
    async with db.write() as tx:
        await visits.cancel(tx, home.family_id, 1, NOW, RULES)

    [gone] = await events(db, languages, token)
    assert gone.status.value == "CANCELLED"
    assert await events(db, languages, token, NOW + timedelta(days=31)) == []


async def test_a_visit_on_hold_is_cancelled_in_the_feed_and_back_when_the_area_resumes(
    db, languages
):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    token, seen = await a_feed(db), []
    acts = (areas.pause, areas.pause, areas.resume)
    tags = [(await calendar.feed(db, token, languages, NOW)).tag]
    seen += await events(db, languages, token)
    for hour, act in enumerate(acts, start=1):
        at = NOW + timedelta(hours=hour)
        async with db.write() as tx:
            found = await areas.find(tx, AREA)
            await act(tx, found, at, RULES)
        seen += await events(db, languages, token, at)
        tags.append((await calendar.feed(db, token, languages, at)).tag)

    states = [each.status.value for each in seen]
    assert states == ["CONFIRMED", "CANCELLED", "CANCELLED", "CONFIRMED"]
    assert [int(each.sequence.value) for each in seen] == [0, 1, 1, 2]
    stamps = [each.dtstamp.value for each in seen]
    assert stamps == sorted(set(stamps))
    assert {each.uid.value for each in seen} == {seen[0].uid.value}
    assert len(set(tags)) == 4


async def test_a_family_that_is_erased_disappears_and_the_tag_tells(db, languages):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    token = await a_feed(db)
    before = await calendar.feed(db, token, languages, NOW)

    async with db.write() as tx:
        await invites.forget_family(tx, home.family_id)

    after = await calendar.feed(db, token, languages, NOW)
    assert before.tag != after.tag
    assert b"VEVENT" not in after.content


async def test_after_a_loss_nobody_is_to_come_and_undo_brings_it_back(db, languages):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    token = await a_feed(db)
    async with db.write() as tx:
        await loss.begin(tx, home.family_id, None, NOW, RULES)
    [off] = await events(db, languages, token)

    async with db.write() as tx:
        await loss.end_by_staff(tx, await at_work_in(tx), home.family_id, NOW, RULES)
    [on] = await events(db, languages, token)

    assert (off.status.value, on.status.value) == ("CANCELLED", "CONFIRMED")


async def at_work_in(tx):
    return await staff_links.find(tx, AREA, "Anna")


async def test_a_new_link_ends_the_old_one_at_once(db, languages):
    await at_work(db)
    first = await a_feed(db)
    second = await a_feed(db)

    assert await calendar.feed(db, first, languages, NOW) is None
    assert await calendar.feed(db, second, languages, NOW) is not None


async def test_ended_by_wish_or_with_the_work_a_feed_is_unknown(db, languages):
    anna = await at_work(db)
    token = await a_feed(db)
    async with db.write() as tx:
        await calendar.end_feed(tx, anna.member.id)
    assert await calendar.feed(db, token, languages, NOW) is None

    token = await a_feed(db)
    async with db.write() as tx:
        await staff.end(tx, anna.member.id, NOW)
    assert await calendar.feed(db, token, languages, NOW) is None


async def test_the_token_is_kept_nowhere(db):
    await at_work(db)
    token = await a_feed(db)

    [row] = await rows(db, "staff")
    assert token not in str(tuple(row))
    assert len(token) == 22  # 128 bits


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "\udcff", "a" * 10_000, "' OR 1=1 --"])
async def test_any_other_token_is_unknown(db, languages, token):
    await at_work(db)
    await a_feed(db)

    assert await calendar.feed(db, token, languages, NOW) is None


async def test_the_key_is_made_once_and_stays(db):
    async with db.write() as tx:
        first = await calendars.key(tx)
    async with db.write() as tx:
        assert await calendars.key(tx) == first
    async with db.read() as tx:
        assert await calendars.known_key(tx) == first
    assert len(first) == 32


async def test_two_parents_of_a_split_family_have_two_calendars(db, languages):
    home = await move_in(db, chats=(1001, 1002))
    number = await book_visit(db, home.family_id, STARTS, NOW)
    async with db.write() as tx:
        await families.set_guardian(tx, home.yusuf, home=2)
        await tx.execute(_belongs_to(number, 1))
    t = languages.get("sv")

    files = {}
    for chat in (1001, 1002):
        who = await reader(db, chat)
        async with db.write() as tx:
            files[chat] = await calendar.begin_files(tx, who, t, NOW)

    assert files[1001] is not None
    assert files[1002] is None


def _belongs_to(number, home):
    from sqlalchemy import update

    from storage.tables import booking

    return update(booking).where(booking.c.id == number).values(home=home)


async def test_a_letter_whose_file_is_refused_is_said_without_it(db, post):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    async with db.write() as tx:
        await families.set_guardian(tx, home.amina, calendar=True)
    post.push.script(1001, push.Refused("Bad Request: file is bad"))

    await post.deliver()

    refused, said = post.push.attempts[0], post.push.arrived[0]
    assert refused.file is not None
    assert said.file is None
    assert said.text == refused.text
    assert said.keyboard == refused.keyboard


@pytest.mark.parametrize(
    "outcome",
    [push.FloodWait(0.01), push.NotSent("no line"), push.InDoubt("cut"), push.Moved(1777)],
)
async def test_a_file_is_sent_again_whole(db, post, outcome):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    async with db.write() as tx:
        await families.set_guardian(tx, home.amina, calendar=True)
    post.push.script(1001, outcome)

    for _ in range(3):
        await post.deliver()
        post.open_gate()
        post.clock.forward(minutes=2)

    sent = [each for each in post.push.attempts if each.file]
    assert len(sent) == 2
    assert sent[1].text in sent[0].text  # a tip that came along is not said twice
    assert vobject.readOne(sent[1].file.content.decode()).vevent.dtstart.value == STARTS
    assert sum(1 for each in post.push.arrived if each.file) == 1


async def test_a_parent_who_has_blocked_us_is_not_sent_the_file_once_more(db, post):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    async with db.write() as tx:
        await families.set_guardian(tx, home.amina, calendar=True)
    post.push.script(1001, push.Unreachable("blocked"))

    await post.deliver()

    assert len([each for each in post.push.attempts if each.file]) == 1
    assert post.push.arrived == []
    assert await post.out_of_reach() == {home.amina: "blocked"}


async def test_too_long_a_text_goes_after_its_file(db, post, monkeypatch):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    async with db.write() as tx:
        await families.set_guardian(tx, home.amina, calendar=True)
    monkeypatch.setattr("messaging.keyboards.LONGEST_CAPTION", 10)

    await post.deliver()

    ahead, text = post.push.arrived[:2]
    assert (ahead.text, ahead.silent, ahead.keyboard) == ("", True, None)
    assert ahead.file is not None
    assert text.file is None
    assert text.keyboard is not None


async def test_if_the_file_ahead_does_not_arrive_the_text_waits_for_it(db, post, monkeypatch):
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    async with db.write() as tx:
        await families.set_guardian(tx, home.amina, calendar=True)
    monkeypatch.setattr("messaging.keyboards.LONGEST_CAPTION", 10)
    post.push.script(1001, push.FloodWait(0.01))

    await post.deliver()
    post.open_gate()
    post.clock.forward(seconds=1)
    await post.deliver()

    with_file = [bool(each.file) for each in post.push.arrived[:2]]
    assert with_file == [True, False]


@pytest.mark.parametrize("code", ["sv", "ar", "so", "en"])
def test_every_letter_about_a_visit_fits_under_its_file(languages, code):
    """Telegram takes 1,024 units there; only merged letters may be longer."""
    for name, message in everything(languages.get(code)).items():
        if name.startswith(("VisitBooked", "VisitMoved", "cancelled")):
            assert utf16_units(message.text) <= LONGEST_CAPTION, name


def test_a_long_message_is_split_and_a_short_one_is_not(languages):
    from tests.messaging.calendars import FILE

    short = Message("x" * LONGEST_CAPTION, file=FILE)
    long = replace(short, text="😀" * (LONGEST_CAPTION // 2) + "x")

    assert parts(short) == (short,)
    assert parts(long) == (
        Message("", silent=True, file=FILE),
        replace(long, file=None),
    )
    assert parts(Message("x" * 4000)) == (Message("x" * 4000),)


def test_a_state_that_is_new_is_never_shown_as_standing():
    from programme.appointments import Appointment
    from tests.messaging.calendars import booking

    standing = {
        state for state in BookingState if not Appointment(booking=booking(state=state)).gone
    }
    assert standing == {BookingState.BOOKED, BookingState.DONE, BookingState.MISSED}
