"""For whom a notice is, and why somebody does not get it (mission E1).

`meant` says whether the words are for them; `left_out` why they do not arrive all the same. The
preview counts by it and the sending freezes by it, so what was shown is what happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from programme.activities import ActivityKind
from programme.ages import months_old
from programme.by_notice import has_room
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.notices import Audience, Notice
from programme.people import Child, GuardianRole, Rest, Why


class LeftOut(StrEnum):
    """Why somebody for whom it is does not get it. The order in which reasons are told."""

    LANGUAGE = "language"  # reads a language that was not chosen
    PAUSED = "paused"
    AWAY = "away"
    NO_CONSENT = "no_consent"
    UNREACHABLE = "unreachable"
    WEEK_FULL = "week_full"  # gets it when there is room, if it is not too late then
    NO_CHAT = "no_chat"  # nobody of the family reads here
    RESTS = "rests"  # stopped, or something hard has happened: nobody learns which


@dataclass(frozen=True, kw_only=True)
class Person:
    """One parent, or one family of which nobody reads here, as far as a notice asks."""

    guardian_id: int  # 0: nobody of the family reads here
    family_id: int
    area_id: int
    language: str = ""
    role: GuardianRole | None = None
    in_chat: bool = True
    active_since: datetime | None = None  # the yes to messages
    asked_anew_at: datetime | None = None  # the words of the consent have changed since
    protected: bool = False
    area_paused: bool = False
    rests: tuple[Rest, ...] = ()  # the parent's and the family's
    children: tuple[Child, ...] = ()
    eligible: bool | None = None  # whether it is the first child; None: nobody has said
    follows: frozenset[ActivityKind] = frozenset()
    signed_up: bool = False  # for the activity that the notice is about
    capped_lately: tuple[datetime, ...] = ()  # the last seven days' tips and notices, if many


def meant(audience: Audience, person: Person, today: date) -> bool:
    """Whether it is for them: every condition that is set holds, whatever language they read."""
    return (
        _around(audience, person, today)
        and (not audience.fathers or person.role is GuardianRole.OTHER_PARENT)
        and (not audience.first_child or person.eligible is True)
    )


def unsaid(audience: Audience, person: Person, today: date) -> bool:
    """Whether it would be for them if they had said which parent they are, or which child it is."""
    return (
        _around(audience, person, today)
        and not meant(audience, person, today)
        and not (audience.fathers and person.role not in {None, GuardianRole.OTHER_PARENT})
        and not (audience.first_child and person.eligible is False)
    )


def _around(audience: Audience, person: Person, today: date) -> bool:
    """Everything but what a parent may not have said."""
    return (
        person.area_id in audience.areas
        and (_any_age(audience) or any(_of_age(audience, each, today) for each in person.children))
        and (not audience.expecting or any(_expected(each, today) for each in person.children))
        and (audience.follows is None or audience.follows in person.follows)
        and (not audience.signed_up or person.signed_up)
    )


def _any_age(audience: Audience) -> bool:
    return audience.months_from is None and audience.months_to is None


def _of_age(audience: Audience, child: Child, today: date) -> bool:
    if child.born is None or child.silent or child.born > today:
        return False
    months = months_old(child.born, today)
    upper = audience.months_to
    return (audience.months_from or 0) <= months and (upper is None or months <= upper)


def _expected(child: Child, today: date) -> bool:
    """Until the due date: nobody is called expecting of whose child we have not heard since."""
    return child.born is None and not child.silent and child.due is not None and today <= child.due


def left_out(notice: Notice, person: Person, at: datetime, rules: Rules) -> LeftOut | None:
    """Why that person, for whom it is, does not get it at that moment; None: they get it."""
    return (
        _cannot(person)
        or _rests(notice, person, at)
        or (LeftOut.LANGUAGE if person.language not in notice.audience.languages else None)
        or (None if _has_room(notice, person.capped_lately, at, rules) else LeftOut.WEEK_FULL)
    )


def _cannot(person: Person) -> LeftOut | None:
    if person.protected or not person.in_chat or not person.guardian_id:
        return LeftOut.NO_CHAT
    return None


def _rests(notice: Notice, person: Person, at: datetime) -> LeftOut | None:
    why = {each.why for each in person.rests if each.covers(at)}
    if why & {Why.LOSS, Why.STOPPED}:
        return LeftOut.RESTS
    if not _has_consent(notice, person, at):
        return LeftOut.NO_CONSENT
    if Why.UNREACHABLE in why:
        return LeftOut.UNREACHABLE
    # A door that is closed today is closed for families of a paused area as well.
    if Why.PAUSED in why or (person.area_paused and not notice.urgent):
        return LeftOut.PAUSED
    return LeftOut.AWAY if why else None


def _has_consent(notice: Notice, person: Person, at: datetime) -> bool:
    """Asked anew, the old yes still covers what is urgent (`consent.covered`)."""
    if person.active_since is None or at < person.active_since:
        return False
    return notice.urgent or person.asked_anew_at is None or at < person.asked_anew_at


def _has_room(notice: Notice, lately: Sequence[datetime], at: datetime, rules: Rules) -> bool:
    """Whether the week is not full; what is urgent comes all the same (mission C4)."""
    return notice.urgent or has_room(on_the_clock(at, rules.zone).date(), lately, rules)
