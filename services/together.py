"""What several want of the database at the same moment is done in one transaction.

Nobody waits for company: the first is served at once, and who comes meanwhile is served next, all
together. Each hears of its own when it is done: for a chat or a message it is as if it were alone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from storage.database import Unavailable

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
Take = Callable[[], Sequence[Asked]]  # all that wait; called when the database is there for them
_Asks = list[tuple[Asked, asyncio.Future[Answer]]]


class Together(Generic[Asked, Answer]):
    """Does what is asked with `do`, which takes what waits and returns an answer for each."""

    def __init__(self, do: Callable[[Take[Asked]], Awaitable[Sequence[Answer]]]) -> None:
        self._do = do
        self._waiting: _Asks[Asked, Answer] = []
        self._at_work: asyncio.Future[None] | None = None

    async def ask(self, asked: Asked) -> Answer:
        """The answer; raises what `do` raises."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._at_work is None:
            self._at_work = asyncio.ensure_future(self._work())
        return await answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._serve(self._waiting)
        finally:
            self._at_work = None

    async def _serve(self, waiting: _Asks[Asked, Answer]) -> None:
        """Those who wait, and who comes before it is their turn."""
        taken: _Asks[Asked, Answer] = []

        def take() -> list[Asked]:
            taken.extend(waiting)
            waiting.clear()
            return [asked for asked, _ in taken]

        try:
            _tell(taken, await self._do(take))
        except Unavailable as error:
            take()
            _raise_in(taken, error)
        except Exception as error:
            take()
            if len(taken) == 1:
                _raise_in(taken, error)
            for one in taken if len(taken) > 1 else ():  # what one asks must not harm the others
                await self._serve([one])
        except BaseException as error:  # the process ends
            take()
            _raise_in(taken, error)
            raise


def _tell(taken: _Asks[Asked, Answer], answers: Sequence[Answer]) -> None:
    for (_, asks), answer in zip(taken, answers, strict=True):
        if not asks.done():  # nobody has given up meanwhile
            asks.set_result(answer)


def _raise_in(taken: _Asks[Asked, Answer], error: BaseException) -> None:
    for _, asks in taken:
        if not asks.done():
            asks.set_exception(error)
