"""Single remembered facts of the installation: the planner's watermark, the bot's name."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, select

from storage.database import Tx, insert
from storage.tables import memory

WATERMARK = "planned_until"
PLANNING = "planning_until"
BOT_NAME = "bot_name"
BACKED_UP = "backed_up"
SENDER = "sender"
RESEALED = "resealed"


_RECALL = select(memory.c.value).where(memory.c.name == bindparam("asked"))


async def recall(tx: Tx, name: str) -> str | None:
    """What was remembered under that name, or None."""
    return (await tx.execute(_RECALL, {"asked": name})).scalar()


async def remember(tx: Tx, name: str, value: str) -> None:
    """Keep a value under that name, in place of what was there."""
    row = insert(tx, memory).values(name=name, value=value)
    await tx.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


async def recall_instant(tx: Tx, name: str) -> datetime | None:
    """The instant remembered under that name, or None."""
    value = await recall(tx, name)
    return datetime.fromisoformat(value) if value else None


_PLANNED = select(memory.c.value).where(memory.c.name.in_((WATERMARK, PLANNING)))


async def planned_until(tx: Tx) -> datetime | None:
    """How far the planner is, or is going now; None before its first look."""
    values = (await tx.execute(_PLANNED)).scalars()
    return max((datetime.fromisoformat(each) for each in values), default=None)


async def remember_instant(tx: Tx, name: str, at: datetime) -> None:
    """Keep an instant under that name."""
    await remember(tx, name, at.astimezone(UTC).isoformat())


async def recall_all(tx: Tx, begins: str) -> dict[str, str]:
    """What was remembered under names that begin so."""
    rows = await tx.execute(select(memory).where(memory.c.name.startswith(begins, autoescape=True)))
    return {row.name: row.value for row in rows}


async def forget(tx: Tx, name: str) -> None:
    """Keep nothing under that name."""
    await tx.execute(delete(memory).where(memory.c.name == name))
