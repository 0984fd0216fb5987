"""Letters to colleagues about their work: planned, looked at again, sent once, or not at all."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from messaging import push
from programme.activities import Words
from programme.busy import CalendarFault
from programme.kinds import Kind
from programme.notices import WordingState
from programme.people import Role
from services import busy, desks, housekeeping, staff_links
from storage import areas, calendars, notices, places, staff, wordings
from storage.tables import item, outbox
from storage.wordings import Of
from tests.cast import AREA, RULES, local

DAY = local("2026-11-04T10:00")  # a Wednesday; the post's clock shows it
LEYLA_CHAT, SAMI_CHAT, EVA_CHAT = 3001, 3002, 3003


@dataclass(frozen=True)
class Office:
    """Leyla and Sami translate, Eva coordinates; the ids they got."""

    area: int
    leyla: int
    sami: int
    eva: int
    notice: int


async def colleague(tx, area: int, name: str, role: Role, chat: int | None) -> int:
    number = await staff.add(tx, area, name, role)
    await staff.change(tx, number, chat_id=chat, language="en", morning=None)
    return number


@pytest.fixture
async def office(db) -> Office:
    async with db.write() as tx:
        area = await areas.find(tx, AREA)
        leyla = await colleague(tx, area, "Leyla", Role.TRANSLATOR, LEYLA_CHAT)
        sami = await colleague(tx, area, "Sami", Role.TRANSLATOR, SAMI_CHAT)
        eva = await colleague(tx, area, "Eva", Role.COORDINATOR, EVA_CHAT)
        notice = await notices.add(
            tx, [area], state="draft", made_at=DAY, made_by=eva, languages="sv,ar"
        )
        words = Words("Pappaträff", "Kom på fika.")
        await wordings.write(tx, Of(notice_id=notice), "sv", words, state=WordingState.APPROVED)
    return Office(area, leyla, sami, eva, notice)


async def wanted(db, office: Office, at=DAY, **facts) -> int:
    """Arabic is missing since then; the ids of the words."""
    async with db.write() as tx:
        usual = {"state": WordingState.WANTED, "asked_at": at}
        of = Of(notice_id=office.notice)
        number = await wordings.write(tx, of, "ar", Words(""), **{**usual, **facts})
        await desks.catch_up(tx, await desks.concerned(tx, number), at, RULES)
    return number


async def rows(db) -> list[tuple]:
    async with db.read() as tx:
        found = await tx.execute(
            item.select().where(item.c.family_id.is_(None)).order_by(item.c.id)
        )
        return [(row.kind, row.staff_id, row.state, row.reason) for row in found]


async def test_every_translator_of_the_area_is_asked_once(db, post, office):
    await wanted(db, office)
    assert await post.deliver() == {"sent": 2}
    assert sorted(post.push.chats) == [LEYLA_CHAT, SAMI_CHAT]
    assert "Pappaträff" in post.push.arrived[0].text
    post.new_sender()
    await post.plan()
    assert await post.deliver() == {}
    assert [row[0] for row in await rows(db)] == [Kind.TRANSLATE_ASK] * 2


async def test_who_translates_elsewhere_or_has_no_chat_or_writes_other_languages_is_not_asked(
    db, post, office
):
    async with db.write() as tx:
        other = next(each for each in await areas.names(tx) if each != AREA)
        elsewhere = await areas.find(tx, other)
        await colleague(tx, elsewhere, "Dan", Role.TRANSLATOR, 3009)
        await colleague(tx, office.area, "Ola", Role.TRANSLATOR, None)
        await desks.set_languages(tx, office.sami, ["so"])
        await desks.set_languages(tx, office.leyla, ["ar", "so"])
    await wanted(db, office)
    await post.deliver()
    assert post.push.chats == [LEYLA_CHAT]


async def test_what_is_asked_in_the_evening_comes_when_staff_are_at_work(db, post, office):
    friday = local("2026-11-06T19:00")
    post.clock.set(friday)
    await wanted(db, office, friday)
    assert await post.deliver() == {}
    post.clock.set(local("2026-11-08T12:00"))  # a Sunday
    assert await post.deliver() == {}
    post.clock.set(local("2026-11-09T07:00"))
    assert await post.deliver() == {"sent": 2}


async def test_what_the_planner_has_passed_already_is_planned_by_the_act(db, post, office):
    await post.plan()
    await wanted(db, office, DAY + timedelta(milliseconds=1))
    post.clock.forward(seconds=30)
    assert await post.deliver() == {"sent": 2}


async def test_the_planner_finds_what_no_act_has_planned(db, post, office):
    await post.plan()
    later = DAY + timedelta(hours=1)
    async with db.write() as tx:
        await wordings.write(
            tx,
            Of(notice_id=office.notice),
            "so",
            Words(""),
            state=WordingState.WANTED,
            asked_at=later,
        )
    post.clock.set(later)
    assert await post.deliver() == {"sent": 2}


async def test_who_has_not_been_asked_yet_is_not_asked_for_what_is_taken(db, post, office):
    post.clock.set(local("2026-11-03T20:00"))
    number = await wanted(db, office, post.clock())
    await post.plan()
    async with db.write() as tx:
        facts = {"state": WordingState.TAKEN, "taken_by": office.sami, "asked_at": post.clock()}
        await wordings.change(tx, number, [WordingState.WANTED], **facts)
        await desks.catch_up(tx, await desks.concerned(tx, number), post.clock(), RULES)
    post.clock.set(DAY)
    await post.deliver()
    assert post.push.attempts == []
    assert [row[2:] for row in await rows(db)] == [("dropped", "no longer due")] * 2


async def test_what_is_taken_and_not_given_for_a_working_day_is_asked_again(db, post, office):
    taken = local("2026-11-05T15:00")  # a Thursday
    facts = {"state": WordingState.TAKEN, "taken_by": office.sami}
    post.clock.set(taken)
    await wanted(db, office, taken, **facts)
    assert await post.deliver() == {}
    post.clock.set(local("2026-11-06T14:59"))
    assert await post.deliver() == {}
    post.clock.set(local("2026-11-06T15:00"))
    assert await post.deliver() == {"sent": 2}
    assert "still missing" in post.push.arrived[0].text


async def test_the_coordinator_hears_once_that_words_are_ready(db, post, office):
    given = {"state": WordingState.GIVEN, "taken_by": office.sami, "given_at": DAY}
    await wanted(db, office, **given)
    assert await post.deliver() == {"sent": 1}
    assert post.push.chats == [EVA_CHAT]
    assert await rows(db) == [(Kind.TRANSLATED, office.eva, "sent", None)]


async def test_what_is_sent_back_goes_to_who_gave_it_and_to_nobody_else(db, post, office):
    back = {"state": WordingState.TAKEN, "taken_by": office.leyla, "given_at": DAY}
    await wanted(db, office, **back)
    assert await post.deliver() == {"sent": 1}
    assert post.push.chats == [LEYLA_CHAT]


async def test_a_restart_in_between_neither_repeats_nor_skips(db, post, office):
    await wanted(db, office)
    await post.plan()
    async with db.write() as tx:  # a sender took one, and the machine stopped
        first = (await tx.execute(outbox.select().order_by(outbox.c.id))).first()
        await tx.execute(
            outbox.update().where(outbox.c.id == first.id).values(state="sending", tries=1)
        )
    post.new_sender()
    await post.sender.recover()
    post.clock.forward(seconds=10)
    await post.deliver()
    assert sorted(post.push.chats) == [LEYLA_CHAT, SAMI_CHAT]
    assert await post.states() == ["sent", "sent"]


async def test_a_colleague_who_ends_while_the_letter_waits_gets_nothing(db, post, office):
    await wanted(db, office)
    await post.plan()
    async with db.write() as tx:
        await staff_links.end(tx, AREA, "Leyla", post.clock(), RULES)
    await post.deliver()
    assert post.push.chats == [SAMI_CHAT]
    assert ("dropped", "ended") in await post.boxes()


async def test_a_colleague_who_ends_while_the_letter_is_in_flight_gets_nothing(
    db, post, office, monkeypatch
):
    await wanted(db, office)
    await post.plan()
    look = post.sender._last_look
    ended = []

    async def end_first(claimed):
        if claimed.message.staff_id == office.leyla and not ended:
            ended.append(claimed.message.id)
            async with db.write() as tx:
                await staff_links.end(tx, AREA, "Leyla", post.clock(), RULES)
        return await look(claimed)

    monkeypatch.setattr(post.sender, "_last_look", end_first)
    await post.deliver()
    assert ended and post.push.chats == [SAMI_CHAT]
    assert "sending" not in await post.states()


async def test_what_is_taken_after_the_claim_does_not_leave(db, post, office, monkeypatch):
    async with db.write() as tx:
        await desks.set_languages(tx, office.leyla, ["so"])
    number = await wanted(db, office)
    await post.plan()
    look = post.sender._last_look
    taken = []

    async def take_first(message):
        if not taken:
            taken.append(message.id)
            async with db.write() as tx:
                facts = {"state": WordingState.TAKEN, "taken_by": office.sami, "asked_at": DAY}
                await wordings.change(tx, number, [WordingState.WANTED], **facts)
                await desks.catch_up(tx, await desks.concerned(tx, number), DAY, RULES)
        return await look(message)

    monkeypatch.setattr(post.sender, "_last_look", take_first)
    await post.deliver()
    assert post.push.attempts == []
    assert "sending" not in await post.states()


async def test_who_blocked_lotsen_does_not_stop_the_others(db, post, office):
    await wanted(db, office)
    post.push.script(LEYLA_CHAT, push.Unreachable("blocked"))
    await post.deliver()
    assert sorted(await post.states()) == ["sent", "unreachable"]


# ---- a calendar that cannot be read, and what is old


async def reads(db, staff_id: int, at, fault) -> None:
    async with db.write() as tx:
        await calendars.note_reading(tx, staff_id, at, fault)


async def test_a_calendar_that_has_not_been_read_for_a_day_is_told_once(db, post, office):
    await wanted(db, office, DAY - timedelta(days=30))
    for hour in range(30):
        await reads(db, office.eva, DAY + timedelta(hours=hour), CalendarFault.NO_ANSWER)
    await post.deliver()
    post.push.arrived.clear()
    post.clock.set(DAY + timedelta(hours=23))
    await post.deliver()
    assert post.push.arrived == []
    post.clock.set(DAY + timedelta(hours=24))
    await post.deliver()
    assert post.push.chats == [EVA_CHAT]
    async with db.write() as tx:
        assert await busy.told_of_failure(tx, await staff.by_chat(tx, EVA_CHAT)) is None


async def test_a_calendar_that_is_read_again_meanwhile_is_no_news(db, post, office):
    await reads(db, office.eva, DAY, CalendarFault.NO_ANSWER)
    post.clock.set(local("2026-11-05T20:00"))  # a day later, in the evening
    await wanted(db, office, DAY - timedelta(days=30))
    await post.plan()
    await reads(db, office.eva, post.clock(), None)
    post.push.arrived.clear()
    post.clock.set(local("2026-11-06T08:00"))
    await post.deliver()
    assert not [each for each in post.push.arrived if "your own calendar" in each.text]


async def test_a_coordinator_hears_on_the_first_working_day_what_is_old(db, post, office):
    await wanted(db, office, DAY - timedelta(days=30))
    async with db.read() as tx:  # the first places come from a file: nobody has checked them
        assert any(office.area in each.areas or not each.areas for each in await places.listed(tx))
    await post.deliver()
    post.push.arrived.clear()
    post.clock.set(local("2026-12-01T07:29"))
    await post.deliver()
    assert post.push.arrived == []
    post.clock.set(local("2026-12-01T07:30"))
    await post.deliver()
    assert post.push.chats == [EVA_CHAT]
    assert "not been checked for a long time" in post.push.arrived[0].text


async def test_letters_about_work_are_forgotten_after_some_months_and_none_comes_again(
    db, post, office
):
    await wanted(db, office)
    await post.deliver()
    post.clock.forward(days=89)
    await housekeeping.purge(db, post.clock(), RULES)
    assert len([row for row in await rows(db) if row[0] == Kind.TRANSLATE_ASK]) == 2
    post.clock.forward(days=2)
    await housekeeping.purge(db, post.clock(), RULES)
    assert [row for row in await rows(db) if row[0] == Kind.TRANSLATE_ASK] == []
    post.push.arrived.clear()
    await post.deliver()
    assert not {LEYLA_CHAT, SAMI_CHAT} & set(post.push.chats)
