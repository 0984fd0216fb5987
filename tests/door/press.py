"""One press, command or message before the real dispatcher, in a savepoint that is taken back.

What is looked at afterwards: who answered, what was said, which tables were written to.
"""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from sqlalchemy import event

from bot.app import make_dispatcher
from bot.transactions import Act, current
from handlers.errors import Refused
from messaging.i18n import Languages
from messaging.plain import plain
from messaging.replies import Reply
from programme.errors import NotYours
from services import inbox
from storage.database import Database, Tx
from tests.cast import RULES
from tests.door import ways
from tests.door.world import NOW, World

if TYPE_CHECKING:
    from tests.door.cells import Cell

BOT_ID = 4242
# They answer whoever has no business there, each in its way.
NOBODY_S = {
    "fallback.newcomer", "fallback.free_text", "fallback.something_else", "fallback.old_button",
    "staff.old_button", "staff.free_text", "staff.show_menu", "waiting.anything",
    "places.not_asked", "posters.still_waits", "posters.ask_again",
    "staff_team.ask_again", "hushed",
}  # fmt: skip
OWN_TALK = {"conversation"}  # where one is in one's own chat
_numbers = itertools.count(8001)


@dataclass(frozen=True)
class Came:
    """What came of it."""

    by: str  # the handler that answered
    said: str
    refused: bool
    wrote: frozenset[str]
    why: str = ""


Arriving = Callable[["Door"], Awaitable[str]]


class _Back(Exception):
    """Everything is taken back."""


@cache
def _chat(languages: Languages) -> tuple[Dispatcher, list[str]]:
    dispatcher, answered = make_dispatcher(languages, RULES, "https://lotsen.example"), []

    async def note(handler: Any, event: Any, data: dict[str, Any]) -> Any:
        answered.append(ways.name_of(data["handler"].callback))
        return await handler(event, data)

    for router in ways.walk(dispatcher):
        for heard in (router.message, router.callback_query):
            heard.middleware(note) if not router.parent_router else None
    return dispatcher, answered


class Door:
    """Somebody stands before it and presses, as often as asked; nothing stays."""

    def __init__(self, db: Database, tx: Tx, world: World, languages: Languages) -> None:
        self.db, self.tx, self.world = db, tx, world
        self._dispatcher, self._answered = _chat(languages)
        self._bot = Bot(f"{BOT_ID}:a-token-that-opens-nothing")
        self.wrote: set[str] = set()
        self._keeps = False

    async def press(self, who: str, data: str, state: str | None, kept: dict[str, Any]) -> Came:
        """That person sends that button data, wherever their conversation is."""
        chat = self.world.chats[who]
        person = {"id": chat, "is_bot": False, "first_name": "X"}
        shown = {"message_id": 77, "chat": {"id": chat, "type": "private"}, "date": 0}
        query = {"id": "1", "from": person, "chat_instance": "1", "message": shown, "data": data}
        return await self._take({"callback_query": query}, chat, state, kept)

    async def send(
        self, who: str, content: dict[str, Any], state: str | None, kept: dict[str, Any]
    ) -> Came:
        """That person writes or sends something."""
        chat = self.world.chats[who]
        person = {"id": chat, "is_bot": False, "first_name": "X"}
        here = {"message_id": next(_numbers), "chat": {"id": chat, "type": "private"}, "date": 0}
        message = {**here, "from": person, **content}
        text = content.get("text", "")
        if text.startswith("/"):
            word = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            message["entities"] = [word]
        return await self._take({"message": message}, chat, state, kept)

    async def _take(
        self, raw: dict[str, Any], chat: int, state: str | None, kept: dict[str, Any]
    ) -> Came:
        update = Update.model_validate({"update_id": next(_numbers), **raw})
        came: list[Came] = []
        with suppress(_Back):
            async with self.tx.begin_nested():
                if state or kept:
                    place = (BOT_ID, chat, chat)
                    await inbox.write_conversation(self.tx, place, state, kept, NOW)
                self._answered.clear()
                self.wrote.clear()
                came.append(await self._feed(update, NOW))
                if came[0].refused or not self._keeps:
                    raise _Back
        return came[0]

    async def after(
        self, acts: Sequence["Cell"], pages: Sequence["Cell"], arriving: Arriving | None = None
    ) -> list[Came]:
        """What these say, and what is on its way, once all that is done; then it is taken back."""
        said: list[Came] = []
        with suppress(_Back):
            async with self.tx.begin_nested():
                self._keeps = True
                for act in acts:
                    await act.try_at(self)
                self._keeps = False
                said = [await each.try_at(self) for each in pages]
                if arriving:
                    said.append(Came("arriving", await arriving(self), False, frozenset()))
                raise _Back
        return said

    async def _feed(self, update: Update, now: datetime) -> Came:
        reply, why, refused = None, "", False
        try:
            reply = await self._handle(update, now)
        except Refused as broken:  # what was written is rolled back by the intake
            reply, refused = broken.reply, True
            self.wrote.clear()
            why = type(broken.__cause__).__name__
        by = self._answered[-1] if self._answered else "hushed"
        refused = refused or by in NOBODY_S
        return Came(by, _read(reply), refused, frozenset(self.wrote - OWN_TALK), why)

    async def _handle(self, update: Update, now: datetime) -> Reply | None:
        token = current.set(Act(self.tx, now))
        try:
            reply = await self._dispatcher.feed_update(self._bot, update, tx=self.tx, now=now)
        finally:
            current.reset(token)
        return reply if isinstance(reply, Reply) else None


def _read(reply: Reply | None) -> str:
    """All that can be read on the phone, in files too."""
    if reply is None:
        return ""
    lines = []
    for each in reply.messages:
        lines += [plain(each.text), *(button.text for row in each.rows for button in row)]
        content = getattr(each.file, "content", b"")
        lines.append(content.decode("utf-8", "replace") if content else "")
        lines.append(getattr(each.file, "name", ""))
    return "\n".join(lines)


async def _at_once(tx: Tx) -> None:
    """Each question to SQLite would wait for another thread: half of a press's time."""
    driver = (await tx.get_raw_connection()).driver_connection

    async def run(function: Any, *args: Any, **named: Any) -> Any:
        return function(*args, **named)

    driver._execute = run


@asynccontextmanager
async def before(db: Database, world: World, languages: Languages) -> AsyncIterator[Door]:
    """The door of that town, in one transaction that leaves nothing behind."""
    try:
        async with db.write() as tx:
            door = Door(db, tx, world, languages)

            def heard(_conn, cursor, _sql, _params, context, _many):
                changes = context.isinsert or context.isupdate or context.isdelete
                if changes and cursor.rowcount and context.compiled is not None:
                    door.wrote.add(context.compiled.statement.table.name)

            await _at_once(tx)
            engine = db._writer.sync_engine
            event.listen(engine, "after_cursor_execute", heard)
            try:
                yield door
            finally:
                event.remove(engine, "after_cursor_execute", heard)
            raise _Back
    except _Back:
        return


__all__ = ["Came", "Door", "NotYours", "before"]
