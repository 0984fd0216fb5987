"""Pace, claim, re-check, send, record: the only code that sends from the outbox.

Finished outcomes are committed together with the next claim, so a message costs one commit.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta

from messaging import keyboards, push
from messaging.i18n import Languages
from messaging.letters import render
from messaging.listen_texts import with_listen
from programme.kinds import Lane, Rules, open_lanes
from programme.letters import Letter
from programme.notice_letters import NoticeEdit, NoticeLetter, NoticeRecall
from services import listening
from services.claimed import Claimed, Pusher
from services.clearing import Clearer
from services.mending import reword, take_away
from services.outcomes import Ended, Recalled, Tally, doubt, settle, suspicious, unread, write_down
from services.pacing import Gate, Pace
from services.progress import Progress
from services.recheck import is_held, recheck
from services.recording_fetch import Recorder
from storage import items, notices, outbox
from storage.database import Database, Tx, Unavailable
from storage.items import ItemState
from storage.outbox import Reader, State, Waiting
from storage.turns import lock_families

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
ALARM_SECONDS = 600.0
CHECKED_AT_ONCE = 50  # messages in one claim: a press never waits long for what is dropped
STALE = "checked too long ago"
NO_CHAT_WAITS = timedelta(hours=1)
DRAIN_WAITS = 5.0  # seconds a drain waits for a gate; a longer rest is left to the next drain


class Superseded(Exception):
    """Another process has become the sender: nothing of this one's is written any more."""


class WrongToken(Exception):
    """Telegram does not know this bot: nothing can be sent."""


async def _always(_tx: Tx) -> bool:
    return True


class Sender:
    """The one delivery task. `run` works until stopped, `drain` until nothing may leave now."""

    def __init__(
        self,
        db: Database,
        pusher: Pusher,
        languages: Languages,
        rules: Rules,
        per_second: float,
        now: Callable[[], datetime],
    ) -> None:
        self._db, self._pusher, self._languages = db, pusher, languages
        self._rules, self._now = rules, now
        self.clearer = Clearer(db, pusher, languages, now)  # what vanishes goes by the same line
        self.recorder = Recorder(db, pusher, languages, now)  # and what is fetched comes by it
        self.progress = Progress(
            db, pusher, languages, rules, per_second, now, lambda: self._gate.closed_for() > 0
        )
        self._pace, self._gate = Pace(per_second), Gate()
        self._slots = asyncio.Semaphore(push.IN_FLIGHT)
        self._busy: set[Reader] = set()  # who is being written to: one message at a time each
        self._ended: list[Ended] = []
        self._unheard: list[Waiting] = []  # claimed, maybe: it was not heard, so nothing has left
        self._stirred = asyncio.Event()
        self._stopping = False
        self._more = False  # the last claim only dropped messages, and there may be others
        self._looked = False  # the outbox was asked, and not only a closed gate
        self.tally = Tally()
        self.may_send: Callable[[Tx], Awaitable[bool]] = _always
        self.heard: Callable[[Ended, datetime], None] = lambda _ended, _now: None
        self.alarmed = False  # many chats were not found: a person must look at it

    async def sends(self) -> bool:
        """Whether this process is the sender still; False while nobody can say."""
        try:
            async with self._db.read() as tx:
                return await self.may_send(tx)
        except Unavailable:
            return False

    def wake(self) -> None:
        """Look at once whether something is to be sent."""
        self._stirred.set()

    def stop(self) -> None:
        """Take nothing more; what is in flight may finish."""
        self._stopping = True
        self._stirred.set()

    async def recover(self) -> None:
        """What a dead sender was sending is in doubt. Only with the sender's lock held."""
        async with self._drafted() as (tx, tally):
            for message in await outbox.left_sending(tx):
                await doubt(tx, message, "stopped while sending", tally.counts, self._now())

    async def drain(self) -> Tally:
        """Send all that may leave now and wait for the outcomes; raises WrongToken."""
        await self._work(until_empty=True)
        return self.tally

    async def run(self) -> None:
        """Send whatever falls due, until `stop`; raises WrongToken."""
        await self._work(until_empty=False)

    async def _work(self, until_empty: bool) -> None:
        try:
            async with asyncio.TaskGroup() as flights:
                while not self._stopping and not self.tally.wrong_token:
                    self._stirred.clear()
                    claimed = await self._next()
                    if claimed:
                        flights.create_task(self._fly(claimed))
                    elif until_empty and self._nothing_left():
                        break
                    elif not self._more:
                        await self._rest()
        finally:  # also when a stop could not wait for the slowest: the others are known
            await self._settle()
            if self._ended or self._unheard:  # no answer: once more, nobody comes after us
                await self._settle()
        if self.tally.wrong_token:
            raise WrongToken

    async def _next(self) -> Claimed | None:
        """The next message, claimed in its turn; None if nothing may leave now."""
        self._more = self._looked = False
        if self._gate.closed_for():
            if self._ended:  # a gate can rest for minutes: nothing waits that long to be known
                await self._settle(decide=False)
            return None
        await self._pace.turn()
        await self._slots.acquire()
        claimed = None
        try:
            # While it waited for its turn, everything may have changed.
            if not self._stopping and not self._gate.closed_for():
                claimed = await self._claim()
                self._looked = True
        except Unavailable:
            log.warning("the database does not answer; trying again")
            self._gate.failed()
        except Superseded:
            log.warning("another process sends; nothing is claimed")
            self._gate.failed()
        if claimed is None:
            self._slots.release()
        return claimed

    def _nothing_left(self) -> bool:
        """Whether a drain is done: nothing in flight, and nothing that could leave soon."""
        idle = not self._busy and not self._more
        return idle and (self._looked or self._gate.closed_for() > DRAIN_WAITS)

    async def _rest(self) -> None:
        """Until something happens, the gate opens, or a second has passed."""
        if not self._busy and self.tally.not_found:
            await self._settle()
        pause = min(IDLE_SECONDS, self._gate.closed_for() or IDLE_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._stirred.wait()

    @asynccontextmanager
    async def _drafted(self) -> AsyncIterator[tuple[Tx, Tally]]:
        """A transaction with what has ended written down; the figures count once committed."""
        ended, tally = list(self._ended), self.tally.draft()
        async with self._db.write(brief=True) as tx:
            if not await self.may_send(tx):
                raise Superseded
            touched = [each.message for each in ended] + self._unheard
            await lock_families(tx, {each.family_id or 0 for each in touched} - {0})
            # A coordinator who pauses holds the notice and then its messages: so does this.
            await notices.hold_all(tx, {each.notice_id or 0 for each in touched} - {0})
            await outbox.not_taken(tx, [each.id for each in self._unheard])
            for each in ended:
                await write_down(tx, each, tally, self._now(), self._rules)
            if suspicious(tally):
                await settle(tx, tally, self._now(), self._rules)
            yield tx, tally
        self.tally = tally
        self._unheard.clear()
        for each in ended:
            self._ended.remove(each)
            self._busy.discard(each.message.reader)
            self.heard(each, self._now())
        if tally.wrong_chats:
            tally.wrong_chats, self.alarmed = False, True
            self._gate.close(ALARM_SECONDS)

    async def _settle(self, decide: bool = True) -> None:
        """Write down what has ended, and decide about chats that were not found."""
        try:
            async with self._drafted() as (tx, tally):
                if decide:
                    await settle(tx, tally, self._now(), self._rules)
        except (Unavailable, Superseded):
            log.warning("the database does not answer; trying again")
            self._gate.failed()

    async def _claim(self) -> Claimed | None:
        """One transaction: what has ended is written, the next message is taken and re-checked."""
        now, claimed = self._now(), None
        lanes = open_lanes(now, self._rules)
        written = {each.message.reader for each in self._ended}
        async with self._drafted() as (tx, tally):
            held = {message.reader for message in tally.not_found}
            busy = (self._busy - written) | held
            if not tally.wrong_chats:
                claimed = await self._first(tx, lanes, busy, tally, now)
                self._unheard += [claimed.message] if claimed else []
        if claimed:
            self._busy.add(claimed.message.reader)
        return claimed

    async def _first(
        self, tx: Tx, lanes: list[Lane], busy: set[Reader], tally: Tally, now: datetime
    ) -> Claimed | None:
        """The first message of which something still holds; those before it are ended."""
        for _ in range(CHECKED_AT_ONCE):
            message = await outbox.next_waiting(tx, now, lanes, busy)
            if message is None:
                return None
            if claimed := await self._take(tx, message, tally, now):
                return claimed
        self._more = True
        return None

    async def _take(self, tx: Tx, message: Waiting, tally: Tally, now: datetime) -> Claimed | None:
        """The message with what still holds of it; None if nothing does, and then it is ended."""
        # An act on this family comes before this claim and is seen by it, or after it and sees it.
        # What is about no family is held by its own row (`items.underway_to`).
        if message.family_id is not None:
            await lock_families(tx, [message.family_id])
        if message.notice_id is not None and await is_held(tx, message.notice_id, message.action):
            return None
        if not await outbox.claim(tx, message.id, now):
            return None
        try:
            return await self._recheck(tx, message, tally, now)
        except ValueError:  # one bad row must not stop the rest, nor be tried for ever
            log.exception("a message cannot be read", extra={"outbox": message.id})
            await unread(tx, message, tally.counts, now)
            return None

    async def _recheck(
        self, tx: Tx, message: Waiting, tally: Tally, now: datetime
    ) -> Claimed | None:
        found = await recheck(tx, message, now, self._rules)
        for promise, reason in found.dropped:
            await items.end_item(tx, promise.id, ItemState.DROPPED, reason)
            tally.counts["dropped"] += 1
        no_chat = message.chat_id is None
        nowhere = no_chat and (message.staff_id or message.message_id)
        if found.language is None or not found.letters or nowhere:
            ended = await outbox.end(tx, message.id, State.DROPPED, "nothing left to say", now)
            tally.counts["dropped"] += ended
            return None
        if no_chat:  # a parent between two phones (mission B16): it waits as long as it holds
            await outbox.again(tx, message.id, now + NO_CHAT_WAITS, "waits for a new phone")
            tally.counts["postponed"] += len(found.letters)
            return None
        if found.wait_until:
            await outbox.again(tx, message.id, found.wait_until, "waits for a free day")
            tally.counts["postponed"] += len(found.letters)
            return None
        letters = tuple(found.letters)
        listen = await self._listen(tx, found.language, letters, found.folded)
        return Claimed(
            message, found.language, letters, now, found.folded, found.label, found.enclosed, listen
        )

    async def _listen(
        self, tx: Tx, language: str, letters: tuple[Letter, ...], folded: bool
    ) -> str | None:
        if language not in self._languages.codes:  # it will fail where it is rendered
            return None
        t = self._languages.get(language)
        return await listening.button(tx, letters, folded, t, self._rules.zone)

    async def _fly(self, claimed: Claimed) -> None:
        """Send one message; whatever goes wrong ends this message and no other."""
        said: list[int] = []
        try:
            outcome = await self._send(claimed, said)
        except Exception:  # one bad row must not stop the rest (docs/architecture.md)
            log.exception("a message could not be made", extra={"outbox": claimed.message.id})
            outcome = push.Refused("could not be made")
        self._heed(claimed.message, outcome)
        words = claimed.letters[0]
        revision = words.revision if isinstance(words, NoticeLetter) else None
        self._ended.append(Ended(claimed.message, outcome, claimed.folded, tuple(said), revision))
        self._slots.release()
        self._stirred.set()

    async def _send(self, claimed: Claimed, said: list[int]) -> push.Outcome | Recalled:
        """What came of the last part; nothing follows a part that did not arrive.

        `said` gets the number of every part that did.
        """
        words = claimed.letters[0]
        if isinstance(words, NoticeEdit | NoticeRecall):
            return await self._mend(claimed, words)
        outcome: push.Outcome | Recalled = push.Refused("nothing to say")
        for part in keyboards.parts(self._words(claimed)):
            outcome = await self._say(claimed, part)
            if isinstance(outcome, push.Refused) and part.file:
                # A reminder never fails for the file it carries.
                log.error("a file was refused", extra={"why": outcome.reason})
                if part.text:
                    outcome = await self._say(claimed, replace(part, file=None))
            elif not isinstance(outcome, push.Sent):
                return outcome
            if isinstance(outcome, push.Sent):
                said.append(outcome.message_id)
        return outcome

    def _words(self, claimed: Claimed) -> keyboards.Message:
        tongue = self._languages.get(claimed.language)
        zone, folded = self._rules.zone, claimed.folded
        message = render(claimed.letters, tongue, zone, folded, claimed.label)
        if claimed.listen:
            message = with_listen(message, claimed.listen, tongue)
        if claimed.enclosed is None:
            return message
        return replace(message, file=claimed.enclosed.file(tongue, self._now()))

    async def _say(self, claimed: Claimed, part: keyboards.Message) -> push.Outcome | Recalled:
        to = claimed.message
        if to.chat_id is None:
            return push.ChatNotFound()
        keyboard = keyboards.for_push(part.rows)
        async with self._pace.place():
            if forbidden := await self._last_look(claimed):
                return forbidden
            return await self._pusher.send(to.chat_id, part.text, keyboard, part.silent, part.file)

    async def _mend(
        self, claimed: Claimed, letter: NoticeEdit | NoticeRecall
    ) -> push.Outcome | Recalled:
        """Change a message that stands on a phone, or take it away."""
        to = claimed.message
        if to.chat_id is None:
            return push.ChatNotFound()
        words = self._words(claimed)
        async with self._pace.place():
            if forbidden := await self._last_look(claimed):
                return forbidden
            if isinstance(letter, NoticeRecall):
                return await take_away(self._pusher, to.chat_id, letter, words, self._now())
            return await reword(self._pusher, to.chat_id, letter.message_id, words)

    async def _last_look(self, claimed: Claimed) -> Recalled | push.NotSent | None:
        """The third lock: has anything been committed since the claim that forbids it?

        Repeated if one was committed meanwhile: what is committed before this returns is heeded.
        Nobody can tell while the database is away: then it has not left, and waits. So does what
        was checked long ago: this process was paused, or its clock has been set.
        """
        message = claimed.message
        while True:
            recalls = self._db.recalls
            try:
                async with self._db.glance() as tx:
                    if not await self.may_send(tx):
                        return push.NotSent("another process sends")
                    reason = await outbox.last_look(tx, message)
            except Unavailable:
                return push.NotSent("the database does not answer")
            if reason:
                return Recalled(reason)
            if recalls == self._db.recalls:
                return None if abs(self._now() - claimed.at) < push.FRESH else Recalled(STALE)

    def _heed(self, message: Waiting, outcome: push.Outcome | Recalled) -> None:
        """What this outcome means for the speed of all."""
        match outcome:
            case push.FloodWait(seconds):
                self._gate.flood(message.reader, seconds)
            case push.NotSent() | push.InDoubt():
                self._gate.failed()
            case push.Sent():
                self._gate.worked()
