"""After a loss nothing leaves. Three locks, and each is tried with the other two taken away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programme.errors import FamilyRests, NotYours
from programme.people import Rest, Role, Why
from programme.plan import due
from services import booking, enrolment, joining, loss, planning, preferences, slips, visits
from services.loss import Undone
from storage import inbox, outbox, rests
from storage.inbox import Arrived
from tests.cast import (
    AMINA,
    AMINA_CHAT,
    JOINED,
    RULES,
    YUSUF,
    YUSUF_CHAT,
    a_booking,
    a_family,
    book_visit,
    local,
    move_in,
    reader,
)
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.rows import rows
from tests.services.conftest import TIP_DAY
from tests.services.losing import BOTH, LATER, VISIT, lose, undo


@pytest.fixture
async def home(post):
    return await move_in(post.db, chats=BOTH)


def no_last_look(monkeypatch, post):
    async def blind(_message):
        return None

    monkeypatch.setattr(post.sender, "_last_look", blind)


def nobody_sees_the_rest(monkeypatch):
    async def none(*_args):
        return {}

    async def none_around(*_args):
        return rests.Around()

    monkeypatch.setattr(rests, "of", none)
    monkeypatch.setattr(rests, "around", none_around)


def nothing_waiting_is_dropped(monkeypatch):
    async def only_recall(tx, whose, reason, _now):
        await outbox._recall(tx, whose, reason)
        return 0

    monkeypatch.setattr(outbox, "_drop", only_recall)


def test_lock_1_the_plan_gives_no_parent_anything_from_that_moment_on():
    visit = a_booking(VISIT)
    rest = Rest(why=Why.LOSS, since=TIP_DAY)
    for guardian in (AMINA, YUSUF):
        family = a_family(visit, rests=(rest,))
        assert due(a_family(visit), guardian, TIP_DAY, LATER, RULES)
        assert due(family, guardian, TIP_DAY, LATER, RULES) == []
        changed = replace(visit, changed_at=TIP_DAY + timedelta(days=1), revision=1)
        assert due(a_family(changed, rests=(rest,)), guardian, TIP_DAY, LATER, RULES) == []


async def test_lock_1_alone_holds(post, home, monkeypatch):
    await book_visit(post.db, home.family_id, VISIT, TIP_DAY)
    await post.plan()
    no_last_look(monkeypatch, post)
    nothing_waiting_is_dropped(monkeypatch)
    await lose(post, home)
    for _ in range(60):
        await post.deliver()
        post.clock.forward(days=7)
    assert post.push.attempts == []


async def test_lock_2_alone_holds_for_all_that_waits(post, home, monkeypatch):
    await book_visit(post.db, home.family_id, VISIT, TIP_DAY)
    await post.plan()
    no_last_look(monkeypatch, post)
    await lose(post, home)
    assert {row.state for row in await rows(post.db, "outbox")} == {"dropped"}
    nobody_sees_the_rest(monkeypatch)
    await post.sender.drain()
    assert post.push.attempts == []


async def test_lock_3_alone_holds_for_what_a_sender_has_taken(post, home, monkeypatch):
    await post.plan()
    nobody_sees_the_rest(monkeypatch)
    nothing_waiting_is_dropped(monkeypatch)
    real, taken = post.sender._last_look, []

    async def look(claimed):
        if not taken:
            await lose(post, home)
        taken.append(claimed.message.guardian_id)
        return await real(claimed)

    monkeypatch.setattr(post.sender, "_last_look", look)
    [claimed] = await post.sender._claim()
    said = await post.sender._send(claimed, [])
    assert (said.reason, post.push.attempts) == ("rests", [])


async def test_what_waits_is_dropped_in_the_same_transaction_and_staff_hear_one_thing(post, home):
    await at_work(post.db)
    await book_visit(post.db, home.family_id, VISIT, TIP_DAY)
    await post.plan()
    await lose(post, home, home.amina)
    states = {row.key: (row.state, row.reason) for row in await rows(post.db, "item")}
    theirs = {key: value for key, value in states.items() if not key.startswith("staff:")}
    assert set(theirs.values()) == {("dropped", "rests")}
    post.clock.set(local("2026-11-04T10:05"))
    await post.deliver()
    assert post.push.chats == [ANNA_CHAT]
    assert "do not contact through Lotsen" in post.push.arrived[0].text


async def test_staff_who_do_not_work_on_a_sunday_evening_hear_of_it_on_monday(post, home):
    await at_work(post.db)
    post.clock.set(local("2026-11-08T21:00"))
    await lose(post, home, home.amina)
    await post.deliver()
    assert post.push.chats == []
    post.clock.set(local("2026-11-09T07:01"))
    await post.deliver()
    assert post.push.chats == [ANNA_CHAT]


async def test_no_figure_is_written_and_no_reason_kept(post, home):
    anna = await at_work(post.db)
    before = await rows(post.db, "tally")
    await lose(post, home, home.amina)
    assert await undo(post) is Undone.DONE
    async with post.db.write() as tx:
        await loss.begin_by_staff(tx, anna, home.family_id, TIP_DAY, RULES)
        await loss.end_by_staff(tx, anna, home.family_id, TIP_DAY, RULES)
    assert await rows(post.db, "tally") == before


async def test_answers_nobody_has_heard_yet_are_taken_back_but_the_one_to_who_pressed(post, home):
    async with post.db.write() as tx:
        await inbox.keep(tx, 1, [Arrived(n, chat, "{}") for n, chat in enumerate(BOTH)], TIP_DAY)
    async with post.db.write() as tx:
        for open_one in await inbox.unfinished(tx, 1):
            await inbox.done(tx, open_one.id, "an answer", TIP_DAY)
    await lose(post, home, home.amina)
    kept = {row.chat_id: (row.state, row.answer) for row in await rows(post.db, "inbox")}
    assert kept == {AMINA_CHAT: ("done", "an answer"), YUSUF_CHAT: ("said", None)}


@pytest.mark.parametrize("chat", BOTH)
async def test_an_undo_within_a_day_is_as_if_it_had_never_been(post, home, chat):
    post.clock.forward(hours=-1)
    await book_visit(post.db, home.family_id, VISIT, post.clock())
    await post.plan()
    await lose(post, home, home.amina)  # at nine: the news of the visit waits, the tip does not yet
    post.clock.set(local("2026-11-04T18:00"))
    await post.deliver()
    assert post.push.attempts == []
    assert await undo(post, chat) is Undone.DONE
    await post.deliver()
    kinds = {row.key.split(":")[0]: row.state for row in await rows(post.db, "item")}
    assert kinds == {"visit": "sent", "tip": "sent"}
    assert sorted(post.push.chats) == sorted(BOTH * 2)
    await post.deliver()
    assert len(post.push.arrived) == 4
    assert await rows(post.db, "rest") == []
    assert await rows(post.db, "event") == []


async def test_what_had_fallen_due_before_and_still_waited_is_not_lost_either(post, home):
    post.clock.set(local("2026-11-04T21:00"))  # an outage: the tip of ten o'clock waits for eight
    await post.plan()
    post.clock.forward(hours=1)
    await lose(post, home, home.amina)
    post.clock.forward(hours=1)
    assert await undo(post) is Undone.DONE
    post.clock.set(local("2026-11-05T08:00"))
    await post.deliver()
    assert sorted(post.push.chats) == sorted(BOTH)


async def test_what_was_sent_before_is_not_sent_again(post, home):
    await post.deliver()
    assert len(post.push.arrived) == 2
    await lose(post, home, home.amina)
    await undo(post)
    await post.deliver()
    assert len(post.push.arrived) == 2


async def test_staff_who_were_told_hear_that_it_was_taken_back_and_others_hear_nothing(post, home):
    await at_work(post.db)
    await lose(post, home, home.amina)
    await undo(post)
    await post.deliver()
    assert ANNA_CHAT not in post.push.chats
    await lose(post, home, home.amina)
    await post.deliver()
    assert post.push.chats[-1] == ANNA_CHAT
    await undo(post)
    await post.deliver()
    said = [each.text for each in post.push.arrived if each.chat_id == ANNA_CHAT]
    assert len(said) == 2
    assert "on again" in said[1]


async def test_after_a_day_a_parent_cannot_take_it_back_but_staff_can(post, home):
    anna = await at_work(post.db)
    await lose(post, home, home.amina)
    post.clock.forward(hours=24, seconds=1)
    assert await undo(post) is Undone.TOO_LATE
    post.clock.forward(days=100)
    await post.plan()
    async with post.db.write() as tx:
        await loss.end_by_staff(tx, anna, home.family_id, post.clock(), RULES)
    await post.deliver()
    told = [chat for chat in post.push.chats if chat in BOTH]
    assert told == []  # nothing is replayed
    post.clock.forward(days=60)
    await post.deliver()
    assert set(post.push.chats) >= set(BOTH)


async def test_a_second_press_and_an_undo_of_nothing_are_harmless(post, home):
    assert await undo(post) is Undone.NOTHING
    await lose(post, home, home.amina)
    await lose(post, home, home.yusuf)
    [rest] = await rows(post.db, "rest")
    assert (rest.family_id, rest.by_guardian, rest.why) == (home.family_id, home.amina, "loss")
    assert len(await rows(post.db, "event")) == 1


async def test_only_the_family_s_own_staff_can_say_it(post, home):
    bo = await at_work(post.db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT, area="Gårdsten")
    translator = await at_work(post.db, "Tom", Role.TRANSLATOR, 2003)
    for nobody in (bo, translator):
        with pytest.raises(NotYours):
            async with post.db.write() as tx:
                await loss.begin_by_staff(tx, nobody, home.family_id, TIP_DAY, RULES)
    assert await rows(post.db, "rest") == []


async def test_links_made_before_open_nothing_until_it_is_over(post, home):
    async with post.db.write() as tx:
        code = await enrolment.new_link(tx, home.family_id, JOINED)
    await lose(post, home, home.amina)
    async with post.db.read() as tx:
        assert await joining.try_link(tx, code, TIP_DAY) is joining.Link.EXPIRED
    await undo(post)
    async with post.db.read() as tx:
        assert await joining.try_link(tx, code, TIP_DAY) is joining.Link.GOOD


async def test_a_stop_of_before_is_still_a_stop_after_an_undo(post, home):
    async with post.db.write() as tx:
        await preferences.stop(tx, await reader(post.db, YUSUF_CHAT), TIP_DAY)
    await lose(post, home, home.amina)
    await undo(post)
    await post.deliver()
    assert post.push.chats == [AMINA_CHAT]


async def test_a_visit_booked_or_cancelled_meanwhile_is_not_told(post, home):
    await book_visit(post.db, home.family_id, VISIT, TIP_DAY)
    await post.deliver()
    before = len(post.push.arrived)
    await lose(post, home, home.amina)
    async with post.db.write() as tx:
        moved = local("2026-11-10T10:30")
        with pytest.raises(FamilyRests):
            await booking.book(tx, home.family_id, 1, moved, ["Anna"], TIP_DAY, RULES)
        with pytest.raises(FamilyRests):
            await slips.facts(tx, home.family_id, 1, TIP_DAY)
        await visits.cancel(tx, home.family_id, 1, TIP_DAY, RULES)
    await planning.plan(post.db, LATER, RULES)
    post.clock.set(LATER)
    await post.deliver()
    assert len(post.push.arrived) == before
