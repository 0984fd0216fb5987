"""A notice that was sent is corrected, or taken back: on the phones, at any time (mission E5).

What waits says the new words by itself, for words are made when a message leaves. What stands on a
phone is changed there. Both may be asked for twice, and while it is still being sent.
"""

from dataclasses import dataclass
from datetime import datetime

from programme.notice_errors import NotOnPhones
from programme.notices import Action, Notice, NoticeState
from services import notice_work
from services.access import Colleague
from services.counting_first import counted
from services.notice_work import SAYS
from services.sending import Standing, of_theirs, standing
from storage import corrections, notices, sendings
from storage.database import Tx
from storage.notice_rows import Piece
from storage.notice_work import Work
from storage.outbox import State, Waiting

CORRECTED = "notice corrected"
_SENT = (NoticeState.SENDING, NoticeState.PAUSED, NoticeState.STOPPED, NoticeState.DONE)


@dataclass(frozen=True)
class Mended:
    """What a correction or a recall sets going, as figures."""

    phones: int = 0  # on which it is changed where it stands
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

    @property
    def known(self) -> int:
        """Phones to which it has come, or is on its way."""
        return self.done + self.waiting + self.beyond + self.failed


async def correct(tx: Tx, colleague: Colleague, notice_id: int, now: datetime) -> Mended:
    """The notice, as it is now, replaces what stands on the phones; raises NotYours, NotOnPhones.

    Without a sound: nobody is told of it.
    """
    notice = await of_theirs(tx, colleague, notice_id)
    before = await _before(tx, notice_id, Action.EDIT, now)
    made = await _correct(tx, notice, now)
    return await _figures(tx, notice_id, Work.EDIT, made, *before)


async def untold(tx: Tx, activity_id: int, now: datetime) -> int:
    """How many have read of this activity what is not so any more, and have not been told.

    Counted before the act that asks, as all figures here: of 300,000 readers that takes a second.
    """
    return await counted(
        tx, ("untold", activity_id, now), lambda apart: _untold(apart, activity_id, now)
    )


async def _untold(tx: Tx, activity_id: int, now: datetime) -> int:
    readers: set[int] = set()
    every = await notice_work.announcing(tx, activity_id)
    for notice in every:
        readers |= await notice_work.untold(tx, notice, every, now)
    return len(readers)


async def correct_announcing(
    tx: Tx, activity_id: int, now: datetime, tell: bool = False
) -> tuple[int, int]:
    """The same for every notice that has announced this activity; on how many phones.

    `tell`: a time or a place has changed since it was read, or since this was told last, so every
    reader hears of it once, however many notices they have had of it; how many that are.
    """
    told = await untold(tx, activity_id, now) if tell else 0
    arrived = await counted(
        tx, ("arrived", activity_id, now), lambda apart: _arrived(apart, activity_id)
    )
    phones = 0
    for notice in await notice_work.announcing(tx, activity_id):
        made = await _correct(tx, notice, now)
        many = await notice_work.goes_on(tx, Work.EDIT, notice.id)
        phones += arrived.get(notice.id, 0) if many else made
        if tell and notice_work.changed_at(notice, now):
            await notice_work.begin(tx, Work.TELL, notice.id, now)
    return phones, told


async def _arrived(tx: Tx, activity_id: int) -> dict[int, int]:
    every = await notice_work.announcing(tx, activity_id)
    return {each.id: await notice_work.on_phones(tx, each.id) for each in every}


async def _correct(tx: Tx, notice: Notice, now: datetime) -> int:
    """On how many phones it is corrected with this act; raises NotOnPhones."""
    if await notices.rise(tx, notice.id, _SENT, corrected_at=now, progress_at=None) is None:
        raise NotOnPhones
    await sendings.look_again(tx, notice.id, CORRECTED, SAYS)
    return await notice_work.begin(tx, Work.EDIT, notice.id, now)


async def recall(tx: Tx, colleague: Colleague, notice_id: int, now: datetime) -> Mended:
    """It is taken from the phones, and who has not got it never does; raises NotYours, NotOnPhones.

    What is older than two days Telegram does not delete: there one line says that it is withdrawn.
    """
    notice = await of_theirs(tx, colleague, notice_id)
    before = await _before(tx, notice_id, Action.DELETE, now)
    states = (*_SENT, NoticeState.RECALLED)
    ended = {"finished_at": notice.finished_at or now, "progress_at": None}
    facts = {"state": NoticeState.RECALLED, "recalled_at": notice.recalled_at or now, **ended}
    if await notices.rise(tx, notice_id, states, **facts) is None:
        raise NotOnPhones
    await notice_work.end_all(tx, notice_id, now)
    made = await notice_work.begin(tx, Work.DELETE, notice_id, now)
    return await _figures(tx, notice_id, Work.DELETE, made, *before)


async def _before(
    tx: Tx, notice_id: int, action: Action, now: datetime
) -> tuple[Standing, Mending]:
    """How far it and what mends it are, before the act."""
    key = ("mends", notice_id, action, now)
    return await counted(tx, key, lambda apart: _so_far(apart, notice_id, action))


async def _so_far(tx: Tx, notice_id: int, action: Action) -> tuple[Standing, Mending]:
    return await standing(tx, notice_id), await mending(tx, notice_id, action)


async def _figures(
    tx: Tx, notice_id: int, work: Work, made: int, so_far: Standing, earlier: Mending
) -> Mended:
    """`made`: how many rows this act has written; where they are many, the clockwork goes on."""
    gone = work is Work.DELETE
    if await notice_work.goes_on(tx, work, notice_id):
        phones = so_far.sent - (earlier.known if gone else 0)
        beyond = 0
    else:
        mended = await mending(tx, notice_id, Action.DELETE if gone else Action.EDIT)
        phones = min(made, mended.waiting)  # one may have two messages of it
        beyond = so_far.sent - mended.known
    waiting = 0 if gone else so_far.waiting
    return Mended(max(0, phones), waiting, so_far.in_doubt, max(0, beyond))


async def overtaken(tx: Tx, message: Waiting, revision: int, now: datetime) -> None:
    """A message arrived that was on the wire when its notice was corrected or recalled."""
    if message.notice_id is None or message.action not in {Action.SAY, Action.TELL}:
        return
    notice = (await notices.load(tx, [message.notice_id])).get(message.notice_id)
    if notice is None or notice.revision == revision:
        return
    gone = notice.state is NoticeState.RECALLED
    action = Action.DELETE if gone else Action.EDIT
    lane, only = notice_work.lane_of(notice), Piece(message.id, message.id)
    await corrections.mend(tx, notice.id, action, notice.revision, lane, now, only)


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
