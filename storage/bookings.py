"""Home visits with their time, who comes, and what parents answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, literal, select, update

from programme.people import (
    Booking,
    BookingState,
    Change,
    Choice,
    Meeting,
    Place,
    StaffMember,
)
from storage import houses, quarters
from storage.database import Tx, insert
from storage.staff import member, works_in
from storage.tables import answer, booking, booking_staff, family, staff
from storage.written_once import IDS, among

_PARTED = "parted:"


_OF_FAMILIES = select(booking).where(booking.c.family_id.in_(IDS)).order_by(booking.c.starts_at)
_WHO_COMES = (
    select(booking_staff.c.booking_id, staff)
    .join(staff, staff.c.id == booking_staff.c.staff_id)
    .where(booking_staff.c.booking_id.in_(IDS))
    .order_by(booking_staff.c.position)
)
_ANSWERS = select(answer.c.booking_id, answer.c.revision).where(answer.c.booking_id.in_(IDS))


_ANY = select(booking.c.id).where(booking.c.family_id == bindparam("family")).limit(1)


async def any_of(tx: Tx, family_id: int) -> bool:
    """Whether anything was ever booked with a family."""
    return (await tx.execute(_ANY, {"family": family_id})).first() is not None


async def of_families(tx: Tx, ids: Sequence[int]) -> dict[int, list[Booking]]:
    """Every booking of those families, by family, in order of time."""
    rows = (await tx.execute(_OF_FAMILIES, among(ids))).all()
    numbers = [row.id for row in rows]
    who = await _staff_of(tx, numbers)
    answered = await _answered(tx, numbers)
    where = await houses.of_bookings(tx, rows)
    found: defaultdict[int, list[Booking]] = defaultdict(list)
    for row in rows:
        found[row.family_id].append(_booking(row, who, answered, where))
    return found


async def _staff_of(tx: Tx, ids: Sequence[int]) -> dict[int, list[StaffMember]]:
    rows = await tx.execute(_WHO_COMES, among(ids)) if ids else ()
    who: dict[int, list[StaffMember]] = {}
    for row in rows:
        who.setdefault(row.booking_id, []).append(member(row))
    return who


async def _answered(tx: Tx, ids: Sequence[int]) -> set[tuple[int, int]]:
    rows = await tx.execute(_ANSWERS, among(ids)) if ids else ()
    return {(row.booking_id, row.revision) for row in rows}


def _booking(
    row: Row[Any],
    who: dict[int, list[StaffMember]],
    answered: set[tuple[int, int]],
    where: dict[int, int],
) -> Booking:
    stands_for = _stands_for(row.why)
    return Booking(
        id=row.id,
        child_id=row.child_id,
        visit=row.visit,
        starts_at=row.starts_at,
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        previous_starts_at=row.previous_starts_at,
        state=BookingState(row.state),
        staff=tuple(who.get(row.id, ())),
        place=Place(row.place),
        interpreter=row.interpreter,
        interpreter_wanted=row.interpreter_wanted,
        answered=(row.id, row.revision) in answered,
        meeting=Meeting(row.meeting),
        minutes=row.minutes,
        change=Change(row.change),
        why=row.why if stands_for is None else None,
        home=row.home,
        made_by=row.made_by,
        stands_for=stands_for,
        house=where.get(row.id),
    )


def _stands_for(why: str | None) -> int | None:
    """The booking of which such a row tells one home that it is cancelled; see `part`."""
    before, found, number = (why or "").partition(_PARTED)
    return int(number) if found and not before else None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a new booking is."""

    child_id: int
    visit: int
    starts_at: datetime
    place: Place = Place.HOME
    meeting: Meeting = Meeting.VISIT
    minutes: int = 60
    interpreter: bool = False  # is booked
    interpreter_wanted: bool = False
    home: int | None = None
    made_by: int | None = None  # staff
    changed_by: int | None = None  # the guardian who chose it


async def add(tx: Tx, family_id: int, facts: Facts, now: datetime) -> int:
    """The id of a new booking, at revision 0. It has no quarters yet."""
    row = await tx.execute(
        booking.insert()
        .values(
            family_id=family_id,
            revision=0,
            changed_at=now,
            state=BookingState.BOOKED,
            change=Change.NEW,
            **asdict(facts),
        )
        .returning(booking.c.id)
    )
    return int(row.scalar_one())


async def change(
    tx: Tx, old: Booking, what: Change, now: datetime, by: int | None = None, **facts: object
) -> None:
    """New facts of a booking that stands: its revision rises.

    Answers to the time are kept where only people or the place are others.
    """
    await tx.execute(
        update(booking)
        .where(booking.c.id == old.id)
        .values(
            revision=old.revision + 1,
            changed_at=now,
            changed_by=by,
            change=what,
            **({"previous_starts_at": old.starts_at} if what is Change.TIME else {}),
            **facts,
        )
    )
    if what is not Change.TIME:
        await _keep_answers(tx, old)


async def _keep_answers(tx: Tx, old: Booking) -> None:
    kept = ("booking_id", "guardian_id", "choice", "answered_at")
    given = select(*(answer.c[name] for name in kept), literal(old.revision + 1)).where(
        answer.c.booking_id == old.id, answer.c.revision == old.revision
    )
    await tx.execute(answer.insert().from_select([*kept, "revision"], given))


async def set_state(
    tx: Tx,
    booking_id: int,
    state: BookingState,
    now: datetime,
    by: int | None = None,
    why: str | None = None,
) -> None:
    """What becomes of a booking; `by`: the guardian who wished it. One that is gone frees its
    quarters; whoever lets one stand again takes them first."""
    await tx.execute(
        update(booking)
        .where(booking.c.id == booking_id)
        .values(state=state, changed_at=now, changed_by=by, why=why)
    )
    if state is not BookingState.BOOKED:
        await quarters.free(tx, booking_id=booking_id)


async def tell_again(tx: Tx, old: Booking, now: datetime, by: int | None = None) -> None:
    """A booking stands (again) as if it were new: everybody hears of it but who wished it."""
    await tx.execute(
        update(booking)
        .where(booking.c.id == old.id)
        .values(
            revision=old.revision + 1,
            previous_starts_at=None,
            changed_at=now,
            changed_by=by,
            state=BookingState.BOOKED,
            change=Change.NEW,
            why=None,
        )
    )


async def give_to(tx: Tx, booking_id: int, child_id: int) -> None:
    """The booking is about another child of the family."""
    await tx.execute(update(booking).where(booking.c.id == booking_id).values(child_id=child_id))


async def correct(tx: Tx, booking_id: int, **facts: object) -> None:
    """Facts of a booking that nobody has to be told of."""
    await tx.execute(update(booking).where(booking.c.id == booking_id).values(**facts))


async def set_home(tx: Tx, booking_id: int, home: int | None) -> None:
    """The booking is with that one of two homes; None: one home, or both."""
    await tx.execute(update(booking).where(booking.c.id == booking_id).values(home=home))


async def part(tx: Tx, kept: Booking, family_id: int, home: int, now: datetime) -> None:
    """Tell that home that the booking is cancelled, as it knew it; the other home has kept it.

    A row of its own, so that what becomes of the kept one never shows in it.
    """
    await tx.execute(
        booking.insert().values(
            family_id=family_id,
            child_id=kept.child_id,
            visit=kept.visit,
            meeting=kept.meeting,
            starts_at=kept.starts_at,
            minutes=kept.minutes,
            revision=kept.revision,
            changed_at=now,
            state=BookingState.CANCELLED,
            place=kept.place,
            interpreter=False,
            why=f"{_PARTED}{kept.id}",
            home=home,
        )
    )


async def answered_by(tx: Tx, booking_id: int) -> set[int]:
    """The guardians who have ever answered that booking."""
    row = await tx.execute(select(answer.c.guardian_id).where(answer.c.booking_id == booking_id))
    return set(row.scalars())


async def set_staff(tx: Tx, booking_id: int, staff_ids: Sequence[int]) -> None:
    """Write who comes, in that order, in place of who came before."""
    await tx.execute(booking_staff.delete().where(booking_staff.c.booking_id == booking_id))
    rows = [
        {"booking_id": booking_id, "staff_id": each, "position": n}
        for n, each in enumerate(staff_ids)
    ]
    if rows:
        await tx.execute(booking_staff.insert(), rows)


async def staff_in_area(tx: Tx, family_id: int) -> list[StaffMember]:
    """The staff of the area a family belongs to; whose own area it is comes last."""
    area = (await tx.execute(select(family.c.area_id).where(family.c.id == family_id))).scalar_one()
    rows = await tx.execute(
        select(staff)
        .where(works_in(area), staff.c.ended_at.is_(None))
        .order_by(staff.c.area_id == area, staff.c.id)
    )
    return [member(row) for row in rows]


async def answer_of(tx: Tx, booking_id: int, revision: int, guardian_id: int) -> Choice | None:
    """What that parent has answered to the booking as it stands, or None."""
    said = await tx.scalar(
        select(answer.c.choice).where(
            answer.c.booking_id == booking_id,
            answer.c.revision == revision,
            answer.c.guardian_id == guardian_id,
        )
    )
    return Choice(said) if said else None


async def answered_at(tx: Tx, booking_id: int, revision: int, guardian_id: int) -> datetime | None:
    """When they answered that, or None."""
    rows = await tx.execute(
        select(answer.c.answered_at).where(
            answer.c.booking_id == booking_id,
            answer.c.revision == revision,
            answer.c.guardian_id == guardian_id,
        )
    )
    return rows.scalar()


async def note_answer(
    tx: Tx, booking_id: int, revision: int, guardian_id: int, choice: Choice, now: datetime
) -> None:
    """Keep a parent's answer to a booking as it stands; the last one counts."""
    row = insert(tx, answer).values(
        booking_id=booking_id,
        revision=revision,
        guardian_id=guardian_id,
        choice=choice,
        answered_at=now,
    )
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=["booking_id", "revision", "guardian_id"],
            set_={"choice": choice, "answered_at": now},
        )
    )
