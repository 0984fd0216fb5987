"""What takes seconds to count is counted before the act, where nobody waits for it.

A press holds the one place in which SQLite can be written. An act that needs to know how many
parents of 30,000 there are breaks off (`CountFirst`); the intake takes back what it has written,
lets it be counted in a transaction that only reads, and does the act again, which finds the figure.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

from storage.database import Database, Tx

T = TypeVar("T")

_known: ContextVar[dict[Hashable, object] | None] = ContextVar("known", default=None)


class CountFirst(Exception):
    """The act breaks off: this has to be counted before it."""

    def __init__(self, key: Hashable, ask: Callable[[Tx], Awaitable[object]]) -> None:
        super().__init__("count first")
        self.key, self.ask = key, ask


@contextmanager
def acts_again() -> Iterator[None]:
    """Within it an act may break off, and is done again after `count`."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


async def count(db: Database, asked: CountFirst) -> None:
    """What the act asked for, for when it is done again."""
    known = _known.get()
    assert known is not None
    async with db.read() as tx:
        known[asked.key] = await asked.ask(tx)


async def counted(tx: Tx, key: Hashable, ask: Callable[[Tx], Awaitable[T]]) -> T:
    """What `ask` counts; raises CountFirst where the act can be done again.

    `key`: all that the figure depends on, but for what stands in the database. `ask` sees what is
    committed and nothing that this act has written.
    """
    known = _known.get()
    if known is None:
        return await ask(tx)
    if key not in known:
        raise CountFirst(key, ask)
    return cast("T", known[key])
