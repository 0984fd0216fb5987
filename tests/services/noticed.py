"""Notices as rows, and what the phones and the ledger say of them."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from programme.activities import ActivityKind, ForWhom, SigningUp, Words
from programme.kinds import Rules
from programme.notices import NoticeState, WordingState
from services import sending
from services.access import Colleague
from storage import activities, areas, notices, wordings
from storage.database import Database, Tx
from storage.tables import item, outbox
from storage.wordings import Of
from tests.cast import AREA, RULES

WORDS = {
    "so": Words("Kulan", "Waxaan ku kulannaa xarunta."),
    "ar": Words("لقاء", "نلتقي في المركز."),
    "en": Words("Meeting", "We meet at the centre."),
}
CORRECTED = {"so": Words("Kulan", "Waxaan ku kulannaa maktabadda.")}


async def write_words(tx: Tx, of: Of, words: dict[str, Words]) -> None:
    for language, said in words.items():
        await wordings.write(tx, of, language, said, state=WordingState.APPROVED)


async def a_notice(
    db: Database,
    now: datetime,
    languages: str = "so",
    words: dict[str, Words] | None = None,
    starts_at: datetime | None = None,
    **facts: object,
) -> int:
    """A draft to everybody of Hjällbo; `starts_at`: it announces a fathers' group then."""
    async with db.write() as tx:
        area_id = await areas.find(tx, AREA)
        assert area_id is not None
        if starts_at:
            facts["activity_id"] = await an_activity(tx, area_id, starts_at, now)
        number = await notices.add(
            tx, [area_id], state=NoticeState.DRAFT, made_at=now, languages=languages, **facts
        )
        await write_words(tx, Of(notice_id=number), words or WORDS)
    return number


async def an_activity(tx: Tx, area_id: int, starts_at: datetime, now: datetime) -> int:
    number = await activities.add(
        tx,
        [area_id],
        kind=ActivityKind.FATHERS,
        state="open",
        made_at=now,
        for_whom=ForWhom.EVERYBODY,
        signing_up=SigningUp.DROP_IN,
    )
    await activities.add_occasion(tx, number, starts_at, 90, now)
    await write_words(tx, Of(activity_id=number), WORDS)
    return number


async def send(
    db: Database,
    who: Colleague,
    notice_id: int,
    now: datetime,
    at: datetime | None = None,
    rules: Rules = RULES,
    again: bool = False,
) -> int:
    """The coordinator presses *Send*, and the clockwork comes by; how many rows were written."""
    async with db.write() as tx:
        await sending.schedule(tx, who, notice_id, at, now, rules, again=again)
    return await sending.start_due(db, now, rules)


async def stands(db: Database, notice_id: int) -> sending.Standing:
    async with db.read() as tx:
        return await sending.standing(tx, notice_id)


async def state(db: Database, notice_id: int) -> NoticeState:
    async with db.read() as tx:
        return (await notices.load(tx, [notice_id]))[notice_id].state


async def reword(db: Database, notice_id: int, words: dict[str, Words]) -> None:
    async with db.write() as tx:
        await write_words(tx, Of(notice_id=notice_id), words)


async def ledger(db: Database, notice_id: int) -> dict[int, str]:
    """What has become of every reader's own row; an AssertionError if one has two."""
    async with db.read() as tx:
        rows = await tx.execute(
            select(outbox.c.guardian_id, func.count(), func.max(outbox.c.state))
            .where(outbox.c.notice_id == notice_id, outbox.c.action == "say")
            .group_by(outbox.c.guardian_id)
        )
        found = {guardian_id: (many, how) for guardian_id, many, how in rows}
    assert all(many == 1 for many, _ in found.values())
    return {guardian_id: how for guardian_id, (_, how) in found.items()}


async def reasons(db: Database, notice_id: int) -> set[tuple[str, str | None]]:
    """State and reason of every promise of that notice."""
    async with db.read() as tx:
        rows = await tx.execute(
            select(item.c.state, item.c.reason)
            .join(outbox, outbox.c.id == item.c.outbox_id)
            .where(outbox.c.notice_id == notice_id)
        )
        return {tuple(row) for row in rows}


IN_A_WEEK = timedelta(days=7)
