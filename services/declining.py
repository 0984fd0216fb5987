"""*No thanks* to a visit, the visit after all, and answers to an offer (mission B17, C2).

Three different things, counted apart: one visit declined, visits ended, messages stopped.
"""

from datetime import datetime, timedelta

from programme.errors import NoSuchFamily, NotYours
from programme.figures import Figure
from programme.for_staff import of_home
from programme.kinds import Rules
from programme.leaving import left_at
from programme.news import News
from programme.people import Booking, Choice, Family
from programme.visits import VISITS
from services import answering, milestones, two_homes, visits
from services.access import Reader, booking_for, family_of
from services.counting import count, take_back
from services.holds import close_all
from services.planning import catch_up
from services.undoing import staff_may_know
from storage import events, families
from storage.database import Tx
from storage.turns import lock_family

SAID_ALREADY = timedelta(days=7)  # the same wish again within this time is no news to staff


async def after_all(
    tx: Tx, reader: Reader, booking_id: int, now: datetime, rules: Rules
) -> Booking | None:
    """The visit after a no, as it stands now; None: staff must find a time. Raises NotYours."""
    before = await booking_for(tx, reader, booking_id)
    await visits_after_all(tx, reader, now, rules)
    family = await family_of(tx, reader)
    taken = in_its_place(family, before, now)
    stands = taken if taken and taken.concerns(reader.guardian) else None
    left = left_at(family, reader.guardian)
    if taken is None and left is None and before.stands_for is None:
        stands = await visits.take_back(tx, reader, booking_id, now, rules)
    if stands is None:
        home = two_homes.home_of(family, reader.guardian)
        number = str(before.visit)
        await _say_once(tx, family, News.WANTS_TIME, number, home, Figure.VISIT_WANTED, now, rules)
    else:
        await answering.answer(tx, reader, stands.id, stands.revision, Choice.YES, now, rules)
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
    left = left_at(family, reader.guardian)
    if left is None and await two_homes.said_no(tx, family, reader.guardian):
        await _homes_visits(tx, family, reader, now, rules)
    if family.visits_ended_at is None or left:
        return
    known = await staff_may_know(tx, family, News.ENDED, family.visits_ended_at)
    await visits.take_back_end(tx, reader, now, rules)
    if known:
        await events.note(tx, family.id, News.WANTS_TIME, now)
        await catch_up(tx, family.id, now, rules)


async def _homes_visits(
    tx: Tx, family: Family, reader: Reader, now: datetime, rules: Rules
) -> None:
    """One of two homes would like visits after all; the other hears nothing of it."""
    await two_homes.offer_again(tx, family, reader.guardian.home)
    home = two_homes.home_of(family, reader.guardian)
    own = (News.ENDED, of_home("", home))
    ended = [each.at for each in family.events if (each.what, each.detail) == own]
    if ended:
        await take_back(tx, family.id, None, Figure.VISITS_ENDED, ended[-1], rules)
    await events.note(tx, family.id, News.WANTS_TIME, now, detail=of_home("", home))
    await catch_up(tx, family.id, now, rules)


async def want_time(
    tx: Tx, reader: Reader, visit: int, now: datetime, rules: Rules
) -> Booking | None:
    """Yes to an offer: staff will find a time. The booking, if there is one already."""
    family = await _wishing(tx, reader, visit)
    await visits_after_all(tx, reader, now, rules)
    family = await family_of(tx, reader)
    own = visits.theirs(family, reader.guardian, now)
    booked = next((each for each in own if each.visit == visit), None)
    if booked is None:
        home = two_homes.home_of(family, reader.guardian)
        await _say_once(
            tx, family, News.WANTS_TIME, str(visit), home, Figure.VISIT_WANTED, now, rules
        )
    return booked


async def want_any_time(tx: Tx, reader: Reader, slot_id: int, now: datetime, rules: Rules) -> None:
    """A time was to be had no more, and there is no other: staff find one for that visit."""
    family = await family_of(tx, reader)
    visit = next(
        (each.visit for each in family.proposals for slot in each.slots if slot.id == slot_id), 0
    )
    home = two_homes.home_of(family, reader.guardian)
    await _say_once(tx, family, News.WANTS_TIME, str(visit), home, Figure.VISIT_WANTED, now, rules)


async def not_this(tx: Tx, reader: Reader, visit: int, now: datetime, rules: Rules) -> None:
    """No thanks to the visit that was offered; the next one is offered as usual."""
    family = await _wishing(tx, reader, visit)
    detail, home = f"{Choice.NO_THANKS}:{visit}", two_homes.home_of(family, reader.guardian)
    await _say_once(tx, family, News.ANSWERED, detail, home, Figure.VISIT_DECLINED, now, rules)


async def _wishing(tx: Tx, reader: Reader, visit: int) -> Family:
    if visit not in {each.number for each in VISITS}:
        raise NotYours
    return await family_of(tx, reader)


async def _say_once(
    tx: Tx,
    family: Family,
    what: News,
    detail: str,
    home: int | None,
    counted: Figure,
    now: datetime,
    rules: Rules,
) -> None:
    """Note it for staff and count it, unless it is the last they heard of that visit and home."""
    number, noted = detail.rpartition(":")[2], of_home(detail, home)
    about = {of_home(number, home), of_home(f"{Choice.NO_THANKS}:{number}", home)}
    said = [
        each
        for each in family.events
        if each.what in {News.WANTS_TIME, News.ANSWERED} and each.detail in about
    ]
    last = said[-1] if said else None
    same = last is not None and (last.what, last.detail) == (what, noted)
    if last and same and now - last.at < SAID_ALREADY:
        return
    await events.note(tx, family.id, what, now, detail=noted)
    if last and last.what is News.ANSWERED and not same:  # the no of before is a no no more
        declined = Figure.VISIT_DECLINED
        await take_back(tx, family.id, int(number), declined, last.at, rules)
    if not same:
        await count(tx, family.id, int(number), counted, now, rules)
    await catch_up(tx, family.id, now, rules)


async def told_staff_no(tx: Tx, family_id: int, now: datetime, rules: Rules) -> bool:
    """A family has said to a person that it wants no visits; nobody is written to.

    False: it had ended them before, or a visit is booked, which must be cancelled first. Booking
    one takes it back. Raises NoSuchFamily.
    """
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    if family.visits_ended_at or family.split_at or visits.coming(family, now):
        return False
    await close_all(tx, family, now)
    await families.set_family(tx, family_id, visits_ended_at=now, why_told_at=None)
    await count(tx, family_id, None, Figure.VISITS_ENDED, now, rules)
    await milestones.ended(tx, family, now, rules)
    await catch_up(tx, family_id, now, rules)
    return True
