"""Registering and joining, for tests: each in a transaction of its own."""

from sqlalchemy import func, select

from programme.localtime import STOCKHOLM
from services import enrolment, joining
from storage.tables import tally
from tests.cast import (
    AMINA_CHAT,
    BORN,
    JOINED,
    RULES,
)


async def register(db, now=JOINED, **facts):
    usual = {"area": "Hjällbo", "born": BORN, "due": None, "label": "the red door"}
    async with db.write() as tx:
        return await enrolment.register_family(tx, **(usual | facts), now=now, zone=STOCKHOLM)


async def join(db, code, chat=AMINA_CHAT, now=JOINED, language="so"):
    async with db.write() as tx:
        return await joining.join(tx, code, chat, language, now, RULES)


async def count(db, table) -> int:
    async with db.read() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar()


async def figures(db) -> list[tuple]:
    async with db.read() as tx:
        rows = await tx.execute(select(tally.c.what, tally.c.visit, tally.c.detail))
        return [tuple(row) for row in rows]
