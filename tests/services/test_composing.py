"""What a coordinator is shown before sending is what happens, on both databases (mission E1)."""

from datetime import timedelta

import pytest

from programme.activities import Words
from programme.audience import LeftOut
from programme.errors import NotYours
from programme.notices import NoticeState
from programme.people import GuardianRole, Role, Why
from services import composing, sending
from storage import families, notices, rests
from storage.rests import Whose
from tests.cast import AREA, JOINED, RULES, move_in
from tests.colleagues import at_work
from tests.rows import rows

NOW = JOINED + timedelta(days=7, hours=3)
EVA = 2003
CODES = ("sv", "ar", "so", "en")


@pytest.fixture
async def eva(db):
    return await at_work(db, "Eva", Role.COORDINATOR, EVA)


async def a_draft(db, eva, languages=("so", "ar")) -> int:
    async with db.write() as tx:
        number = await composing.begin(tx, eva, None, CODES, NOW)
        for code in languages:
            words = Words("Kulan", "Waxaan ku kulannaa xarunta.")
            await composing.write(tx, eva, number, code, words, NOW, RULES)
        found = await composing.view(tx, eva, number)
        at = found.notice.audience
        await composing.aim(tx, eva, number, _only(at, languages))
    return number


def _only(at, languages):
    return type(at)(areas=at.areas, languages=tuple(languages))


async def counted(db, eva, number) -> composing.Count:
    async with db.read() as tx:
        return await composing.count(tx, eva, number, NOW, RULES)


async def a_mixed_crowd(db) -> None:
    """Parents of every sort: who reads, rests, is away, has had a loss, or has never joined."""
    homes = [await move_in(db, chats=(1000 + 2 * n, 1001 + 2 * n)) for n in range(6)]
    async with db.write() as tx:
        reasons = (None, Why.PAUSED, Why.AWAY, Why.LOSS, Why.STOPPED)
        for home, why in zip(homes, reasons, strict=False):
            if why is not None:
                await rests.begin(tx, Whose(family_id=home.family_id), why, JOINED)
            await families.set_guardian(tx, home.yusuf, role=GuardianRole.OTHER_PARENT)
        gone = Whose(guardian_id=homes[5].amina)
        await rests.begin(tx, gone, Why.UNREACHABLE, JOINED)
        await families.set_guardian(tx, homes[5].yusuf, language="sv")
        area_id = (await families.home(tx, homes[0].family_id)).area_id
        await families.register(tx, area_id, None, JOINED)


async def test_who_was_counted_is_who_is_written_to(db, eva):
    await a_mixed_crowd(db)
    number = await a_draft(db, eva)
    count = await counted(db, eva, number)
    async with db.write() as tx:
        await sending.schedule(tx, eva, number, None, NOW, RULES)
    written = await sending.start_due(db, NOW, RULES)
    assert written == sum(count.parents.values()) == 2
    told = await rows(db, "outbox", notice_id=number)
    assert len({row.family_id for row in told}) == count.families == 1
    assert count.left_out == {
        LeftOut.PAUSED: 2,
        LeftOut.AWAY: 2,
        LeftOut.RESTS: 4,  # a loss and a stop, in one figure
        LeftOut.UNREACHABLE: 1,
        LeftOut.LANGUAGE: 1,
        LeftOut.NO_CHAT: 1,
    }


async def test_a_draft_cannot_be_changed_any_more_once_its_time_is_set(db, eva):
    await move_in(db)
    number = await a_draft(db, eva, ("so",))
    async with db.write() as tx:
        await sending.schedule(tx, eva, number, NOW + timedelta(days=1), NOW, RULES)
    async with db.write() as tx:
        at = (await composing.view(tx, eva, number)).notice.audience
        for act in (
            composing.aim(tx, eva, number, at),
            composing.set_urgent(tx, eva, number, True),
            composing.set_picture(tx, eva, number, "AgAD"),
            composing.drop(tx, eva, number, NOW, RULES),
        ):
            with pytest.raises(NotYours):
                await act
    [row] = await rows(db, "notice", id=number)
    assert (row.state, row.urgent, row.picture) == (NoticeState.SCHEDULED, False, None)


async def test_what_was_sent_once_is_never_thrown_away(db, eva):
    await move_in(db)
    number = await a_draft(db, eva, ("so",))
    async with db.write() as tx:
        await sending.schedule(tx, eva, number, None, NOW, RULES)
        await notices.remove_draft(tx, number)
    assert await rows(db, "notice", id=number)


async def test_a_notice_to_an_area_one_does_not_run_any_more_is_not_ones_own(db, eva):
    number = await a_draft(db, eva, ("so",))
    other = await at_work(db, "Eva2", Role.COORDINATOR, EVA + 1, "Gårdsten")
    async with db.read() as tx:
        with pytest.raises(NotYours):
            await composing.view(tx, other, number)
        assert await composing.listed(tx, other) == []
        assert [each.id for each in await composing.listed(tx, eva)] == [number]


@pytest.mark.parametrize("role", [Role.NURSE, Role.PARENT_SUPPORTER, Role.TRANSLATOR])
async def test_only_who_runs_areas_writes_notices(db, eva, role):
    nora = await at_work(db, "Nora", role, EVA + 2, AREA)
    number = await a_draft(db, eva, ("so",))
    async with db.write() as tx:
        for act in (
            composing.begin(tx, nora, None, CODES, NOW),
            composing.view(tx, nora, number),
            composing.listed(tx, nora),
            composing.count(tx, nora, number, NOW, RULES),
            composing.write(tx, nora, number, "so", Words("a"), NOW, RULES),
        ):
            with pytest.raises(NotYours):
                await act
    assert len(await rows(db, "notice")) == 1
