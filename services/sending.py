"""A notice leaves: at once or at its hour, to everybody it is for at that moment, once to each.

Who gets it is decided once and for ever (`notice_work`); what still holds of each row, before it
leaves, is decided by the rules like for every other letter (docs/decisions/0020).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from messaging.i18n import Languages
from messaging.keyboards import LONGEST_CAPTION
from messaging.letters import render
from messaging.plain import plain, utf16_units
from programme.by_notice import Gone, a_letter, worth_saying
from programme.errors import NotYours
from programme.kinds import KINDS, Kind, Rules
from programme.notice_errors import (
    AlreadySent,
    NoReaders,
    SaidAlready,
    TooLate,
    WordsMissing,
    WordsTooLong,
)
from programme.notices import Action, Notice, NoticeState
from services import notice_work, own_areas
from services.access import Colleague
from storage import coming_back, items, notices, sendings
from storage import notice_work as bookmarks
from storage.database import Database, Tx
from storage.outbox import State
from storage.turns import lock_family

SAME_WITHIN = timedelta(days=1)  # mission E6
KEPT = timedelta(days=KINDS[Kind.NOTICE].keeps_days or 0)  # so long a notice is worth saying
BACK_WITHIN = timedelta(days=1)  # since when rests are looked for that are over
LONGEST_TEXT = 4096  # UTF-16 units that Telegram takes without a picture


class Dropped(StrEnum):
    """Why somebody on the list did not get it, as a coordinator may know it."""

    STOPPED = "stopped"
    RECALLED = "recalled"
    TOO_LATE = "too_late"
    WEEK_FULL = "week_full"
    LANGUAGE = "language"
    PAUSED = "paused"
    AWAY = "away"
    RESTS = "rests"  # stopped messages, left, or something hard has happened: nobody learns which


_WHY = {
    Gone.STOPPED: Dropped.STOPPED,
    Gone.RECALLED: Dropped.RECALLED,
    Gone.TOO_LATE: Dropped.TOO_LATE,
    Gone.WEEK_FULL: Dropped.WEEK_FULL,
    Gone.LANGUAGE: Dropped.LANGUAGE,
    "paused": Dropped.PAUSED,
    "away": Dropped.AWAY,
}
_OUT_OF_REACH = ("unreachable", "blocked", "gone")  # another message found out before


@dataclass(frozen=True)
class Standing:
    """What has become of every reader of a notice."""

    sent: int = 0
    waiting: int = 0  # also those who get it when their week has room
    failed: int = 0
    unreachable: int = 0
    in_doubt: int = 0  # nobody knows whether it arrived; it is not said again
    dropped_by_reason: Mapping[Dropped, int] = field(default_factory=dict)

    @property
    def dropped(self) -> int:
        """How many do not get it after all."""
        return sum(self.dropped_by_reason.values())

    @property
    def readers(self) -> int:
        """How many were on the list when it was frozen."""
        given_up = self.failed + self.unreachable + self.in_doubt + self.dropped
        return self.sent + self.waiting + given_up


async def of_theirs(tx: Tx, colleague: Colleague, notice_id: int) -> Notice:
    """A notice that goes only to areas they run; raises NotYours for any other number."""
    found = (await notices.load(tx, [notice_id])).get(notice_id)
    if found is None or not set(found.audience.areas) <= await _runs(tx, colleague):
        raise NotYours
    return found


async def under_way(tx: Tx, colleague: Colleague, notice_id: int) -> Notice:
    """One of these that leaves or has left; raises NotYours for any other, and for a draft."""
    notice = await of_theirs(tx, colleague, notice_id)
    if notice.state in {NoticeState.DRAFT, NoticeState.SCHEDULED}:
        raise NotYours
    return notice


async def _runs(tx: Tx, colleague: Colleague) -> set[int]:
    """The areas they run: a coordinator's own, an administrator's all of them; or NotYours."""
    return {each.id for each in await own_areas.managed(tx, colleague)}


async def schedule(
    tx: Tx,
    colleague: Colleague,
    notice_id: int,
    at: datetime | None,
    now: datetime,
    rules: Rules,
    languages: Languages | None = None,
    again: bool = False,
) -> None:
    """It leaves at that time, or at once; raises what `programme.notice_errors` tells.

    `languages`: also look whether it fits into one message. `again`: the same on purpose.
    """
    notice = await of_theirs(tx, colleague, notice_id)
    if notice.state is not NoticeState.DRAFT:
        raise AlreadySent
    send_at = max(at or now, now)
    await _check(tx, notice, send_at, now, rules, languages, again)
    done = await notices.change(
        tx,
        notice_id,
        [NoticeState.DRAFT],
        state=NoticeState.SCHEDULED,
        send_at=send_at,
        progress_chat=colleague.chat_id,
        progress_message=None,
        progress_at=None,
    )
    if not done:  # a colleague pressed at the same moment
        raise AlreadySent


async def _check(
    tx: Tx,
    notice: Notice,
    send_at: datetime,
    now: datetime,
    rules: Rules,
    languages: Languages | None,
    again: bool,
) -> None:
    wanted = notice.audience.languages
    if missing := [each for each in wanted if notice.said_in(each) is None]:
        raise WordsMissing(missing)
    if not worth_saying(notice, send_at):
        raise TooLate
    if languages and (long := too_long(notice, languages, rules)):
        raise WordsTooLong(long)
    if not await sendings.has_readers(tx, notice.audience.areas, wanted):
        raise NoReaders
    if not again and (other := await _same(tx, notice, now)):
        raise SaidAlready(other)


def too_long(notice: Notice, languages: Languages, rules: Rules) -> list[str]:
    """The languages in which it does not fit into one message, as phones would show it."""
    found = []
    for code in notice.audience.languages:
        letter = a_letter(notice, code, rules)
        if letter is None:
            continue
        text = render([letter], languages.get(code), rules.zone).text
        most = LONGEST_CAPTION if letter.picture else LONGEST_TEXT
        if utf16_units(plain(text)) > most:
            found.append(code)
    return found


async def _same(tx: Tx, notice: Notice, now: datetime) -> int | None:
    """Another notice of the last day with the same words in any language, or None (E6)."""
    ids = await sendings.lately(tx, notice.id, now - SAME_WITHIN)
    for other in (await notices.load(tx, ids)).values():
        if other.state is NoticeState.RECALLED:
            continue
        both = set(notice.audience.areas) & set(other.audience.areas)
        if both and any(_alike(notice, other, code) for code in notice.audience.languages):
            return other.id
    return None


def _alike(one: Notice, other: Notice, language: str) -> bool:
    words = one.said_in(language)
    times = [each.starts_at for each in one.occasions] == [e.starts_at for e in other.occasions]
    return words is not None and words == other.said_in(language) and times


async def unschedule(tx: Tx, colleague: Colleague, notice_id: int) -> None:
    """Back to a draft, before its hour; raises AlreadySent once it is leaving."""
    await of_theirs(tx, colleague, notice_id)
    facts = {"state": NoticeState.DRAFT, "send_at": None, "progress_chat": None}
    if not await notices.change(tx, notice_id, [NoticeState.SCHEDULED], **facts):
        raise AlreadySent


@dataclass(frozen=True)
class Started:
    """How many readers' rows were written, and whether there is more to write."""

    written: int
    more: bool


async def start_due(db: Database, now: datetime, rules: Rules) -> int:
    """Every notice whose hour has come leaves, to everybody; how many rows were written."""
    written, more = 0, True
    while more:
        done = await start_some(db, now, rules)
        written, more = written + done.written, done.more
    return written


async def start_some(db: Database, now: datetime, rules: Rules) -> Started:
    """Every notice whose hour has come begins to leave, and one piece more is written of what is
    left of any: the rest of its readers, of a correction, of a recall.

    After an outage one whose event has begun does not leave: the coordinator is told (`progress`).
    """
    async with db.read() as tx:
        ids = await sendings.due(tx, now)
    written = sum([await notice_work.freeze(db, notice_id, now, rules) for notice_id in ids])
    more = await notice_work.go_on(db, now, rules)
    if more is None:
        return Started(written + await come_back(db, now), more=False)
    return Started(written + more, more=True)


async def come_back(db: Database, now: datetime) -> int:
    """Who had paused or was away when a notice left gets it after all, if it was written to them.

    They asked for quiet and not to miss it. Whether it is still in time, and whether their week has
    room, is decided before it leaves as for every row. How many these are.
    """
    async with db.read() as tx:
        found = await coming_back.find(tx, now - BACK_WITHIN, now - KEPT, now)
    done = 0
    for family_id, row in found:
        async with db.write() as tx:
            await lock_family(tx, family_id)
            done += await coming_back.stand_again(tx, row, now)
    return done


async def pause(tx: Tx, colleague: Colleague, notice_id: int, now: datetime) -> bool:
    """Nothing more leaves until it is resumed; False if it was not leaving."""
    await of_theirs(tx, colleague, notice_id)
    done = await notices.change(
        tx, notice_id, [NoticeState.SENDING], state=NoticeState.PAUSED, progress_at=None
    )
    if done:
        await sendings.look_again(tx, notice_id, "notice paused", [Action.SAY])
    return done


async def resume(tx: Tx, colleague: Colleague, notice_id: int, now: datetime) -> bool:
    """It goes on where it was; False if it was not paused."""
    await of_theirs(tx, colleague, notice_id)
    return await notices.change(
        tx, notice_id, [NoticeState.PAUSED], state=NoticeState.SENDING, progress_at=None
    )


async def stop(tx: Tx, colleague: Colleague, notice_id: int, now: datetime) -> bool:
    """Whoever has not got it never does; False if it was not leaving."""
    await of_theirs(tx, colleague, notice_id)
    done = await notices.change(
        tx,
        notice_id,
        [NoticeState.SENDING, NoticeState.PAUSED],
        state=NoticeState.STOPPED,
        finished_at=now,
        progress_at=None,
    )
    if done:
        await notice_work.end_all(tx, notice_id, now)
    return done


async def finish(db: Database, now: datetime) -> None:
    """Notices of which every reader has an outcome are done."""
    async with db.read() as tx:
        ids = await _finished(tx)
    for notice_id in ids:
        async with db.write() as tx:
            if notice_id in await _finished(tx):
                ended = {"state": NoticeState.DONE, "finished_at": now, "progress_at": None}
                await notices.change(tx, notice_id, [NoticeState.SENDING], **ended)


async def _finished(tx: Tx) -> list[int]:
    listing = await bookmarks.listing(tx)  # asked first: the last piece may be written just now
    return [each for each in await sendings.finished(tx) if each not in listing]


async def standing(tx: Tx, notice_id: int) -> Standing:
    """What has become of every reader, so far."""
    by_state: Counter[State] = Counter()
    dropped: Counter[Dropped] = Counter()
    ending = await notice_work.ending(tx, notice_id)
    for (_, state, reason), many in (await sendings.counts(tx, notice_id)).items():
        if state is State.DROPPED and reason in _OUT_OF_REACH:
            by_state[State.UNREACHABLE] += many
        elif state is State.WAITING and ending:  # the clockwork is about to write it down
            dropped[_WHY[ending]] += many
        elif state is State.DROPPED:
            dropped[_WHY.get(reason or items.NO_LONGER_DUE, Dropped.RESTS)] += many
        else:
            by_state[state] += many
    return Standing(
        sent=by_state[State.SENT],
        waiting=by_state[State.WAITING] + by_state[State.SENDING],
        failed=by_state[State.FAILED],
        unreachable=by_state[State.UNREACHABLE],
        in_doubt=by_state[State.IN_DOUBT],
        dropped_by_reason=dict(dropped),
    )
