"""A new phone, account or theft: the old chat is cut off at once, all settings stay."""

from datetime import timedelta

import pytest

from messaging import join_texts
from programme.errors import NoSuchFamily, NoSuchGuardian
from programme.people import Why
from services import enrolment, joining, links, preferences
from services.access import reader_of
from storage import rests
from storage.rests import Whose
from tests.cast import JOINED, RULES, book_visit, local
from tests.handlers.couple import come, own_link
from tests.handlers.phone import Phone
from tests.handlers.post_office import presses
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")
DAY = timedelta(days=1)
VISIT = local("2026-11-06T10:00")


@pytest.fixture
async def old(lotsen, office) -> Phone:
    phone = lotsen.phone()
    await phone.join("so")
    return phone


async def cut_off(lotsen) -> str:
    """Staff give a new link; its code."""
    guardian = (await lotsen.rows("guardian"))[0]
    async with lotsen.db.write() as tx:
        return await links.new_phone(tx, guardian.family_id, guardian.id, lotsen.clock.now())


async def book(lotsen) -> None:
    [family] = await lotsen.rows("family")
    await book_visit(lotsen.db, family.id, VISIT, lotsen.clock.now())


@pytest.mark.parametrize("code", FOUR)
async def test_the_new_chat_gets_everything_as_it_was(lotsen, office, old, code):
    t = lotsen.languages.get(code)
    async with lotsen.db.write() as tx:
        who = await reader_of(tx, old.id)
        await preferences.set_fewer(tx, who, True)
        await joining.set_role(tx, who, enrolment.GuardianRole.BIRTHING)
    [before] = await lotsen.rows("guardian")
    new = lotsen.phone()

    [back] = await come(new, await cut_off(lotsen), code)

    assert back.text == join_texts.is_back(t)
    assert faults([back], t, lotsen.languages) == []
    [after] = await lotsen.rows("guardian")
    assert (after.chat_id, after.language) == (new.id, code)
    kept = ("id", "family_id", "active_since", "fewer", "role", "quiet_days")
    assert [getattr(after, each) for each in kept] == [getattr(before, each) for each in kept]
    assert [row.language for row in await lotsen.rows("consent")] == ["so", code]
    assert [row.what for row in await lotsen.rows("tally")] == ["registered", "joined"]
    assert new.taps == 3


async def test_the_old_chat_is_a_strangers_at_once(lotsen, office, old):
    await book(lotsen)
    await office.to(old)

    await cut_off(lotsen)

    [said] = await old.press("m:other")
    assert said.text == join_texts.choose_language(lotsen.languages).text
    [said] = await old.write("/help")
    assert said.text == join_texts.choose_language(lotsen.languages).text
    lotsen.clock.set(local("2026-11-05T18:00"))
    assert await office.to(old) == []


async def test_what_waits_is_said_in_the_new_chat(lotsen, office, old):
    await book(lotsen)
    code = await cut_off(lotsen)
    assert await office.to(old) == []
    new = lotsen.phone()
    await come(new, code)
    lotsen.clock.set(JOINED + timedelta(hours=1))

    [said] = await office.to(new)

    assert "10:00" in said.text


async def test_what_waits_too_long_between_two_phones_is_not_said_late(lotsen, office, old):
    await book(lotsen)
    lotsen.clock.set(local("2026-11-05T16:00"))
    await office.to(old)
    code = await cut_off(lotsen)
    lotsen.clock.set(local("2026-11-05T17:00"))
    await office.to(old)
    lotsen.clock.set(local("2026-11-05T20:30"))
    await office.to(old)
    new = lotsen.phone()
    await come(new, code)

    assert await office.to(new) == []
    lotsen.clock.set(local("2026-11-06T07:30"))
    [morning] = await office.to(new)
    assert "10:00" in morning.text


async def test_what_a_sender_has_taken_does_not_reach_the_old_chat(lotsen, office, old):
    await book(lotsen)
    office.post.clock.set(lotsen.clock.now())
    await office.post.plan()
    sender = office.post.sender
    [claimed] = await sender._claim()

    await cut_off(lotsen)

    assert await sender._last_look(claimed)
    [box] = await lotsen.rows("outbox")
    assert box.recalled == links.NEW_PHONE


async def test_an_older_unused_link_for_a_new_phone_dies(lotsen, office, old):
    first = await cut_off(lotsen)
    second = await cut_off(lotsen)
    dan, new = lotsen.phone(), lotsen.phone()

    await dan.start(first)
    [said] = await dan.tap_data("l:en")
    assert said.text == join_texts.link_unknown(lotsen.languages.get("en"))
    await come(new, second)

    [guardian] = await lotsen.rows("guardian")
    assert guardian.chat_id == new.id


async def test_the_link_works_once_and_for_seven_days(lotsen, office, old):
    code = await cut_off(lotsen)
    async with lotsen.db.read() as tx:
        at = JOINED + 7 * DAY
        assert await joining.try_link(tx, code, at) is joining.Link.EXPIRED
        soon = at - timedelta(seconds=1)
        assert await joining.try_link(tx, code, soon) is joining.Link.GOOD
    await come(lotsen.phone(), code)
    dan = lotsen.phone()

    await dan.start(code)
    [said] = await dan.tap_data("l:en")

    assert said.text == join_texts.link_used(lotsen.languages.get("en"))


async def test_a_chat_that_is_somebodys_cannot_become_another_parents(lotsen, office, old):
    other = lotsen.phone()
    await other.join("en")
    code = await cut_off(lotsen)

    [said] = await other.start(code)
    async with lotsen.db.write() as tx:
        link = await joining.join(tx, code, other.id, "en", JOINED, RULES)

    assert said.text == join_texts.already_in(lotsen.languages.get("en"))
    assert link is joining.Link.TAKEN
    assert (await lotsen.rows("guardian"))[0].chat_id is None
    assert (await lotsen.rows("invite"))[-1].used_at is None


async def test_the_old_phone_can_come_back_too(lotsen, office, old):
    code = await cut_off(lotsen)

    [back] = await come(old, code, "so")

    assert back.text == join_texts.is_back(lotsen.languages.get("so"))
    assert [row.chat_id for row in await lotsen.rows("guardian")] == [old.id]


async def test_a_no_in_the_new_chat_leaves_no_figure_and_the_link_still_opens(lotsen, office, old):
    code = await cut_off(lotsen)
    new = lotsen.phone()
    await new.start(code)
    await new.tap_data("l:so")

    [said] = await new.tap_data("c:0")

    assert said.text == join_texts.consent_no(lotsen.languages.get("so"))
    assert await lotsen.rows("tally", what="declined_chat") == []
    await come(new, code, "so")
    assert [row.chat_id for row in await lotsen.rows("guardian")] == [new.id]


@pytest.mark.parametrize("why", [Why.STOPPED, Why.UNREACHABLE, Why.PAUSED])
async def test_yes_ends_a_stop_and_being_out_of_reach_but_no_pause(lotsen, office, old, why):
    [guardian] = await lotsen.rows("guardian")
    async with lotsen.db.write() as tx:
        await rests.begin(tx, Whose(guardian_id=guardian.id), why, JOINED)
    code = await cut_off(lotsen)
    lotsen.clock.set(JOINED + DAY)

    await come(lotsen.phone(), code)

    [row] = await lotsen.rows("rest")
    assert row.until == (None if why is Why.PAUSED else JOINED + DAY)


async def test_the_other_parent_and_who_waits_get_no_new_phone(lotsen, office, old):
    [family] = await lotsen.rows("family")
    await come(lotsen.phone(), await own_link(old))
    _, waiting = await lotsen.rows("guardian")
    for family_id, guardian_id, wrong in (
        (family.id, waiting.id, NoSuchGuardian),
        (family.id, 999, NoSuchGuardian),
        (999, waiting.id, NoSuchFamily),
    ):
        with pytest.raises(wrong):
            async with lotsen.db.write() as tx:
                await links.new_phone(tx, family_id, guardian_id, JOINED)

    assert None not in {row.chat_id for row in await lotsen.rows("guardian")}


async def test_the_question_about_a_joiner_follows_its_maker_to_the_new_phone(lotsen, office, old):
    await come(lotsen.phone(), await own_link(old))
    guardian = (await lotsen.rows("guardian"))[0]
    async with lotsen.db.write() as tx:
        code = await links.new_phone(tx, guardian.family_id, guardian.id, JOINED)
    assert await office.to(old) == []
    new = lotsen.phone()
    await come(new, code, "so")
    lotsen.clock.set(JOINED + timedelta(hours=2))
    [question] = await office.to(new)
    yes = presses(question)[lotsen.languages.get("so").gettext("Yes, it is")]

    await old.press(yes)
    assert (await lotsen.rows("guardian"))[1].active_since is None
    await new.press(yes)

    assert (await lotsen.rows("guardian"))[1].active_since is not None


async def test_a_parents_own_link_still_asks_them_in_the_new_chat(lotsen, office, old):
    link = await own_link(old)
    code = await cut_off(lotsen)
    new, yusuf = lotsen.phone(), lotsen.phone()
    await come(new, code, "so")

    said = await come(yusuf, link)

    assert said[0].text == join_texts.waits_for_yes(lotsen.languages.get("ar"))
    assert len(await office.to(new)) == 1
