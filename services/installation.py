"""The installation itself: its database made ready, its bot's name remembered."""

from storage import half_made, memory, migrate, seal
from storage.backup import database_file
from storage.chat_turns import Alone, ChatTurns, chat_turns
from storage.columns import SealBroken
from storage.database import Damaged, Database, open_database
from storage.hearing import hear
from storage.locks import SenderBusy, SenderLock, sender_lock

__all__ = [
    "HALF_MADE",
    "Alone",
    "ChatTurns",
    "NotReady",
    "SenderBusy",
    "SenderLock",
    "bot_name",
    "chat_turns",
    "exists",
    "hear",
    "make_ready",
    "open_at",
    "sender_lock",
]

_NEWER = "The database was made by a newer Lotsen. Please update this one."

HALF_MADE = (
    "A restore into this database did not come to its end: losses, stops and erasures since the "
    "backup are not in it. Run the same lotsen restore again, with the same --instead-of: it "
    "replaces what is there."
)


class NotReady(Exception):
    """The database cannot be used as it is; str() is a sentence."""


def open_at(url: str, keys: list[str]) -> Database:
    """The database at that address; raises NotReady for a folder that cannot be used."""
    try:
        return open_database(url, keys)
    except OSError as error:
        raise NotReady(f"The data folder cannot be used: {error.strerror}.") from error
    except ModuleNotFoundError as error:
        raise NotReady(f"The driver of that database is not installed: {error.name}.") from error


def exists(url: str) -> bool:
    """Whether the file of an embedded database is there."""
    return database_file(url).exists()


async def make_ready(db: Database, embedded: bool) -> None:
    """Bring an embedded database to its newest form; raises NotReady for another that is older."""
    try:
        await _bring_to_newest(db, embedded)
        await seal.check(db)
    except SealBroken as error:
        raise NotReady(
            "LOTSEN_SECRET_KEY does not open this database. Set the key it was begun with."
        ) from error
    except Damaged as error:
        raise NotReady(_why(error)) from error


async def _bring_to_newest(db: Database, embedded: bool) -> None:
    await _is_whole(db)
    now = await migrate.current(db)
    if now != migrate.newest():
        if now is not None and not migrate.known(now):
            raise NotReady(_NEWER)
        if not embedded:
            raise NotReady("The database is older than this Lotsen. Run first: lotsen migrate")
        await migrate.migrate(db)


async def _is_whole(db: Database) -> None:
    """Nobody may write to families out of a backup into which their losses are not carried."""
    if await half_made.is_half_made(db):
        raise NotReady(HALF_MADE)


def _why(error: Damaged) -> str:
    said = str(error.orig or error)
    if "locked" in said:
        return "The database is locked by another process. Try again when that one is done."
    return f"The database cannot be opened: {said}."


async def bring_up_to_date(db: Database) -> str | None:
    """Change the database to its newest form; its name. Raises NotReady if it cannot be used."""
    try:
        await _is_whole(db)
        now = await migrate.current(db)
        if now is not None and not migrate.known(now):
            raise NotReady(_NEWER)
        await migrate.migrate(db)
        return await migrate.current(db)
    except Damaged as error:
        raise NotReady(_why(error)) from error


async def remember_bot(db: Database, name: str) -> None:
    """Keep the bot's user name, for links made while it is not running."""
    async with db.write() as tx:
        await memory.remember(tx, memory.BOT_NAME, name)


async def bot_name(db: Database) -> str | None:
    """The bot's user name as of its last start, or None before the first one."""
    async with db.read() as tx:
        return await memory.recall(tx, memory.BOT_NAME)
