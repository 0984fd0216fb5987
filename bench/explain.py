"""`python -m bench explain`: how each database finds what a tick and a message ask for.

Every statement of one look of the planner with something due, and of sending it, is explained on a
database with many children; whatever goes through a whole table that grows is named.
"""

import argparse
import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bench.families import RULES, SLOT
from bench.phones import WIDE_OPEN, Nowhere
from bench.population import Populations, populations
from messaging.i18n import load_languages
from services import planning
from services.delivery import Sender
from storage.database import Database

CHILDREN, DUE = 100_000, 20
WORD = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
GROWS = ("family", "child", "guardian", "consent", "outbox", "item", "booking")
_PARTS = "ix_outbox_next", "ix_outbox_sending"  # of rows that soon are something else
_SQLITE = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_SERVER = re.compile(
    r"(?:Seq Scan|Index(?: Only)? Scan using (?P<index>\w+)) on (?P<table>\w+)\b"
    r"(?![^\n]*rows=1 )[^\n]*"  # of an empty table it reads the one page there is
    r"(?P<bound>\n\s+Index Cond)?"
)


def whole_tables(plan: str) -> list[str]:
    """The tables that grow with families and are gone through from end to end, or their index."""
    found = [(each[1], each[2]) for each in _SQLITE.finditer(plan)]
    found += [
        (each["table"], each["index"]) for each in _SERVER.finditer(plan) if not each["bound"]
    ]
    return [table for table, index in found if table in GROWS and index not in _PARTS]


@contextmanager
def explained(db: Database) -> Iterator[dict[str, str]]:
    """Meanwhile: the plan of each statement that asks or changes, by its words."""
    plans: dict[str, str] = {}

    def explain(conn: Any, _cursor: Any, words: str, values: Any, *_of: object) -> None:  # noqa: ANN401 - SQLAlchemy's hook
        if words in plans or not words.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            return
        plans[words] = ""  # first: what asks is itself a statement
        cursor = conn.connection.cursor()
        if db.dialect.name == "postgresql":  # with few rows it reads them all, and rightly
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{WORD[db.dialect.name]} {words}", values)
        plans[words] = "\n".join(str(row[-1]) for row in cursor.fetchall())
        if db.dialect.name == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = on")
        cursor.close()

    engines = {each.sync_engine for each in (db._writer, db._reader)}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", explain)


async def plans_of(made: Populations, children: int, due: int, kind: str) -> dict[str, str]:
    """Of a look with `due` messages to plan, and of sending them."""
    async with made.opened(children, due, kind) as db:
        with explained(db) as plans:
            await planning.plan(db, SLOT, RULES)
            sender = Sender(db, Nowhere(), load_languages(), RULES, WIDE_OPEN, lambda: SLOT)
            await sender.drain()
    return plans


async def _tell(children: int, everything: bool) -> None:
    with populations() as made:
        for kind in made.kinds:
            plans = await plans_of(made, children, DUE, kind)
            whole = {words: whole_tables(plan) for words, plan in plans.items()}
            bad = [words for words, tables in whole.items() if tables]
            print(f"{kind}: {len(plans)} statements, {len(bad)} go through a whole table")
            for words in plans if everything else bad:
                print(f"\n{words}\n{plans[words]}")


def main(words: list[str]) -> None:
    """Print what goes through a whole table, or with `--all` every plan."""
    parser = argparse.ArgumentParser(prog="python -m bench explain")
    parser.add_argument("--children", type=int, default=CHILDREN)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args(words)
    asyncio.run(_tell(asked.children, asked.all))
