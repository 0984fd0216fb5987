"""`python -m bench outage`: one family's messages, without an outage and with one of a week.

The planner, the re-check and the sender are the real ones; only the clock and Telegram are not.
"""

import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet

from bench.phones import WIDE_OPEN, Nowhere
from messaging.i18n import load_languages
from programme.kinds import Rules
from programme.localtime import STOCKHOLM, on_the_clock
from services import planning
from services.delivery import Sender
from services.red_days import is_red
from storage import areas, bookings, families, memory, migrate
from storage.bookings import Facts
from storage.database import Database, open_database

RULES = Rules(is_red=is_red)
HOUR = timedelta(hours=1)
LOOKS = (7, 7.5, 8, 9.5, 10, 13, 17)  # hours of a day at which something may leave
BORN = date(2026, 8, 31)


def _local(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}").replace(tzinfo=STOCKHOLM)


BEGINS, DAYS = _local("2027-02-18", 0), 24
DOWN, UP = _local("2027-02-25", 9, 30), _local("2027-03-04", 9, 30)
VISITS = {3: _local("2027-03-02", 10), 4: _local("2027-03-08", 10)}
TOLD = "SELECT key, kind, item.due_at, item.state, item.reason, ended_at FROM item LEFT JOIN outbox"
TOLD += " ON outbox.id = item.outbox_id ORDER BY item.due_at, item.id"


async def _moved_in(db: Database) -> None:
    async with db.write() as tx:
        area = await areas.find(tx, "Hjällbo")
        assert area is not None
        family = await families.register(tx, area, None, BEGINS)
        child = await families.add_child(tx, family, BORN, None)
        await families.add_guardian(tx, family, 1, "en", BEGINS - timedelta(days=90))
        for number, at in VISITS.items():
            facts = Facts(child_id=child, visit=number, starts_at=at)
            await bookings.add(tx, family, facts, BEGINS + 9.5 * HOUR)
        await memory.remember_instant(tx, memory.WATERMARK, BEGINS)


async def _lived(outage: bool) -> dict[str, tuple[str, datetime, str]]:
    """Each promise: its kind, the hour it was due, what became of it."""
    now = BEGINS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "b.db"
        db = open_database(f"sqlite:///{file}", [Fernet.generate_key().decode()])
        await migrate.migrate(db)
        await _moved_in(db)
        sender = Sender(db, Nowhere(), load_languages(), RULES, WIDE_OPEN, lambda: now)
        for number in range(DAYS * len(LOOKS)):
            day, look = divmod(number, len(LOOKS))
            now = BEGINS + day * 24 * HOUR + LOOKS[look] * HOUR
            if not (outage and DOWN <= now < UP):
                await planning.plan(db, now, RULES)
                await sender.drain()
        await db.close()
        with closing(sqlite3.connect(file)) as kept:
            return {
                row[0]: (row[1], _read(row[2]), _became(*row[2:])) for row in kept.execute(TOLD)
            }


def _read(kept: str) -> datetime:
    at = datetime.fromisoformat(kept)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _shown(at: datetime) -> str:
    return f"{on_the_clock(at):%a %d %b %H:%M}"


def _became(due: str, state: str, reason: str | None, ended: str | None) -> str:
    if state in {"sent", "folded"} and ended:
        how = "" if _read(ended) - _read(due) <= HOUR else ", late"
        digest = ", in one digest" if state == "folded" else ""
        return f"{_shown(_read(ended))}{how}{digest}"
    return f"{state}: {reason}" if reason else state


async def tell() -> None:
    """Print the two, side by side."""
    without, with_it = await _lived(False), await _lived(True)
    print(f"| promise | was due | without | nobody at work {_shown(DOWN)} to {_shown(UP)} |")
    print("|---|---|---|---|")
    rows = sorted({**without, **with_it}.items(), key=lambda row: row[1][1])
    for key, (kind, due, _) in rows:
        both = (lives[key][2] if key in lives else "–" for lives in (without, with_it))
        print(f"| {kind.replace('_', ' ')} | {_shown(due)} | {' | '.join(both)} |")
