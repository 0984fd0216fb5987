"""What the demo's coordinator has written before anybody looks: a few activities, open already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from programme.activities import (
    ActivityKind,
    ActivityState,
    ForWhom,
    Interpreter,
    SigningUp,
    Words,
)
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.notices import WordingState
from programme.timetables import WEEK, until
from storage import activities, places, seats, wordings
from storage.database import Tx
from storage.wordings import Of


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One activity of the demo, weekly from the first such weekday that lies ahead."""

    kind: ActivityKind
    place: str  # by its name
    weekday: int  # Monday is 0
    begins: time
    minutes: int
    weeks: int
    signing_up: SigningUp
    spoken: tuple[str, ...]
    words: Mapping[str, Words]
    capacity: int | None = None
    interpreter: Interpreter | None = None
    interpreted: tuple[str, ...] = ()
    for_whom: ForWhom = ForWhom.EVERYBODY
    childcare: bool = False


async def open_them(
    tx: Tx, area_id: int, samples: Sequence[Sample], now: datetime, rules: Rules
) -> None:
    """These stand open in that area; a demo that is started again has them already."""
    if await activities.of_areas(tx, [area_id]):
        return
    known = {each.name: each.id for each in await places.listed(tx)}
    for each in samples:
        await _open(tx, area_id, each, known[each.place], now, rules)


async def _open(
    tx: Tx, area_id: int, sample: Sample, place: int, now: datetime, rules: Rules
) -> None:
    today = on_the_clock(now, rules.zone).date()
    number = await activities.add(
        tx,
        [area_id],
        kind=sample.kind,
        state=ActivityState.OPEN,
        made_at=now,
        place_id=place,
        spoken=",".join(sample.spoken),
        interpreter=sample.interpreter,
        interpreted=",".join(sample.interpreted),
        for_whom=sample.for_whom,
        childcare=sample.childcare,
        free=True,
        signing_up=sample.signing_up,
        checked_on=today,
    )
    for code, words in sample.words.items():
        facts = {"state": WordingState.APPROVED}
        await wordings.write(tx, Of(activity_id=number), code, words, **facts)
    first = _first(today, sample.weekday)
    for day in until(first, first + WEEK * (sample.weeks - 1), rules).days:
        starts_at = instant(day, sample.begins, rules.zone)
        await activities.add_occasion(tx, number, starts_at, sample.minutes, now)
    await seats.ensure(tx, number)
    if sample.capacity is not None:
        await seats.set_capacity(tx, number, sample.capacity, now)


def _first(today: date, weekday: int) -> date:
    """The first such day after today: what is today may have begun."""
    tomorrow = today + timedelta(days=1)
    return tomorrow + timedelta(days=(weekday - tomorrow.weekday()) % 7)
