"""`docs/data.md` tells of every column why it is there: whoever adds one must say so."""

import pkgutil
import re
from collections import Counter
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

import storage
from programme import by_poster, keeping
from programme import threads as thread_rules
from services import guesses, housekeeping, inbox, links, looks
from storage import tables
from storage.columns import Sealed

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text()
SECTIONS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^#|\Z)", PAGE, re.M | re.S))
for _each in pkgutil.iter_modules(storage.__path__):
    import_module(f"storage.{_each.name}")
TABLES = tables.metadata.tables
# In the order of the page.
LIMITS = (
    links.LINK_LIVES,
    links.YES_WITHIN,
    timedelta(days=by_poster.WAITS_DAYS),
    thread_rules.CLOSES_ANSWERED,
    thread_rules.CLOSES_UNANSWERED,
    inbox.KEPT,
    inbox.HALF_WAY_KEPT,
    housekeeping.EVENTS_KEPT,
    housekeeping.LETTERS_KEPT,
    housekeeping.TIMES_KEPT,
    housekeeping.TRIES_KEPT,
    looks.KEPT,
    guesses.KEPT,
    keeping.TOLD_BEFORE,
    keeping.WAITS_AT_MOST,
)
READERS = re.compile(r"\b(parent|both|team|colleague|area|families|nobody|whoever)\b")


def _rows(section: str) -> list[tuple[list[str], str]]:
    """The columns that each row tells of, and what it says of them."""
    found = re.findall(r"^\| (`.*?) \| (.*?) \|$", section, re.M)
    return [(re.findall(r"`(\w+)`", names), why) for names, why in found]


def test_every_table_has_its_section_and_no_other_has():
    assert sorted(SECTIONS) == sorted(TABLES)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_is_told_of_once(name):
    told = Counter(column for columns, _ in _rows(SECTIONS[name]) for column in columns)
    assert told == dict.fromkeys(TABLES[name].columns.keys(), 1)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_what_is_sealed_is_called_so(name):
    rows = _rows(SECTIONS[name])
    told = {column for columns, why in rows if "**sealed**" in why for column in columns}
    assert told == {each.name for each in TABLES[name].columns if isinstance(each.type, Sealed)}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_says_who_sees_it_and_how_long_it_is_kept(name):
    seen, kept = re.search(r"Seen by: (.+?) Kept: (.+)", SECTIONS[name]).groups()
    assert READERS.search(seen)
    assert kept.strip().endswith(".")


def test_the_limits_it_tells_are_those_of_the_code():
    told = [int(days) for days in re.findall(r"^\| [^`]+? \| (\d+) \|$", PAGE, re.M)]
    assert told == [limit.days for limit in LIMITS]
