"""How far a notice is, shown to the coordinator in one message that is edited in place.

It obeys Telegram's limits for edits, waits where a visit's message waits, survives a restart (where
it stands is kept with the notice), and its last edit says how it ended.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from messaging import keyboards, progress_texts, push
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message
from messaging.progress_texts import Mend, Shown
from programme.by_notice import kind_of
from programme.kinds import Lane, Rules, may_leave, open_lanes
from programme.notices import Action, Notice, NoticeState
from services.correcting import mending
from services.sending import standing
from storage import notices, said, staff, watching
from storage.database import Database, Tx
from storage.watching import Watched

EVERY_SECONDS = 4.0  # one edit of one message: far under what one chat takes
MEASURED_AFTER = 10.0  # seconds after which the speed of this sending is better than the plan


class Says(Protocol):
    """Whatever can send a message and change it, and say what came of it."""

    async def send(
        self, chat_id: int, text: str, keyboard: Mapping[str, object] | None, silent: bool
    ) -> push.Outcome:
        """What came of sending it."""
        ...

    async def edit(
        self, chat_id: int, message_id: int, text: str, keyboard: Mapping[str, object] | None
    ) -> push.Outcome:
        """What came of changing it."""
        ...


async def shown(tx: Tx, notice: Notice, t: Tongue, now: datetime, rules: Rules) -> Shown:
    """How far it is, as figures; how long still is not known here."""
    stood = await standing(tx, notice.id)
    edits, deletes = [
        await mending(tx, notice.id, action) for action in (Action.EDIT, Action.DELETE)
    ]
    return Shown(
        notice=notice.id,
        title=title(notice, t),
        state=notice.state,
        readers=stood.readers,
        sent=stood.sent,
        waiting=stood.waiting,
        failed=stood.failed,
        unreachable=stood.unreachable,
        in_doubt=stood.in_doubt,
        dropped={str(why): many for why, many in stood.dropped_by_reason.items()},
        edits=Mend(done=edits.done, waiting=edits.waiting, beyond=edits.beyond + edits.failed),
        deletes=Mend(
            done=deletes.done, waiting=deletes.waiting, beyond=deletes.beyond + deletes.failed
        ),
        night=not may_leave(kind_of(notice), now, rules),
        never_left=notice.frozen_at is None and notice.state is NoticeState.STOPPED,
    )


def title(notice: Notice, t: Tongue) -> str:
    """What it is called, in the coordinator's language if it has words in it."""
    for code in (t.code, *notice.audience.languages):
        if words := notice.said_in(code):
            return words.title
    return str(notice.id)


@dataclass
class _Seen:
    """What this process knows of one message: when it was edited last, and how fast it goes."""

    text: str = ""
    next_at: float = 0.0
    began: float | None = None
    left_then: int = 0


class Progress:
    """Keeps the messages of all notices up to date; only in the process that sends."""

    def __init__(
        self,
        db: Database,
        pusher: Says,
        languages: Languages,
        rules: Rules,
        per_second: float,
        now: Callable[[], datetime],
        resting: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db, self._pusher, self._languages = db, pusher, languages
        self._rules, self._per_second, self._now = rules, per_second, now
        self._resting = resting  # Telegram has said wait, or does not answer
        self._clock, self._seen = clock, dict[int, _Seen]()

    async def show(self) -> None:
        """Every message that has something new to say, and may be edited now, says it."""
        if self._resting():
            return
        async with self._db.read() as tx:
            watched = await watching.listed(tx)
            lanes = open_lanes(self._now(), self._rules)
            if Lane.VISITS in lanes and await watching.others_wait(tx, Lane.VISITS, self._now()):
                return  # never in the way of a visit's message
        # Of a notice that has ended nothing is kept: over the years they are many.
        self._seen = {each.notice_id: self._seen.get(each.notice_id, _Seen()) for each in watched}
        for each in watched:
            seen = self._seen[each.notice_id]
            if self._clock() >= seen.next_at:
                seen.next_at = self._clock() + EVERY_SECONDS
                await self._show(each, seen)

    async def _show(self, watched: Watched, seen: _Seen) -> None:
        message = await self._message(watched, seen)
        if message is None:
            await self._note(watched, None)
            return
        if message.text == seen.text and watched.message_id:
            if not watched.moves:
                await self._note(watched, watched.message_id)
            return
        outcome = await self._say(watched, message)
        match outcome:
            case push.Sent(number):
                seen.text = message.text
                await self._note(watched, number)
            case push.FloodWait(seconds):
                seen.next_at = self._clock() + max(seconds, EVERY_SECONDS)
            case push.NotSent() | push.InDoubt() | push.WrongToken():
                pass  # another time
            case _:  # the coordinator has deleted it, or left: nobody looks
                await self._note(watched, None)

    async def _message(self, watched: Watched, seen: _Seen) -> Message | None:
        async with self._db.read() as tx:
            notice = (await notices.load(tx, [watched.notice_id])).get(watched.notice_id)
            who = await staff.by_chat(tx, watched.chat_id)
            if notice is None or who is None:
                return None
            t = self._languages.get(who.member.language)
            facts = await shown(tx, notice, t, self._now(), self._rules)
        return progress_texts.progress(t, self._with_time(facts, seen))

    def _with_time(self, facts: Shown, seen: _Seen) -> Shown:
        """How long still: by the plan at first, then by how fast it really goes."""
        left = facts.waiting + facts.edits.waiting + facts.deletes.waiting
        if not left or facts.state is NoticeState.PAUSED or facts.night:
            seen.began = None
            return facts
        if seen.began is None or left > seen.left_then:
            seen.began, seen.left_then = self._clock(), left
        speed, passed = self._per_second, self._clock() - seen.began
        if passed > MEASURED_AFTER and left < seen.left_then:
            speed = (seen.left_then - left) / passed
        return replace(facts, left=timedelta(seconds=left / speed))

    async def _say(self, watched: Watched, message: Message) -> push.Outcome:
        keyboard = keyboards.for_push(message.rows)
        chat, number = watched.chat_id, watched.message_id
        if number is None:
            return await self._pusher.send(chat, message.text, keyboard, True)
        return await self._pusher.edit(chat, number, message.text, keyboard)

    async def _note(self, watched: Watched, number: int | None) -> None:
        """Where it stands; None: nobody looks any more."""
        async with self._db.write() as tx:
            chat = watched.chat_id if number is not None else None
            await watching.note_progress(tx, watched, chat, number, self._now())
            if number is not None and watched.message_id is None:
                await said.note(tx, watched.chat_id, number, "progress", None, self._now())
