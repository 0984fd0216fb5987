"""Looks into an installation that commands were typed in, and days that nobody can mean."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.settings import Settings
from services import installation
from storage.database import open_database

FAR_DATES = ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]
INVITE = ("family", "invite", "--area", "Hjällbo")


def named(data: Path, name: str = "LotsenTestBot") -> None:
    """As after the first start: the bot's name is known."""
    key = Settings(_env_file=None, data_dir=data).keys()

    async def remember() -> None:
        db = open_database(f"sqlite:///{data / 'lotsen.sqlite3'}", key)
        await installation.remember_bot(db, name)
        await db.close()

    asyncio.run(remember())


def look(data: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "lotsen.sqlite3")) as file:
        return file.execute(query).fetchall()
