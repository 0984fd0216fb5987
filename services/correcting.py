"""A notice that was sent is corrected, or taken back: on the phones, at any time (mission E5).

What waits says the new words by itself, for words are made when a message leaves. What stands on a
phone is changed there. Both may be asked for twice, and while it is still being sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.by_notice import Gone, kind_of
from programme.kinds import KINDS, Kind, Lane
from programme.notice_errors import NotOnPhones
from programme.notices import Action, Notice, NoticeState
from services.access import Colleague
from services.sending import of_theirs, standing
from storage import notices, sendings
from storage.database import Tx
from storage.outbox import State, Waiting

CORRECTED = "notice corrected"
_SENT = (NoticeState.SENDING, NoticeState.PAUSED, NoticeState.STOPPED, NoticeState.DONE)
_SAYS = (Action.SAY, Action.TELL, Action.EDIT)


@dataclass(frozen=True)
class Mended:
    """What a correction or a recall sets going, as figures."""

    phones: int = 0  # on which it is changed where it stands
    told: int = 0  # who hears besides that it has changed
    waiting: int = 0  # who has not got it yet and gets it right, or not at all
    in_doubt: int = 0  # may have it, and nobody knows under which number
    beyond: int = 0  # have it on a phone that is not theirs any more, or have cleared it


@dataclass(frozen=True)
class Mending:
    """How far the phones are with a correction or a recall."""

    done: int = 0
    waiting: int = 0
    beyond: int = 0  # unreachable, or the message is not there any more
    failed: int = 0


async def correct(tx: Tx, colleague: Colleague, notice_id: int, now: datetime) -> Mended:
    """The notice, as it is now, replaces what stands on the phones; raises NotYours, NotOnPhones.

    Without a sound: nobody is told of it.
    """
    notice = await of_theirs(tx, colleague, notice_id)
    return await _figures(tx, notice_id, Action.EDIT, await _correct(tx, notice, now), 0)


async def untold(tx: Tx, activity_id: int, now: datetime) -> int:
    """How many have read of this activity what is not so any more, and have not been told."""
    every = await _announcing(tx, activity_id)
    readers: set[int] = set()
    for notice in every:
        if changed := _changed_at(notice, now):
            readers |= await sendings.untold(tx, notice.id, _numbers(every), changed)
    return len(readers)


async def correct_announcing(
    tx: Tx, activity_id: int, now: datetime, tell: bool = False
) -> tuple[int, int]:
    """The same for every notice that has announced this activity; on how many phones.

    `tell`: a time or a place has changed since it was read, or since this was told last, so every
    reader hears of it once, however many notices they have had of it; how many that are.
    """
    every, phones, told = await _announcing(tx, activity_id), 0, 0
    for notice in every:
        phones += await _correct(tx, notice, now)
        if tell and (changed := _changed_at(notice, now)):
            told += await _tell(tx, notice, _numbers(every), changed, now)
    return phones, told


async def _announcing(tx: Tx, activity_id: int) -> list[Notice]:
    """What has told of it and still stands, the newest first: that one says that it has changed."""
    ids = sorted(await notices.have_told(tx, activity_id), reverse=True)
    known = await notices.load(tx, ids)
    return [known[each] for each in ids]


def _numbers(every: Sequence[Notice]) -> list[int]:
    return [each.id for each in every]


def _changed_at(notice: Notice, now: datetime) -> datetime | None:
    """When a time or a place that it tells of was changed last; None if nothing ahead was."""
    ahead = [each for each in notice.occasions if each.ends_at > now]
    return max((each.changed_at for each in ahead if each.changed_at), default=None)


async def _tell(
    tx: Tx, notice: Notice, every: Sequence[int], changed: datetime, now: datetime
) -> int:
    revision = (await notices.load(tx, [notice.id]))[notice.id].revision
    lane = KINDS[Kind.NOTICE_URGENT].lane
    return await sendings.tell(tx, notice.id, revision, lane, now, every, changed)


async def _correct(tx: Tx, notice: Notice, now: datetime) -> int:
    """On how many phones it is corrected; raises NotOnPhones."""
    revision = await notices.rise(tx, notice.id, _SENT, corrected_at=now, progress_at=None)
    if revision is None:
        raise NotOnPhones
    await sendings.look_again(tx, notice.id, CORRECTED, _SAYS)
    return await sendings.mend(tx, notice.id, Action.EDIT, revision, lane_of(notice), now)


async def recall(tx: Tx, colleague: Colleague, notice_id: int, now: datetime) -> Mended:
    """It is taken from the phones, and who has not got it never does; raises NotYours, NotOnPhones.

    What is older than two days Telegram does not delete: there one line says that it is withdrawn.
    """
    notice = await of_theirs(tx, colleague, notice_id)
    states = (*_SENT, NoticeState.RECALLED)
    ended = {"finished_at": notice.finished_at or now, "progress_at": None}
    facts = {"state": NoticeState.RECALLED, "recalled_at": notice.recalled_at or now, **ended}
    revision = await notices.rise(tx, notice_id, states, **facts)
    if revision is None:
        raise NotOnPhones
    await sendings.take_back(tx, notice_id, Gone.RECALLED, now, _SAYS)
    lane = lane_of(notice)
    phones = await sendings.mend(tx, notice_id, Action.DELETE, revision, lane, now)
    return await _figures(tx, notice_id, Action.DELETE, phones, 0)


def lane_of(notice: Notice) -> Lane:
    """Corrections go where the notice went: those of an urgent one before everything else."""
    return KINDS[kind_of(notice)].lane


async def _figures(tx: Tx, notice_id: int, action: Action, phones: int, told: int) -> Mended:
    so_far, mended = await standing(tx, notice_id), await mending(tx, notice_id, action)
    known = mended.done + mended.waiting + mended.beyond + mended.failed
    return Mended(
        phones=min(phones, mended.waiting),  # one may have two messages of it
        told=told,
        waiting=so_far.waiting,
        in_doubt=so_far.in_doubt,
        beyond=max(0, so_far.sent - known),
    )


async def overtaken(tx: Tx, message: Waiting, revision: int, now: datetime) -> None:
    """A message arrived that was on the wire when its notice was corrected or recalled."""
    if message.notice_id is None or message.action not in {Action.SAY, Action.TELL}:
        return
    notice = (await notices.load(tx, [message.notice_id])).get(message.notice_id)
    if notice is None or notice.revision == revision:
        return
    gone = notice.state is NoticeState.RECALLED
    action = Action.DELETE if gone else Action.EDIT
    lane = lane_of(notice)
    await sendings.mend(tx, notice.id, action, notice.revision, lane, now, only=[message.id])


async def mending(tx: Tx, notice_id: int, action: Action) -> Mending:
    """How far the phones are."""
    done = waiting = beyond = failed = 0
    for (_, state, _), many in (await sendings.counts(tx, notice_id, [action])).items():
        match state:
            case State.SENT:
                done += many
            case State.WAITING | State.SENDING:
                waiting += many
            case State.FAILED:
                failed += many
            case _:
                beyond += many
    return Mending(done, waiting, beyond, failed)
