"""`docs/permissions.md`, made of the table and the code: `make permissions`."""

import asyncio
import inspect
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import messaging.types_when_needed  # noqa: F401 - for its effect on aiogram  # isort: skip
from cryptography.fernet import Fernet

from storage.database import open_database
from storage.migrate import migrate
from tests.door import examples, table, ways
from tests.door.cells import EVERYBODY, every
from tests.door.world import World, build

FILE = Path(__file__).parents[2] / "docs" / "permissions.md"
_ROLES = {
    "outsider": "not joined",
    "waiting": "waits after a poster",
    "joining": "waits for the other parent",
    "grieving": "after a loss",
    "parent": "parent",
    "nurse": "nurse",
    "parent_supporter": "parent supporter",
    "coordinator": "coordinator",
    "translator": "translator",
    "administrator": "administrator",
}
_REACH = {
    "all": "yes", "own": "their own", "home": "their home's", "family": "their family's",
    "area": "own areas",
}  # fmt: skip
_SHOWS = {
    "everything": "the whole database",
    "family": "one family, by its number",
    "times": "visits of one colleague",
    "figures": "figures without families",
    "nothing": "nothing of families",
}
HEAD = """# Who may do what

Made by `make permissions` from `tests/door/permissions.toml` and the code; a test says when it is
out of date. Every button, command, written answer and verb stands here once. Each is tried by
everybody, about everybody's things, before the real chat (`tests/door/test_permissions.py`): who is
not named is refused, nothing is written but that the message came, no word of another family is
told, and nothing goes to another chat.

"""


def written(world: World) -> str:
    """The whole page; `world` is the town in which everything is tried."""
    whole = every(world)
    allowed = sum(map(table.allows, whole))
    said = (
        f"Cells tried: {len(whole):,}. Refused: {len(whole) - allowed:,}. Allowed: {allowed:,}. "
        f"({len(EVERYBODY)} people; {len(ways.buttons())} sorts of button, "
        f"{len(ways.commands())} commands, {len(ways.written())} answers in writing.)\n\n"
    )
    return HEAD + said + "".join(_sorts()) + "".join(_verbs())


def _sorts() -> Iterator[str]:
    by_sort = defaultdict(list)
    for row, sort in table.rows().items():
        by_sort[sort].append(row)
    docs = {examples.name_of(kind): inspect.getdoc(kind) or "" for kind in ways.buttons()}
    for sort in table.sorts().values():
        yield f"## {sort.words}\n\n"
        may = [f"{_ROLES[role]} ({_REACH[reach]})" for role, reach in sort.may.items()]
        yield f"May: {', '.join(may)}.\n\n"
        for row in sorted(by_sort[sort.name]):
            name, _, which = row.partition(" ")
            told = docs.get(name, "").partition("\n")[0]
            yield f"- `{row}`" + (f": {told}" if told and not which else "") + "\n"
        yield "\n"


def _verbs() -> Iterator[str]:
    yield "## The command line\n\n"
    yield "For whoever may sign in to the machine, and nobody else: no chat reaches it.\n\n"
    yield "| shows | verbs |\n|---|---|\n"
    for shows, words in _SHOWS.items():
        many = ", ".join(
            f"`{verb}`" for verb, each in sorted(table.verbs().items()) if each == shows
        )
        yield f"| {words} | {many} |\n"


async def _town() -> World:
    with TemporaryDirectory() as folder:
        db = open_database(f"sqlite:///{folder}/town.sqlite3", [Fernet.generate_key().decode()])
        await migrate(db)
        world = await build(db)
        await db.close()
    return world


if __name__ == "__main__":
    FILE.write_text(written(asyncio.run(_town())), encoding="utf-8")
