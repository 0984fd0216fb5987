"""*No thanks* to a visit, the visit after all, and answers to an offer (mission B17, C2).

Three different things, counted apart: one visit declined, visits ended, messages stopped.
"""

from datetime import datetime, timedelta

from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, Choice, Family, News
from programme.visits import VISITS
from services import booking, visits
from services.access import Reader, booking_for, family_of
from services.planning import catch_up
from services.undoing import staff_may_know
from storage import events, tallies
from storage.database import Tx

SAID_ALREADY = timedelta(days=7)  # the same wish again within this time is no news to staff


async def after_all(
    tx: Tx, reader: Reader, booking_id: int, now: datetime, rules: Rules
) -> Booking | None:
    """The visit after a no, as it stands now; None: staff must find a time. Raises NotYours."""
    before = await booking_for(tx, reader, booking_id)
    await visits_after_all(tx, reader, now, rules)
    family = await family_of(tx, reader)
    stands = in_its_place(family, before, now)
    if stands is None and family.left_at is None:
        stands = await visits.take_back(tx, reader, booking_id, now, rules)
    if stands is None:
        await _say_once(tx, family, News.WANTS_TIME, str(before.visit), "visit_wanted", now, rules)
    else:
        await booking.answer(tx, reader, stands.id, stands.revision, Choice.YES, now, rules)
    return stands


def in_its_place(family: Family, gone: Booking, now: datetime) -> Booking | None:
    """The coming booking of the same visit, this one or another; for a twin as well; or None."""
    births = {child.id: child.born for child in family.children}
    return next(
        (
            each
            for each in visits.coming(family, now)
            if (each.visit, each.meeting) == (gone.visit, gone.meeting)
            and births.get(each.child_id) == births.get(gone.child_id)
        ),
        None,
    )


async def visits_after_all(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """No thanks to all visits is taken back; harmless if nobody said it."""
    family = await family_of(tx, reader)
    if family.visits_ended_at is None or family.left_at:
        return
    known = await staff_may_know(tx, family, News.ENDED, family.visits_ended_at)
    await visits.take_back_end(tx, reader, now, rules)
    if known:
        await events.note(tx, family.id, News.WANTS_TIME, now)
        await catch_up(tx, family.id, now, rules)


async def want_time(
    tx: Tx, reader: Reader, visit: int, now: datetime, rules: Rules
) -> Booking | None:
    """Yes to an offer: staff will find a time. The booking, if there is one already."""
    family = await _wishing(tx, reader, visit)
    await visits_after_all(tx, reader, now, rules)
    family = await family_of(tx, reader)
    booked = next((each for each in visits.coming(family, now) if each.visit == visit), None)
    if booked is None:
        await _say_once(tx, family, News.WANTS_TIME, str(visit), "visit_wanted", now, rules)
    return booked


async def not_this(tx: Tx, reader: Reader, visit: int, now: datetime, rules: Rules) -> None:
    """No thanks to the visit that was offered; the next one is offered as usual."""
    family = await _wishing(tx, reader, visit)
    detail = f"{Choice.NO_THANKS}:{visit}"
    await _say_once(tx, family, News.ANSWERED, detail, "visit_declined", now, rules)


async def _wishing(tx: Tx, reader: Reader, visit: int) -> Family:
    if visit not in {each.number for each in VISITS}:
        raise NotYours
    return await family_of(tx, reader)


async def _say_once(
    tx: Tx, family: Family, what: News, detail: str, counted: str, now: datetime, rules: Rules
) -> None:
    """Note it for staff and count it, unless it is the last they heard of that visit."""
    number = detail.rpartition(":")[2]
    said = [
        each
        for each in family.events
        if each.what in {News.WANTS_TIME, News.ANSWERED}
        and (each.detail or "").rpartition(":")[2] == number
        and now - each.at < SAID_ALREADY
    ]
    if said and (said[-1].what, said[-1].detail) == (what, detail):
        return
    await events.note(tx, family.id, what, now, detail=detail)
    day = on_the_clock(now, rules.zone).date()
    await tallies.count(tx, family.area.id, day, counted, int(number))
    await catch_up(tx, family.id, now, rules)
