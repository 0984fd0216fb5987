"""A notice to very many is written, corrected and taken back a piece at a time (decision 57).

An act does the first piece itself, so that a small notice is done with it, and puts a bookmark for
the rest; the clockwork does that, each piece in a short transaction of its own: no press waits.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.audience import LeftOut, Person, left_out, meant
from programme.by_notice import Gone, kind_of, worth_saying
from programme.kinds import KINDS, Kind, Lane, Rules
from programme.localtime import on_the_clock
from programme.notices import Action, Notice, NoticeState
from storage import audiences, corrections, notice_rows, notices, sendings
from storage import notice_work as bookmarks
from storage.corrections import MAY_HAVE, ON_PHONES
from storage.database import Database, Tx
from storage.notice_rows import Piece
from storage.notice_work import LISTS, Work
from storage.outbox import State

log = logging.getLogger(__name__)

SAYS = (Action.SAY, Action.TELL, Action.EDIT)
_LEAVES = (NoticeState.SENDING, NoticeState.PAUSED)


@dataclass(frozen=True)
class _Chosen:
    """Some families of those it could be for: who of them gets it, and where it goes on."""

    readers: list[tuple[int, int]]  # family and parent
    after: int | None  # None: these were the last


async def freeze(db: Database, notice_id: int, now: datetime, rules: Rules) -> int:
    """Begin to decide who gets a notice, each once and for ever; how many of them are written.

    They are asked for first and then written: a press does not wait while it is decided.
    """
    async with db.read() as tx:
        notice = (await notices.load(tx, [notice_id])).get(notice_id)
        if notice is None or notice.state is not NoticeState.SCHEDULED:
            return 0
        timely = worth_saying(notice, now)
        chosen = await _choose(tx, notice, 0, now, rules) if timely else None
    if chosen is None:
        await _too_late(db, notice_id, now)
        return 0
    async with db.write() as tx:
        begun = {"state": NoticeState.SENDING, "frozen_at": now, "progress_at": None}
        if not await notices.change(tx, notice_id, [NoticeState.SCHEDULED], **begun):
            return 0
        written = await _write(tx, notice, chosen, now)
    log.info("a notice leaves", extra={"notice": notice_id, "readers": written})
    return written


async def _too_late(db: Database, notice_id: int, now: datetime) -> None:
    log.warning("a notice came too late", extra={"notice": notice_id})
    async with db.write() as tx:
        ended = {"state": NoticeState.STOPPED, "finished_at": now, "progress_at": None}
        await notices.change(tx, notice_id, [NoticeState.SCHEDULED], **ended)


async def _choose(tx: Tx, notice: Notice, after: int, at: datetime, rules: Rules) -> _Chosen:
    """Who of the next families gets it; a full week only makes it come later."""
    ids = await audiences.homes(tx, notice.audience.areas, after)
    number = notice.activity.id if notice.activity else None
    people = await audiences.some(tx, ids, notice.audience, number, at)
    found = [
        (each.family_id, each.guardian_id) for each in people if _gets(notice, each, at, rules)
    ]
    return _Chosen(found, ids[-1] if len(ids) == audiences.CHUNK else None)


def _gets(notice: Notice, person: Person, at: datetime, rules: Rules) -> bool:
    today = on_the_clock(at, rules.zone).date()
    if not meant(notice.audience, person, today):
        return False
    return left_out(notice, person, at, rules) in {None, LeftOut.WEEK_FULL}


async def _write(tx: Tx, notice: Notice, chosen: _Chosen, at: datetime) -> int:
    kind = kind_of(notice)
    written = await notice_rows.address(tx, notice.id, chosen.readers, kind, KINDS[kind].lane, at)
    await bookmarks.move(tx, _listing(notice), notice.id, chosen.after)
    return written


def _listing(notice: Notice) -> Work:
    return Work.URGENT if notice.urgent else Work.READERS


async def go_on(db: Database, now: datetime, rules: Rules) -> int | None:
    """The next piece of the most pressing work; how many readers of a notice it has written.

    None: nothing is left to do.
    """
    async with db.glance() as tx:
        found = await bookmarks.first(tx)
    if found is None:
        return None
    work, number = found
    if work in LISTS:
        return await _list_more(db, work, number, rules)
    async with db.write() as tx:
        await notices.hold(tx, number)  # nobody pauses, corrects or recalls it meanwhile
        await _piece(tx, work, number, now)
    return 0


async def _list_more(db: Database, work: Work, number: int, rules: Rules) -> int:
    """More readers, as they were when it began to leave: what has changed since is looked at
    before each message leaves."""
    async with db.read() as tx:
        after = await bookmarks.how_far(tx, work, number)
        notice = (await notices.load(tx, [number])).get(number)
        if after is None:
            return 0
        at = notice.frozen_at if notice else None
        chosen = await _choose(tx, notice, after, at, rules) if notice and at else None
    async with db.write() as tx:
        state = await notices.hold(tx, number)
        if await bookmarks.take(tx, work, number) != after:
            return 0  # another process was faster
        if chosen and notice and at and state in _LEAVES:
            return await _write(tx, notice, chosen, at)
        await bookmarks.drop(tx, number, work)  # it was stopped
        return 0


async def begin(tx: Tx, work: Work, notice_id: int, now: datetime) -> int:
    """The first piece of that work, and a bookmark where there are more; how many rows it was.

    In an act that has changed the notice, and so keeps others from it.
    """
    await bookmarks.put(tx, work, notice_id)
    return await _piece(tx, work, notice_id, now)


async def end_all(tx: Tx, notice_id: int, now: datetime) -> None:
    """Nothing that waits of a stopped notice is said any more, nor of a recalled one."""
    await bookmarks.drop(tx, notice_id, *LISTS)
    notice = (await notices.load(tx, [notice_id]))[notice_id]
    if notice.state is NoticeState.RECALLED:
        await bookmarks.drop(tx, notice_id, Work.EDIT, Work.TELL)
    await sendings.look_again(tx, notice_id, *_ends(notice))
    await begin(tx, Work.END, notice_id, now)


async def ending(tx: Tx, notice_id: int) -> Gone | None:
    """Why what still waits of it is said to nobody, where that is not written to every row yet."""
    if await bookmarks.how_far(tx, Work.END, notice_id) is None:
        return None
    return _ends((await notices.load(tx, [notice_id]))[notice_id])[0]


def _ends(notice: Notice) -> tuple[Gone, Sequence[Action]]:
    gone = notice.state is NoticeState.RECALLED
    return (Gone.RECALLED, SAYS) if gone else (Gone.STOPPED, [Action.SAY])


async def _piece(tx: Tx, work: Work, number: int, now: datetime) -> int:
    after = await bookmarks.take(tx, work, number)
    notice = (await notices.load(tx, [number])).get(number)
    if after is None or notice is None:
        await bookmarks.drop(tx, number, work)
        return 0
    some = await notice_rows.piece(tx, number, *_through(work, notice), after)
    await bookmarks.move(tx, work, number, some.last if some and not some.is_last else None)
    return await _do(tx, work, notice, some, now) if some else 0


def _through(work: Work, notice: Notice) -> tuple[Sequence[State], Sequence[Action]]:
    """The rows it goes through."""
    match work:
        case Work.END:
            return [State.WAITING], _ends(notice)[1]
        case Work.TELL:
            return MAY_HAVE, [Action.SAY]
        case _:
            return [State.SENT], ON_PHONES


async def _do(tx: Tx, work: Work, notice: Notice, some: Piece, now: datetime) -> int:
    number, revision = notice.id, notice.revision
    match work:
        case Work.END:
            gone, actions = _ends(notice)
            return await sendings.take_back(tx, number, gone, now, actions, some)
        case Work.TELL:
            return await _tell(tx, notice, some, now)
        case Work.DELETE | Work.EDIT:
            action = Action.DELETE if work is Work.DELETE else Action.EDIT
            lane = lane_of(notice)
            return await corrections.mend(tx, number, action, revision, lane, now, some)
    return 0


def lane_of(notice: Notice) -> Lane:
    """Corrections go where the notice went: those of an urgent one before everything else."""
    return KINDS[kind_of(notice)].lane


async def _tell(tx: Tx, notice: Notice, some: Piece, now: datetime) -> int:
    if notice.activity is None or not (changed := changed_at(notice, now)):
        return 0
    every = [each.id for each in await announcing(tx, notice.activity.id)]
    lane, revision = KINDS[Kind.NOTICE_URGENT].lane, notice.revision
    return await corrections.tell(tx, notice.id, revision, lane, now, every, changed, some)


async def announcing(tx: Tx, activity_id: int) -> list[Notice]:
    """What has told of it and still stands, the newest first: that one says that it has changed."""
    ids = sorted(await notices.have_told(tx, activity_id), reverse=True)
    known = await notices.load(tx, ids)
    return [known[each] for each in ids]


def changed_at(notice: Notice, now: datetime) -> datetime | None:
    """When a time or a place that it tells of was changed last; None if nothing ahead was."""
    ahead = [each for each in notice.occasions if each.ends_at > now]
    return max((each.changed_at for each in ahead if each.changed_at), default=None)


async def goes_on(tx: Tx, work: Work, notice_id: int) -> bool:
    """Whether the clockwork has more of it to write."""
    return await bookmarks.how_far(tx, work, notice_id) is not None


async def on_phones(tx: Tx, notice_id: int) -> int:
    """How many messages of it have arrived."""
    return await notice_rows.many_behind(tx, notice_id, [State.SENT], ON_PHONES, 0)


async def untold(tx: Tx, notice: Notice, every: Sequence[Notice], now: datetime) -> set[int]:
    """Parents who have it, and do not know that what it tells of has changed."""
    if not (changed := changed_at(notice, now)):
        return set()
    return await corrections.untold(tx, notice.id, [each.id for each in every], changed)
