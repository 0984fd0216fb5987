"""Just before sending: what still holds of a message, as the facts are now (docs/architecture.md).

Decides by the rules in `programme.plan` and changes nothing; delivery writes what comes of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from programme.by_age import has_room, week_has_room
from programme.by_notice import Gone, when_room, why_not
from programme.desk_letters import MorningList
from programme.desks import Desk, still_due_to_desk
from programme.kinds import CAP_DAYS, KINDS, Kind, Rules
from programme.letters import AwayNote, Letter, NotOurs, StaffNews
from programme.localtime import on_the_clock
from programme.moments import listens, reads_but_for, reads_what_stands
from programme.news import News
from programme.notice_letters import NoticeEdit, NoticeRecall
from programme.notices import NoticeState
from programme.parcels import is_late, lane
from programme.people import Family, Guardian, Why
from programme.plan import free_moment, still_due
from services import calendar, mornings
from storage import claims, desks, families, items, notices, overviews
from storage.database import Tx
from storage.items import Promise
from storage.outbox import Waiting
from storage.turns import side_by_side

_MOMENT = timedelta(microseconds=1)
_CAPPED = [kind for kind, rule in KINDS.items() if rule.capped]


@dataclass
class Rechecked:
    """What a message comes to: letters to say now, promises to drop, or a later day to wait for."""

    language: str | None  # the reader's; None if there is nobody any more
    letters: list[Letter] = field(default_factory=list)
    dropped: list[tuple[Promise, str]] = field(default_factory=list)
    wait_until: datetime | None = None
    folded: bool = False  # several late tips in one digest
    label: str | None = None  # staff's own word for the family, for a letter to staff
    enclosed: calendar.Enclosed | None = None  # for the reader's own calendar


@dataclass(frozen=True)
class Facts:
    """What is known of several messages and their readers, asked for all at once."""

    families: Mapping[int, Family]
    desks: Mapping[int, Desk]
    promises: Mapping[int, list[Promise]]
    lately: Mapping[int, list[datetime]]  # when a parent was sent what is capped


async def facts(tx: Tx, messages: Sequence[Waiting], now: datetime) -> Facts:
    """The facts of now about claimed messages; raises ValueError if a row cannot be read."""
    promises = await items.promises_of(tx, [message.id for message in messages])
    about = sorted({each.family_id for each in messages if each.family_id is not None})
    at_desks = {each.staff_id for each in messages if each.family_id is None} - {None}
    capped = {
        message.guardian_id
        for message in messages
        if message.guardian_id is not None
        and any(KINDS[each.kind].capped for each in promises.get(message.id, ()))
    }
    lately = await claims.said_since(tx, capped, _CAPPED, now - timedelta(days=CAP_DAYS))
    return Facts(
        families={family.id: family for family in await families.load(tx, about)},
        desks=await _desks(tx, sorted(each for each in at_desks if each is not None)),
        promises=promises,
        lately=lately,
    )


async def _desks(tx: Tx, staff_ids: Sequence[int]) -> dict[int, Desk]:
    loaded = await desks.load(tx, staff_ids) if staff_ids else []
    return {desk.member.id: desk for desk in loaded}


async def recheck(tx: Tx, message: Waiting, known: Facts, now: datetime, rules: Rules) -> Rechecked:
    """What still holds of a claimed message; raises ValueError for a row that cannot be read."""
    if message.family_id is None:
        return await _at_desk(tx, message, known, now, rules)
    family = known.families[message.family_id]
    found = Rechecked(_language(family, message))
    if message.staff_id is not None:
        found.label = await overviews.label(tx, family.id)
    guardian = family.guardian(message.guardian_id)
    promises = known.promises.get(message.id, [])
    for promise in promises:
        letter, reason = _check(family, message, promise, now, rules)
        if letter:
            found.letters.append(letter)
        else:
            found.dropped.append((promise, reason))
    found.letters.sort(key=lambda letter: (lane(letter), letter.at))
    if found.letters:
        lately = known.lately.get(guardian.id, []) if guardian else []
        found.wait_until = _when(family, guardian, found.letters, lately, now, rules)
        _drop_if_too_late(found, promises)
        late = [each for each in found.letters if is_late(each, now, rules)]
        found.folded = len({getattr(each, "code", each.key) for each in late}) > 1
        found.enclosed = await calendar.enclosed(tx, family, message, found.letters, now)
    return found


async def _at_desk(
    tx: Tx, message: Waiting, known: Facts, now: datetime, rules: Rules
) -> Rechecked:
    """The same for a letter to a colleague about no family; who has ended has no desk."""
    desk = known.desks.get(message.staff_id) if message.staff_id is not None else None
    found = Rechecked(desk.member.language if desk else None)
    for promise in known.promises.get(message.id, []):
        key, called = promise.key, promise.due_at
        letter = still_due_to_desk(desk, key, called, rules) if desk else None
        if letter is None:
            found.dropped.append((promise, items.NO_LONGER_DUE))
        elif now > letter.not_after:
            found.dropped.append((promise, items.TOO_LATE))
        elif desk and isinstance(letter, MorningList):
            await _morning(tx, found, desk, letter, promise, now, rules)
        else:
            found.letters.append(letter)
    return found


async def _morning(
    tx: Tx,
    found: Rechecked,
    desk: Desk,
    letter: MorningList,
    promise: Promise,
    now: datetime,
    rules: Rules,
) -> None:
    """Filled with what is true now; where everything has been done in between, nothing is said."""
    full = await mornings.filled(tx, desk, letter, now, rules)
    if full.worth_sending:
        found.letters.append(full)
    else:
        found.dropped.append((promise, mornings.NOTHING))


def _drop_if_too_late(found: Rechecked, promises: list[Promise]) -> None:
    """No room in this reader's week while the notice is worth saying: known now, and said now."""
    letter = found.letters[0]  # a notice travels alone
    if letter.kind is not Kind.NOTICE or found.wait_until is None:
        return
    if found.wait_until > letter.not_after:
        found.dropped += [(each, Gone.WEEK_FULL) for each in promises if each.key == letter.key]
        found.letters, found.wait_until = [], None


def _language(family: Family, message: Waiting) -> str | None:
    reader = family.guardian(message.guardian_id) or family.member(message.staff_id)
    return reader.language if reader else None


def _check(
    family: Family, message: Waiting, promise: Promise, now: datetime, rules: Rules
) -> tuple[Letter | None, str]:
    """The letter as it should be said now, or why it should not."""
    guardian = family.guardian(message.guardian_id)
    letter = still_due(family, promise.key, promise.due_at, rules, message.reader)
    if message.guardian_id is not None:
        never_came_in = guardian is not None and guardian.active_since is None
        if guardian is None or (never_came_in and not isinstance(letter, NotOurs)):
            return None, "nobody there"
        if not _listens(family, guardian, letter, now):
            return None, _why_quiet(family, guardian, now)
    elif family.resting(Why.LOSS, now) and not _tells_of_loss(letter):
        return None, items.LOSS
    if letter is None:
        why = why_not(family, guardian, promise.key) if guardian else None
        return None, why or items.NO_LONGER_DUE
    return (letter, "") if now <= letter.not_after else (None, items.TOO_LATE)


def _listens(family: Family, guardian: Guardian, letter: Letter | None, now: datetime) -> bool:
    if isinstance(letter, AwayNote):  # it tells of the rest that covers it
        return reads_but_for(Why.AWAY, family, guardian, now)
    if isinstance(letter, NoticeEdit | NoticeRecall):  # nothing new comes
        return reads_what_stands(family, guardian, now)
    if isinstance(letter, NotOurs):  # nobody's yes is needed to say that nothing is kept
        rests = (*family.rests, *guardian.rests)
        return not any(rest.covers(now) for rest in rests)
    return listens(family, guardian, now)


def _tells_of_loss(letter: Letter | None) -> bool:
    """The one thing staff hear then: do not contact through Lotsen (mission A11)."""
    return isinstance(letter, StaffNews) and letter.what is News.LOSS


def _why_quiet(family: Family, guardian: Guardian, now: datetime) -> str:
    """Why nothing may be written to this parent now, in a word staff can read."""
    if family.resting(Why.LOSS, now):
        return items.LOSS
    resting = [rest.why for rest in (*guardian.rests, *family.rests) if rest.covers(now)]
    return str(resting[0]) if resting else items.NO_LONGER_DUE


def _when(
    family: Family,
    guardian: Guardian | None,
    letters: list[Letter],
    lately: list[datetime],
    now: datetime,
    rules: Rules,
) -> datetime | None:
    """When it leaves: the most important letter decides; None, or a moment that is past: now."""
    at = letters[0].at
    return at if at > now else _later(family, guardian, letters[0], lately, now, rules)


def _later(
    family: Family,
    guardian: Guardian | None,
    first: Letter,
    lately: list[datetime],
    now: datetime,
    rules: Rules,
) -> datetime | None:
    """When it may come instead of now: no burst after an outage, no fourth one in a week."""
    if guardian is None or not KINDS[first.kind].capped:
        return None
    if first.kind is Kind.NOTICE:
        at = when_room(guardian, first, lately, now, rules) or first.not_after + _MOMENT
        return at if at > now else None
    said = [on_the_clock(at, rules.zone).date() for at in lately]
    today = on_the_clock(now, rules.zone).date()
    room = has_room(today, said) and week_has_room(today, said)
    if not is_late(first, now, rules) and room:
        return None
    moment = free_moment(family, guardian, first, now, said, rules)
    return moment if moment > now else None


async def paused(tx: Tx, messages: Sequence[Waiting]) -> set[int]:
    """The notices that were paused after their rows were found. A pause comes before this claim,
    and is seen by it, or after it, and then the last look sees it; so does a correction."""
    if not side_by_side(tx):  # nobody can have: the rows were found in this very turn
        return set()
    about = sorted({each.notice_id for each in messages if each.notice_id is not None})
    return {each for each in about if await notices.hold(tx, each) is NoticeState.PAUSED}
