"""Pace, claim, re-check, send, record: the only code that sends from the outbox.

Finished outcomes are committed together with the next claim, so a message costs one commit.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime

from messaging import keyboards, push
from messaging.i18n import Languages
from messaging.letters import render
from messaging.listen_texts import with_listen
from programme.kinds import Rules
from programme.notice_letters import NoticeEdit, NoticeLetter, NoticeRecall
from services.claimed import Claimed, Pusher
from services.claiming import Claiming
from services.clearing import Clearer
from services.last_look import Forbidden, LastLook
from services.mending import reword, take_away
from services.outcomes import Ended, Recalled, Tally, doubt, settle, suspicious, write_down
from services.pacing import Gate, Pace
from services.progress import Progress
from services.recording_fetch import Recorder
from storage import claims, notices
from storage.database import Database, Tx, Unavailable
from storage.outbox import Reader, Waiting
from storage.turns import lock_families

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
ALARM_SECONDS = 600.0
STALE = "checked too long ago"
TOGETHER = 0.02  # seconds
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
        self._look = LastLook(db, self._may)
        self._flying, self._landed = 0, asyncio.Event()
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

    async def _may(self, tx: Tx) -> bool:
        return await self.may_send(tx)

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
            for message in await claims.left_sending(tx):
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
                    self._flying += len(claimed)
                    for each in claimed:
                        flights.create_task(self._fly(each))
                    if claimed:
                        continue
                    if until_empty and self._nothing_left():
                        break
                    if not self._more:
                        await self._rest()
        finally:  # also when a stop could not wait for the slowest: the others are known
            await self._settle()
            if self._ended or self._unheard:  # no answer: once more, nobody comes after us
                await self._settle()
        if self.tally.wrong_token:
            raise WrongToken

    async def _next(self) -> list[Claimed]:
        """The next messages, claimed in their turn; none if nothing may leave now."""
        self._more = self._looked = False
        if self._gate.closed_for():
            if self._ended:  # a gate can rest for minutes: nothing waits that long to be known
                await self._settle(decide=False)
            return []
        room = await self._pace.turn(await self._room())
        try:
            # While they waited for their turn, everything may have changed.
            if not self._stopping and not self._gate.closed_for():
                claimed = await self._claim(room)
                self._looked = True
                return claimed
        except Unavailable:
            log.warning("the database does not answer; trying again")
            self._gate.failed()
        except Superseded:
            log.warning("another process sends; nothing is claimed")
            self._gate.failed()
        return []

    async def _room(self) -> int:
        """How many may be taken. Where the pace lets many leave at a time, a moment is waited for
        half the line: taken as they land, each would cost a claim of its own."""
        await self._until_free(1)
        with suppress(TimeoutError):
            async with asyncio.timeout(TOGETHER):
                await self._until_free(min(self._pace.at_once, push.IN_FLIGHT))
        return push.IN_FLIGHT - self._flying

    async def _until_free(self, wanted: int) -> None:
        while push.IN_FLIGHT - self._flying < wanted:
            self._landed.clear()
            await self._landed.wait()

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
            await claims.not_taken(tx, [each.id for each in self._unheard])
            await write_down(tx, ended, tally, self._now(), self._rules)
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

    async def _claim(self, room: int = 1) -> list[Claimed]:
        """One transaction: what has ended is written, the next are taken and re-checked."""
        now, claimed = self._now(), list[Claimed]()
        written = {each.message.reader for each in self._ended}
        async with self._drafted() as (tx, tally):
            held = {message.reader for message in tally.not_found}
            busy = (self._busy - written) | held
            if not tally.wrong_chats:
                claim = Claiming(tx, self._languages, self._rules, tally, now)
                claimed = await claim.take(busy, room)
                self._more = claim.more
                self._unheard += [each.message for each in claimed]
        self._busy |= {each.message.reader for each in claimed}
        return claimed

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
        self._flying -= 1
        self._landed.set()
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

    async def _last_look(self, claimed: Claimed) -> Forbidden:
        """Why it must not leave after all, or None. What was checked long ago is checked again:
        this process was paused, or its clock has been set."""
        forbidden = await self._look.forbids(claimed.message)
        if forbidden is None and abs(self._now() - claimed.at) >= push.FRESH:
            return Recalled(STALE)
        return forbidden

    def _heed(self, message: Waiting, outcome: push.Outcome | Recalled) -> None:
        """What this outcome means for the speed of all."""
        match outcome:
            case push.FloodWait(seconds):
                self._gate.flood(message.reader, seconds)
            case push.NotSent() | push.InDoubt():
                self._gate.failed()
            case push.Sent():
                self._gate.worked()
