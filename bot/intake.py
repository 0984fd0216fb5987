"""Updates: stored, acknowledged, handled in order per chat, answered after the commit.

aiogram's own polling acknowledges before its handlers finish: a kill lost 10 of 10 presses, and
one update that cannot be decoded stopped everybody. The same path serves polling and webhook.
"""

import asyncio
import json
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from aiogram import Bot, Dispatcher
from aiogram.enums import ChatType
from aiogram.types import Update
from pydantic import ValidationError

from bot.conversations import Forgotten
from bot.logs import new_reference
from bot.speaking import Interrupted, Speaker, TurnLost
from bot.transactions import Act, current
from bot.trouble import Trouble
from bot.updates import can_be_kept, chat_of, is_of, kind_of, press_of, written
from handlers.errors import Refused, Words
from messaging.i18n import Languages
from messaging.replies import Reply, load
from services import counting_first, inbox
from services.counting_first import CountFirst
from services.installation import Alone, ChatTurns
from services.together import Together
from services.types import Database, SealBroken, Tx, Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")

RETRY_SECONDS = 1.0
KEY_COMES = timedelta(minutes=10)  # so long an update waits for a key that opens what it is about
MOST_WAITING = 100  # updates of one chat: more is no person, or a finger asleep on a button
TURN_SECONDS = 0.1  # then it is asked again whether another process still serves the chat


class Repeated(Exception):
    """The update had taken effect already: everything done again is rolled back."""


class Intake:
    """Takes raw updates of one bot and sees each through to its answer."""

    def __init__(
        self,
        db: Database,
        bot: Bot,
        dispatcher: Dispatcher,
        languages: Languages,
        now: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
        count: Callable[[str], None] = lambda _how: None,
        turns: ChatTurns | None = None,
    ) -> None:
        self._db, self._bot, self._dispatcher = db, bot, dispatcher
        self._words, self._now, self._wake = Words(languages), now, wake
        self._count = count
        self._speaker = Speaker(bot, languages)
        self._trouble = Trouble(self._speaker, languages)
        self._turns = turns or Alone()
        self._to_say = Together[int, bool](lambda take: inbox.still_to_say(db, take))
        self._told = Together[inbox.Told, None](lambda take: inbox.mark_said(db, take))
        self._served: set[int] = set()
        self._flooding: set[int] = set()  # chats that were told that it is too much at once
        self._queues: defaultdict[int, deque[inbox.Open]] = defaultdict(deque)
        self._seen = 0  # the newest stored row that has a place in a queue
        self._arrived = asyncio.Event()
        self.stopping = False

    async def keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store raw updates; when this returns they may be acknowledged.

        Raises ValueError where one has no number that can be kept, RecursionError where one is
        deeper than can be read.
        """
        if not all(map(can_be_kept, updates)):
            raise ValueError("no update")
        arrived = [inbox.Arrived(raw["update_id"], chat_of(raw), written(raw)) for raw in updates]
        try:
            await inbox.keep(self._db, self._bot.id, arrived, self._now())
        except Unavailable:
            chats = [each.chat_id for each in arrived]
            await self._trouble.tell(zip(chats, updates, strict=True))
            raise
        self._trouble.over()
        self._arrived.set()

    def stop(self) -> None:
        """Take nothing more; what is being handled finishes."""
        self.stopping = True
        self._speaker.stop()
        self._arrived.set()

    async def run(self) -> None:
        """Handle what is stored until stopped: in order per chat, chats side by side."""
        keeping = asyncio.ensure_future(self._turns.keep())
        try:
            await self._run()
        finally:
            keeping.cancel()

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as chats:
            while not self.stopping:
                self._arrived.clear()
                try:
                    found = await self._take_up(chats)
                except Unavailable:
                    log.warning("the database does not answer; trying again")
                    found = False
                except Interrupted:  # told to stop: what is stored waits for the next start
                    break
                if not found:
                    await self._rest()

    async def drain(self) -> None:
        """Handle what is stored and return when all of it is answered; raises Unavailable."""
        async with asyncio.TaskGroup() as chats:
            while await self._take_up(chats):  # one look takes up so many and no more
                pass

    async def _take_up(self, chats: asyncio.TaskGroup) -> bool:
        """Line up what has come since the last look; whether there was anything."""
        if not await self._turns.may_serve():
            return False
        rows = await inbox.unfinished(self._db, self._bot.id, self._seen)
        over = []
        for row in rows:
            self._seen = row.id
            if self._too_much(row.chat_id or 0):
                over.append(row)
            else:
                self._line_up(chats, row)
        for told in await self._pass_over(over) if over else ():
            self._line_up(chats, told)
        return bool(rows)

    def _too_much(self, chat: int) -> bool:
        """Whether nothing more is read of that chat until what waits has been answered."""
        return chat in self._flooding or len(self._queues.get(chat, ())) >= MOST_WAITING

    async def _pass_over(self, rows: Sequence[inbox.Open]) -> list[inbox.Open]:
        """More than a person can have meant is emptied; one of each chat says so, in its turn."""
        told = await self._in_time(lambda: self._empty(rows))
        for _ in rows:
            self._count("passed over")
        self._flooding |= told.keys()
        log.warning("more from one chat than is read", extra={"updates": len(rows)})
        return list(told.values())

    async def _empty(self, rows: Sequence[inbox.Open]) -> dict[int, inbox.Open]:
        """The same, in one transaction: by chat what says so; raises Unavailable."""
        now, told = self._now(), dict[int, inbox.Open]()
        async with self._db.write() as tx:
            for row in rows:
                chat, answer = row.chat_id or 0, None
                if chat not in self._flooding and chat not in told:
                    answer = _wrap(await self._words.too_many(tx, chat), None)
                if await inbox.done(tx, row.id, answer, now) and answer:
                    told[chat] = replace(row, state=inbox.State.DONE, answer=answer)
        return told

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(RETRY_SECONDS):
                await self._arrived.wait()

    def _line_up(self, chats: asyncio.TaskGroup, row: inbox.Open) -> None:
        chat = row.chat_id or 0
        self._queues[chat].append(row)
        if chat not in self._served:
            self._served.add(chat)
            chats.create_task(self._serve(chat))

    async def _serve(self, chat: int) -> None:
        """One chat's updates, one after the other, while no other process serves it."""
        queue = self._queues[chat]
        while queue:
            if await self._its_turn(chat):
                try:
                    await self._work_off(queue)
                finally:
                    await self._turns.give_back(chat)
            if self.stopping:
                queue.clear()
        self._queues.pop(chat, None)
        self._served.discard(chat)
        self._flooding.discard(chat)

    async def may_poll(self) -> bool:
        """Whether this process is the one that asks Telegram for updates; raises Unavailable."""
        return await self._turns.may_poll()

    async def _its_turn(self, chat: int) -> bool:
        """Whether this process serves the chat now; if not, after a moment."""
        try:
            if await self._turns.take(chat):
                return True
            await asyncio.sleep(TURN_SECONDS)
        except Unavailable:
            log.warning("the database does not answer; trying again")
            await asyncio.sleep(RETRY_SECONDS)
        return False

    async def _work_off(self, queue: deque[inbox.Open]) -> None:
        """As long as nothing fails: then it is asked first whether the chat is still ours."""
        while queue:
            try:
                await self._finish(queue[0])
            except TurnLost:
                log.warning("another process serves the chat now")
                return
            except Unavailable:
                log.warning("the database does not answer; trying again")
                await asyncio.sleep(RETRY_SECONDS)
                if not self.stopping:
                    return
            queue.popleft()
            if self.stopping:
                queue.clear()

    async def _finish(self, queued: inbox.Open) -> None:
        """See it through if nobody else has; raises Unavailable, and SealBroken."""
        try:
            await self._look_and_see(queued)
        except Interrupted:
            log.info("an answer waits for the next start")
        except (Unavailable, TurnLost):
            raise
        except Exception as error:  # even the apology failed: that must not end everybody's chats
            if isinstance(error, SealBroken) and self._may_come(queued):
                raise
            facts = {"update": queued.update_id}
            log.exception("an update cannot be seen through; set aside", extra=facts)
            self._count("failed")
            await inbox.set_aside(self._db, queued.id)

    async def _look_and_see(self, queued: inbox.Open) -> None:
        row: inbox.Open | None = queued
        for _ in range(2):
            if self._turns.shared:  # another process may have been faster
                row = await inbox.look_again(self._db, queued.id)
            try:
                if row is not None:
                    await self._see_through(row)
            except Repeated:
                self._count("repeated")
                log.info("an update had taken effect already")
                if self._turns.shared:  # for one that has lost the chat to us, and cannot say it
                    continue
            return

    async def _see_through(self, row: inbox.Open) -> None:
        answer, began = row.answer, self._now()
        if row.state is inbox.State.NEW:
            update = await self._decode(row)
            if update is None:
                return
            answer = await self._take_effect(row, update)
            self._wake()
        if answer is not None:
            await self._say(row, answer, began)

    async def _decode(self, row: inbox.Open) -> Update | None:
        with suppress(ValidationError):
            update = Update.model_validate_json(row.raw or "", context={"bot": self._bot})
            if is_of(update, row.chat_id):
                return update
        log.error("an update cannot be read; set aside", extra={"update": row.update_id})
        self._count("unreadable")
        await inbox.set_aside(self._db, row.id)
        return None

    async def _take_effect(self, row: inbox.Open, update: Update) -> str | None:
        """The update's effect and its answer in one transaction; a failed one leaves only words."""
        now = self._now()
        press = press_of(update)
        number = ""
        try:
            with counting_first.acts_again():
                answer = await self._act(row, update, press, now)
            self._count("handled")
            return answer
        except (Unavailable, Repeated):
            raise
        except SealBroken:
            if self._may_come(row):
                raise  # the process ends, and is started anew with the key that was made meanwhile
            number = self._failed(row)  # or one value is damaged: that must not stop everybody
            reply = None
        except Refused as refused:
            self._count("refused")
            reply = refused.reply
        except Exception:  # a handler's fault: rolled back, apologised for, never shown
            number = self._failed(row)
            reply = None
        async with self._db.write() as tx:
            await _hear(tx, update, now)
            reply = reply or await self._words.apology(tx, row.chat_id, number)
            answer = _wrap(reply, press)
            return answer if await inbox.done(tx, row.id, answer, now) else None

    def _may_come(self, row: inbox.Open) -> bool:
        """Whether the key to what no key opens may still be on its way."""
        return self._now() - row.received_at < KEY_COMES

    def _failed(self, row: inbox.Open) -> str:
        """The number by which the fault is found in the log."""
        number = new_reference()
        facts = {"reference": number, "update": row.update_id}
        log.exception("an update failed", extra=facts)
        self._count("failed")
        return number

    async def _act(
        self, row: inbox.Open, update: Update, press: dict[str, Any] | None, now: datetime
    ) -> str | None:
        """The same; what has to be counted first is counted while others may write."""
        afresh = False
        while True:
            try:
                async with self._db.write() as tx:
                    await _hear(tx, update, now)
                    reply = await self._handle(Act(tx, now, afresh), update)
                    if reply and reply.fades:
                        await _hear(tx, update, now, fades=True)
                    answer = _wrap(reply, press)
                    if not await inbox.done(tx, row.id, answer, now):
                        raise Repeated
                    return answer
            except CountFirst as asked:
                await counting_first.count(self._db, asked)
            except Forgotten:
                if afresh:
                    raise
                log.warning("a dialog lacks what it should have kept; begun anew")
                afresh = True

    async def _handle(self, act: Act, update: Update) -> Reply | None:
        if kind_of(update) is None:
            return None  # one we did not ask for; aiogram would write all of it to the log
        token = current.set(act)
        try:
            reply = await self._dispatcher.feed_update(self._bot, update, tx=act.tx, now=act.now)
        finally:
            current.reset(token)
        return reply if isinstance(reply, Reply) else None

    async def _in_time(self, act: Callable[[], Awaitable[T]]) -> T:
        """Done as soon as the database answers; raises Interrupted if told to stop before that."""
        while True:
            with suppress(Unavailable):
                return await act()
            if self.stopping:  # it may be away for longer than anybody waits for our end
                raise Interrupted
            await asyncio.sleep(RETRY_SECONDS)

    async def _say(self, row: inbox.Open, answer: str, began: datetime) -> None:
        """Say it; an answer too old to make sense is only put away, also after a sleep."""
        now = self._now()
        said: list[int] = []
        reply = Reply()
        fresh = now - (row.done_at or began) < inbox.STALE_ANSWER
        # Another act may have taken the answer back.
        if fresh and await self._in_time(lambda: self._to_say.ask(row.id)):
            facts = json.loads(answer)
            reply = load(facts["reply"]) if facts["reply"] else reply
            said = await self._speaker.speak(
                row.chat_id, reply, facts["press"], lambda: self._turns.holds(row.chat_id or 0)
            )
        told = inbox.Told(row.id, row.chat_id, said, now, reply.fades, reply.forgets)
        # It is said: that must be remembered, however long it takes.
        await self._in_time(lambda: self._told.ask(told))


async def _hear(tx: Tx, update: Update, now: datetime, fades: bool = False) -> None:
    """A person's own message: its number is kept, so that a safe exit deletes it too."""
    message = update.message
    if message is not None and message.chat.type == ChatType.PRIVATE:
        await inbox.heard(tx, message.chat.id, message.message_id, now, fades)


def _wrap(reply: Reply | None, press: dict[str, Any] | None) -> str | None:
    """The answer as it is kept; None where there is nothing to say."""
    if reply is None and press is None:
        return None
    return json.dumps({"reply": reply.dump() if reply else None, "press": press})
