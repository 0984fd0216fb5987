"""Booking: the times at which two people are free, among a thousand that are taken."""

import random
from datetime import date, time, timedelta

from bench.families import RULES
from bench.measure import median, processor
from bench.population import Populations
from bench.row import Of, Row
from bench.sizes import Sizes
from programme.free import Diary, Span, free_starts
from programme.localtime import instant
from programme.people import Place

MONDAY = date(2027, 3, 1)
WEEKS, BUSY, TIMES = 4, 1_000, 20
_EIGHT_TO_FIVE = dict.fromkeys(range(5), ((480, 1020),))


def _diaries() -> list[Diary]:
    """Two people; between them so many busy times, most of them short and many on top of others."""
    chance = random.Random(10)
    begin = instant(MONDAY, time(), RULES.zone)

    def busy() -> tuple[Span, ...]:
        found = []
        for _ in range(BUSY // 2):
            at = begin + timedelta(minutes=5 * chance.randrange(WEEKS * 7 * 288))
            found.append((at, at + timedelta(minutes=chance.choice((5, 10, 15)))))
        return tuple(found)

    return [Diary(week=_EIGHT_TO_FIVE, busy=busy()) for _ in range(2)]


async def rows(sizes: Sizes, _made: Populations) -> list[Row]:
    """The rule alone: what the database adds is two statements."""
    diaries, last = _diaries(), MONDAY + timedelta(weeks=WEEKS)
    before = instant(MONDAY - timedelta(days=1), time(), RULES.zone)

    async def find() -> None:
        for _ in range(TIMES):
            free_starts(diaries, 60, Place.HOME, MONDAY, last, before, RULES)

    found = len(free_starts(diaries, 60, Place.HOME, MONDAY, last, before, RULES))

    async def once() -> float:
        return await processor(find()) / TIMES

    return [
        Row(
            what=f"free overlap of two people, {WEEKS} weeks, {BUSY:,} busy periods",
            unit="ms",
            ours=await median(sizes.runs, once) * 1000,
            limit=5,
            of=Of.OURS,
            note=f"processor time; {found} starts found",
        )
    ]
