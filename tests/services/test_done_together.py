"""What several want at the same moment is done in one go, and each hears of its own."""

import asyncio

import pytest

from services.together import Together
from services.types import Unavailable


class Ended(BaseException):
    """As if the process had ended here."""


class Desk:
    """Doubles what it is asked, once its door is open; one number breaks it."""

    def __init__(self) -> None:
        self.open, self.at_work = asyncio.Event(), asyncio.Event()
        self.goes, self.broken = [], {}

    async def do(self, take):
        await self.open.wait()
        if -1 in self.broken:  # before it looked who waits
            raise self.broken[-1]
        self.goes.append(tuple(take()))
        self.at_work.set()
        await asyncio.sleep(0)
        for each in self.goes[-1]:
            if each in self.broken:
                raise self.broken[each]
        return [each * 2 for each in self.goes[-1]]


async def _asked(desk, *numbers):
    """All at once, while the door is shut; then it opens."""
    together = Together(desk.do)
    tasks = [asyncio.ensure_future(together.ask(each)) for each in numbers]
    await asyncio.sleep(0)
    desk.open.set()
    return tasks


async def test_who_waits_is_served_in_one_go_and_who_comes_meanwhile_in_the_next():
    desk = Desk()
    together = Together(desk.do)
    first = [asyncio.ensure_future(together.ask(each)) for each in (1, 2, 3)]
    await asyncio.sleep(0)
    desk.open.set()
    await desk.at_work.wait()
    assert await together.ask(4) == 8
    assert await asyncio.gather(*first) == [2, 4, 6]
    assert desk.goes == [(1, 2, 3), (4,)]
    assert await together.ask(5) == 10


async def test_what_one_asks_does_not_harm_the_others():
    desk = Desk()
    desk.broken = {2: ValueError("two")}
    tasks = await _asked(desk, 1, 2, 3)
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert (found[0], repr(found[1]), found[2]) == (2, "ValueError('two')", 6)
    assert desk.goes == [(1, 2, 3), (1,), (2,), (3,)]


@pytest.mark.parametrize("where", [2, -1])
@pytest.mark.parametrize("error", [Unavailable("gone", None, OSError()), Ended()])
async def test_a_database_that_is_gone_and_the_end_are_heard_of_by_all(where, error):
    desk = Desk()
    desk.broken = {where: error}
    tasks = await _asked(desk, 1, 2, 3)
    await asyncio.wait(tasks)
    assert [each.exception() for each in tasks] == [error] * 3
    assert len(desk.goes) == (where == 2)


async def test_who_gives_up_meanwhile_takes_nothing_from_the_others():
    desk = Desk()
    tasks = await _asked(desk, 1, 2, 3)
    tasks[0].cancel()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert found[1:] == [4, 6]
    assert desk.goes == [(1, 2, 3)]
