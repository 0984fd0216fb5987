"""What still has to be written for a notice to very many, a piece at a time (decision 57).

A bookmark says which work it is and how far it has come. It is put in the transaction of the act
that asks for the work, moved in that of each piece, and goes with the last one: a kill forgets
nothing.
"""

from enum import IntEnum

from sqlalchemy import select

from storage import memory
from storage.database import Tx
from storage.tables import memory as remembered
from storage.turns import side_by_side

_BEGINS = "notice work:"


class Work(IntEnum):
    """The kinds of it, the most pressing first. Stored: never renumbered."""

    END = 1  # what waits and may not leave any more
    URGENT = 2  # the readers of an urgent one
    TELL = 3  # who must hear that it has changed
    DELETE = 4
    EDIT = 5
    READERS = 6


LISTS = (Work.URGENT, Work.READERS)


async def put(tx: Tx, work: Work, number: int, after: int = 0) -> None:
    """It is to be done from there on, for that notice; also if it was under way before."""
    await memory.remember(tx, _name(work, number), str(after))


async def first(tx: Tx) -> tuple[Work, int] | None:
    """The most pressing work, and its notice; None if there is none."""
    return min(await _all(tx), default=None)


async def listing(tx: Tx) -> set[int]:
    """The notices of which not all readers are written yet."""
    return {number for work, number in await _all(tx) if work in LISTS}


async def _all(tx: Tx) -> list[tuple[Work, int]]:
    found = [name.split(":")[1:] for name in await memory.recall_all(tx, _BEGINS)]
    return [(Work(int(work)), int(number)) for work, number in found]


async def how_far(tx: Tx, work: Work, number: int) -> int | None:
    """After which row, or family, it goes on; None if there is nothing to do."""
    value = await memory.recall(tx, _name(work, number))
    return None if value is None else int(value)


async def take(tx: Tx, work: Work, number: int) -> int | None:
    """The same, for who does the next piece: another process waits until it is done."""
    one = select(remembered.c.value).where(remembered.c.name == _name(work, number))
    value = (await tx.execute(one.with_for_update() if side_by_side(tx) else one)).scalar()
    return None if value is None else int(value)


async def move(tx: Tx, work: Work, number: int, after: int | None) -> None:
    """A piece is done; None: it was the last one."""
    if after is None:
        await drop(tx, number, work)
    else:
        await put(tx, work, number, after)


async def drop(tx: Tx, number: int, *works: Work) -> None:
    """That work is not wanted any more."""
    for work in works:
        await memory.forget(tx, _name(work, number))


def _name(work: Work, number: int) -> str:
    return f"{_BEGINS}{work:d}:{number}"
