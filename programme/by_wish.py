"""What a parent gets because somebody wished something: to join, to be away, to move."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypedDict

from programme.kinds import KINDS, Kind, Rules, first_leave
from programme.leaving import left_at
from programme.letters import AreaAsk, AwayNote, Goodbye, JoinAsk, Joined, Letter
from programme.localtime import on_the_clock
from programme.moments import Moment, told
from programme.people import BookingState, Family, Guardian, Rest, Why


class About(TypedDict):
    """What every one of these letters says."""

    key: str
    at: datetime
    called: datetime
    not_after: datetime
    family_id: int
    guardian_id: int


def by_wish(family: Family, guardian: Guardian, rules: Rules) -> Iterator[Letter]:
    """Everything of that sort this parent ever gets, as the facts stand."""
    yield from _questions(family, guardian, rules)
    yield from _welcome(family, guardian, rules)
    for rest in (*family.rests, *guardian.rests):  # of two homes each has its own time away
        yield from _away(family, guardian, rest, rules)
    yield from _moves(family, guardian, rules)


def _about(family: Family, guardian: Guardian, kind: Kind, key: str, moment: Moment) -> About:
    return {
        "key": key,
        "at": moment.at,
        "called": moment.called,
        "not_after": moment.at + timedelta(days=KINDS[kind].keeps_days or 0),
        "family_id": family.id,
        "guardian_id": guardian.id,
    }


def _questions(family: Family, guardian: Guardian, rules: Rules) -> Iterator[JoinAsk]:
    """Is this the person you gave your link to (mission B7)?"""
    for joiner in family.joiners:
        if joiner.asked_by != guardian.id:
            continue
        if moment := told(family, guardian, Kind.JOIN_ASK, joiner.asked_at, rules):
            about = _about(family, guardian, Kind.JOIN_ASK, f"join:{joiner.id}", moment)
            yield JoinAsk(**about, joiner_id=joiner.id, name=joiner.name)


def _welcome(family: Family, guardian: Guardian, rules: Rules) -> Iterator[Joined]:
    """Who waited for the other parent's yes hears of it."""
    if not guardian.by_parent or guardian.active_since is None:
        return
    if moment := told(family, guardian, Kind.JOINED, guardian.active_since, rules):
        key = f"joined:{guardian.id}"
        yield Joined(**_about(family, guardian, Kind.JOINED, key, moment))


def _away(family: Family, guardian: Guardian, rest: Rest, rules: Rules) -> Iterator[AwayNote]:
    """The other parent said we are away: the only letter that tells of the rest it falls into."""
    if rest.why is not Why.AWAY or rest.until is None or rest.by in {None, guardian.id}:
        return
    at = first_leave(Kind.AWAY_NOTE, rest.since, rules)
    others = [each for each in (*family.rests, *guardian.rests) if each is not rest]
    active = guardian.active_since is not None and guardian.active_since <= at
    if not active or any(each.covers(at) for each in others):
        return
    if not rest.covers(at):  # over before the night was
        return
    moment = Moment(rest.since, at)
    about = _about(family, guardian, Kind.AWAY_NOTE, f"away:{rest.id}:{guardian.id}", moment)
    freed = any(
        booking.state is BookingState.FREED and booking.changed_at == rest.since
        for booking in family.bookings
        if booking.concerns(guardian)
    )
    last = on_the_clock(rest.until, rules.zone).date() - timedelta(days=1)
    about["not_after"] = min(about["not_after"], rest.until)
    yield AwayNote(**about, last_day=last, freed=freed)


def _moves(family: Family, guardian: Guardian, rules: Rules) -> Iterator[AreaAsk | Goodbye]:
    """To another area, with the parent's yes; or out of the programme (mission B16)."""
    if (
        family.move
        and family.split_at is None
        and (moment := told(family, guardian, Kind.AREA_ASK, family.move.asked_at, rules))
    ):
        stamp = int(family.move.asked_at.timestamp())
        about = _about(
            family, guardian, Kind.AREA_ASK, f"move:{family.id}:{stamp}:{guardian.id}", moment
        )
        yield AreaAsk(**about, area=family.move.area)
    left = left_at(family, guardian)
    if left and (moment := told(family, guardian, Kind.GOODBYE, left, rules)):
        key = f"goodbye:{family.id}:{guardian.id}"
        if guardian.active_since and guardian.active_since <= left:
            yield Goodbye(**_about(family, guardian, Kind.GOODBYE, key, moment))
