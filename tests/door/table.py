"""The table of who may do what, as `permissions.toml` says it, and what it says of one cell."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.door.cells import Cell
from tests.door.world import SIDE

FILE = Path(__file__).with_name("permissions.toml")
_GROUPS = {
    "stranger": "outsider", "erased": "outsider", "ended here": "outsider",
    "shielded": "outsider", "poster here": "waiting", "joiner": "joining", "bereaved": "grieving",
}  # fmt: skip
_HOMES = {"yusuf": "amina"}  # where a parent lives whose home has another's name
_ONE_FAMILY = {"mor": "mor", "far": "mor", "yusuf": "amina"}


@dataclass(frozen=True)
class Sort:
    """A sort of ways in: in words, who may, and of what; `writes`: whether anything may change."""

    name: str
    words: str
    may: dict[str, str]
    writes: bool = True


class NoRow(LookupError):
    """Nobody has said who may do that."""


@cache
def sorts() -> dict[str, Sort]:
    """Every sort, by its name."""
    return {name: Sort(name, **facts) for name, facts in _read()["sorts"].items()}


@cache
def rows() -> dict[str, str]:
    """Every row: the way in, and its sort."""
    return {way: sort for sort, many in _read()["ways"].items() for way in many}


@cache
def _read() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def role_of(who: str) -> str:
    """What somebody of the town is to the table."""
    if who in _GROUPS:
        return _GROUPS[who]
    role, _, side = who.partition(" ")
    return role if side else "parent"


def row_of(cell: Cell) -> str:
    """The row of a cell, the most exact one there is; raises NoRow."""
    state = cell.state or ""
    talk = state.partition(":")[0]
    way, exact = cell.way, f"{cell.way} {cell.detail}"
    for each in (exact, f"{way} @{state}", f"{way} @{talk}", way, way.split(" ")[0]):
        if each in rows():
            return each
    raise NoRow(f"{cell.way} {cell.detail}".strip() + f": give it a row in {FILE.name}")


def sort_of(cell: Cell) -> Sort:
    """Which sort of way in it is; raises NoRow."""
    return sorts()[rows()[row_of(cell)]]


def allows(cell: Cell) -> bool:
    """Whether the table lets that person do that to those things."""
    reach = sort_of(cell).may.get(role_of(cell.who), "")
    if not cell.things:
        return bool(reach)
    home = _HOMES.get(cell.who, cell.who)
    return {
        "": False,
        "all": True,
        "own": cell.whose == cell.who,
        "home": cell.whose == home,
        "family": _family(cell.whose) == _family(cell.who),
        "area": SIDE[cell.whose] == cell.who.partition(" ")[2],
    }[reach]


def _family(home: str) -> str:
    return _ONE_FAMILY.get(home, home)


def elsewhere() -> dict[str, str]:
    """Rows that nobody of the town can open, and the test in which somebody does."""
    return _read()["elsewhere"]


def verbs() -> dict[str, str]:
    """Every verb of the command line, and what it shows of families."""
    return {verb: shows for shows, many in _read()["verbs"].items() for verb in many}


def roles() -> set[str]:
    """Everybody whom the table knows."""
    return {role for each in sorts().values() for role in each.may}
