"""Two homes: each parent sees only what is booked with them (mission B15, docs/decisions/0011).

Nobody but the staff is told that a family is split; the other home never learns what the first has.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from programme.by_age import offer_key
from programme.errors import NotYours, OtherHome, WhichHome
from programme.figures import Figure
from programme.kinds import Rules
from programme.letters import OfferLetter
from programme.localtime import on_the_clock
from programme.news import News
from programme.people import (
    Booking,
    BookingState,
    Change,
    Choice,
    Family,
    Guardian,
    ProposalState,
    Why,
)
from programme.visits import VISITS
from services.access import Reader, family_for_staff, family_of
from services.planning import catch_up
from storage import bookings, events, families, invites, items, joiners, proposals, rests, tallies
from storage.database import Tx
from storage.rests import Whose
from storage.staff import Colleague

BOTH, FIRST, SECOND = 0, 1, 2


class Keeps(StrEnum):
    """Who has the visits that are booked when a family is split."""

    FIRST = "first"
    SECOND = "second"
    NOBODY = "nobody"  # they are cancelled, and staff find new times


async def to_share(tx: Tx, reader: Reader, now: datetime) -> list[datetime]:
    """When the visits begin of which a parent who splits the family must say who has them.

    None once it is split: a parent learns of no other homes than their own.
    """
    family = await family_of(tx, reader)
    return [] if family.split_at else [each.starts_at for each in _booked(family, now)]


async def booked(tx: Tx, colleague: Colleague, family_id: int, now: datetime) -> bool:
    """Whether visits are booked of which staff must say who has them; raises NotYours."""
    family = await family_for_staff(tx, colleague, family_id, now)
    return family.split_at is None and bool(_booked(family, now))


async def split(tx: Tx, reader: Reader, keeps: Keeps, now: datetime, rules: Rules) -> None:
    """The reader lives in the first home, everybody else in the second. Twice is harmless."""
    family = await family_of(tx, reader)
    if family.split_at is None:
        others = {each.id for each in family.guardians if each.id != reader.guardian.id}
        await _split(tx, family, others, keeps, now, rules)


async def split_by_staff(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    guardian_id: int,
    keeps: Keeps,
    now: datetime,
    rules: Rules,
) -> None:
    """That parent lives in the second home, the others in the first; 0: nobody yet.

    Raises NotYours.
    """
    family = await family_for_staff(tx, colleague, family_id, now)
    if guardian_id and family.guardian(guardian_id) is None:
        raise NotYours
    if family.split_at is None:
        await _split(tx, family, {guardian_id}, keeps, now, rules)


async def _split(
    tx: Tx, family: Family, second: set[int], keeps: Keeps, now: datetime, rules: Rules
) -> None:
    homes = {each.id: SECOND if each.id in second else FIRST for each in family.guardians}
    await families.set_family(tx, family.id, split_at=now, move_to=None, move_asked_at=None)
    for guardian in family.guardians:
        await _live(tx, guardian.id, homes[guardian.id])
    await invites.forget_open(tx, family.id)  # nobody knows which home they are for
    await _hand_down(tx, family, now)
    for booking in _ahead(family, now):
        await _keep(tx, family, booking, homes, keeps, now)
    for proposal in family.proposals:
        if proposal.state is ProposalState.OPEN:
            await proposals.set_home(tx, proposal.id, _home(keeps) or FIRST)
    await events.note(tx, family.id, News.SPLIT, now)
    await _count(tx, family, Figure.SPLIT, now, rules)
    await catch_up(tx, family.id, now, rules)


async def _live(tx: Tx, guardian_id: int, home: int) -> None:
    await families.set_guardian(tx, guardian_id, home=home)
    await joiners.live_with(tx, guardian_id, home)


def _home(keeps: Keeps) -> int | None:
    return {Keeps.FIRST: FIRST, Keeps.SECOND: SECOND}.get(keeps)


def _booked(family: Family, now: datetime) -> list[Booking]:
    return [each for each in _ahead(family, now) if each.state is BookingState.BOOKED]


def _ahead(family: Family, now: datetime) -> list[Booking]:
    """Whatever lies ahead, also what was declined and could stand again."""
    return [each for each in family.bookings if each.starts_at > now]


async def _keep(
    tx: Tx, family: Family, booking: Booking, homes: dict[int, int], keeps: Keeps, now: datetime
) -> None:
    home, stands = _home(keeps), booking.state is BookingState.BOOKED
    await bookings.set_home(tx, booking.id, home or FIRST)
    if not stands:
        return
    if home is None:
        await bookings.set_home(tx, booking.id, None)
        await bookings.set_state(tx, booking.id, BookingState.CANCELLED, now)
        await events.note(tx, family.id, News.VISIT_CANCELLED, now, booking.id)
        await events.note(tx, family.id, News.ANSWERED, now, booking.id, Choice.OTHER_TIME)
        return
    losing = [each for each, lives in homes.items() if lives != home]
    if known := await _as_known(tx, booking, losing):
        await bookings.part(tx, known, family.id, FIRST + SECOND - home, now)


async def _as_known(tx: Tx, booking: Booking, losing: list[int]) -> Booking | None:
    """The visit as that home has been told of it; None if it never was: then it learns nothing.

    A move that is not told yet would give away the time that the other home keeps.
    """
    said = booking.changed_by in losing or await bookings.answered_by(tx, booking.id) & set(losing)
    if said or await _told(tx, booking.id, booking.revision, losing):
        return booking
    before = booking.revision - 1
    if not await _told(tx, booking.id, before, losing):
        return None
    moved = booking.change is Change.TIME and booking.previous_starts_at
    return replace(booking, revision=before, starts_at=moved or booking.starts_at)


async def _told(tx: Tx, booking_id: int, revision: int, losing: list[int]) -> bool:
    steps = ("booked", "moved", "changed", "day-before", "same-morning")
    keys = [f"visit:{booking_id}:{revision}:{step}:{each}" for step in steps for each in losing]
    return await items.may_have_left(tx, keys)


async def _hand_down(tx: Tx, family: Family, now: datetime) -> None:
    """A time away of the whole family becomes each parent's own, so that each ends their own."""
    rest = family.resting(Why.AWAY, now)
    if rest is None:
        return
    await rests.end(tx, Whose(family_id=family.id), Why.AWAY, now)
    for guardian in family.guardians:
        await rests.begin(tx, Whose(guardian_id=guardian.id), Why.AWAY, now, rest.until)


async def change_home(
    tx: Tx, colleague: Colleague, family_id: int, guardian_id: int, now: datetime, rules: Rules
) -> None:
    """That parent lives in the other of the two homes; raises NotYours."""
    family = await family_for_staff(tx, colleague, family_id, now)
    guardian = family.guardian(guardian_id)
    if guardian is None or family.split_at is None:
        raise NotYours
    await _live(tx, guardian.id, FIRST + SECOND - guardian.home)
    await catch_up(tx, family.id, now, rules)


async def join_again(
    tx: Tx, colleague: Colleague, family_id: int, now: datetime, rules: Rules
) -> None:
    """One home again: what lies ahead is for everybody, and who did not know of it is told."""
    family = await family_for_staff(tx, colleague, family_id, now)
    if family.split_at is None:
        return
    await families.set_family(tx, family.id, split_at=None)
    for booking in _ahead(family, now):
        knew = [each.id for each in family.guardians if booking.concerns(each)]
        await bookings.set_home(tx, booking.id, None)
        if booking.state is BookingState.BOOKED and len(knew) < len(family.guardians):
            await bookings.tell_again(tx, booking, now, by=knew[0] if len(knew) == 1 else None)
    for guardian in family.guardians:
        await _live(tx, guardian.id, FIRST)
    for proposal in family.proposals:
        if proposal.state is ProposalState.OPEN:
            await proposals.set_home(tx, proposal.id, None)
    await events.note(tx, family.id, News.ONE_HOME, now)
    await _count(tx, family, Figure.JOINED_AGAIN, now, rules)
    await catch_up(tx, family.id, now, rules)


def home_of(family: Family, guardian: Guardian) -> int | None:
    """Which of two homes that parent lives in; None: there is one."""
    return guardian.home if family.split_at else None


def home_for(family: Family, number: int, old: Booking | None, home: int | None) -> int | None:
    """With which home a visit is to be booked, or moved; raises WhichHome, OtherHome.

    `home`: BOTH is said, never supposed: what nobody has said would be both homes' to see.
    """
    if family.split_at is None:
        return None
    if old and home not in {None, BOTH} and old.home not in {None, home}:
        raise OtherHome(family.id, number, old.home or FIRST)
    if old is None and home not in {BOTH, FIRST, SECOND}:
        raise WhichHome(family.id)
    return old.home if old else home or None


async def said_no(tx: Tx, family: Family, guardian: Guardian) -> bool:
    """Whether that parent's home, one of two, wants no visits any more."""
    if family.split_at is None:
        return False
    keys = [each.key for each in _offers(family, guardian.home, family.split_at)]
    return bool(keys) and set(keys) <= family.skipped


async def offer_nothing(tx: Tx, family: Family, home: int, now: datetime) -> None:
    """No visit is offered to that home any more: every offer's key is taken ahead."""
    for letter in _offers(family, home, now):
        await items.skip(tx, letter)


async def offer_again(tx: Tx, family: Family, home: int) -> None:
    """Undo of that."""
    for letter in _offers(family, home, family.split_at):
        await items.unskip(tx, letter.key, letter.guardian_id or 0)


def _offers(family: Family, home: int, at: datetime | None) -> Iterator[OfferLetter]:
    if at is None:
        return
    for guardian in family.at_home(home):
        for child in family.children:
            for visit in VISITS:
                yield OfferLetter(
                    key=offer_key(child.id, visit.number, guardian.id),
                    at=at,
                    not_after=at,
                    family_id=family.id,
                    guardian_id=guardian.id,
                    child_id=child.id,
                    visit=visit.number,
                )


async def _count(tx: Tx, family: Family, what: Figure, now: datetime, rules: Rules) -> None:
    await tallies.count(tx, family.area.id, on_the_clock(now, rules.zone).date(), what)
