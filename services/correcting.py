"""A notice that was sent is corrected, or taken back: on the phones, at any time (mission E5).

What waits says the new words by itself, for words are made when a message leaves. What stands on a
phone is changed there. Both may be asked for twice, and while it is still being sent.
"""

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


async def correct(
    tx: Tx, colleague: Colleague, notice_id: int, now: datetime, tell: bool = False
) -> Mended:
    """The notice, as it is now, replaces what stands on the phones; raises NotYours, NotOnPhones.

    `tell`: a time or a place has changed, so everybody hears of it in a message of its own.
    """
    return await _correct(tx, await of_theirs(tx, colleague, notice_id), now, tell)


async def correct_announcing(tx: Tx, activity_id: int, now: datetime, tell: bool = False) -> int:
    """The same for every notice that has announced this activity; on how many phones."""
    phones = 0
    for notice in (await notices.load(tx, await notices.announcing(tx, activity_id))).values():
        if notice.state in _SENT:
            phones += (await _correct(tx, notice, now, tell)).phones
    return phones


async def _correct(tx: Tx, notice: Notice, now: datetime, tell: bool) -> Mended:
    lane = lane_of(notice)
    revision = await notices.rise(tx, notice.id, _SENT, corrected_at=now, progress_at=None)
    if revision is None:
        raise NotOnPhones
    await sendings.look_again(tx, notice.id, CORRECTED, _SAYS)
    phones = await sendings.mend(tx, notice.id, Action.EDIT, revision, lane, now)
    urgent = KINDS[Kind.NOTICE_URGENT].lane
    told = await sendings.tell(tx, notice.id, revision, urgent, now) if tell else 0
    return await _figures(tx, notice.id, Action.EDIT, phones, told)


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
