"""What differs by language and is no sentence: the contents of `locales/<code>/language.toml`.

A language is its folder: no code in Python names one.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from messaging.errors import BadLanguage


@dataclass(frozen=True, kw_only=True)
class Folds:
    """How differently written words become one, for search and danger words (`folding.py`)."""

    spellings: tuple[tuple[str, str], ...] = ()  # what is written, and what stands for it
    short_too: bool = False  # whether also very short words are brought to one spelling
    prefixes: tuple[str, ...] = ()  # attached before a word, such as an article
    suffixes: tuple[str, ...] = ()
    compounds: bool = False  # whether words are written together
    shortest_stem: int = 4  # letters that are left when an ending goes
    stop: frozenset[str] = frozenset()  # words that lead to no page


@dataclass(frozen=True, kw_only=True)
class Traits:
    """One language's own ways; `code` is the name of its folder."""

    code: str
    order: int
    own_name: str
    source: bool  # the language of the message ids: its catalogue is written by catalogues.py
    babel: Locale
    plurals: str  # the catalogue's Plural-Forms; Babel's own table mixes up two Arabic forms
    rtl: bool
    one_per_row: bool
    date: str
    date_with_year: str
    time: str
    second_months: Locale | None  # families use two sets of month names: the other one's locale
    short_weekdays: str  # which of CLDR's short names fit above a column: "short" or "narrow"
    emergency: tuple[str, ...]
    letters: frozenset[str]  # letters and common words that give the language away
    words: frozenset[str]
    folds: Folds
    most_lix: float | None  # how hard a page of the guide may be to read, where a formula exists


def read_traits(folder: Path) -> Traits:
    """The traits of the language in this folder; BadLanguage with a sentence if they are wrong."""
    code = folder.name
    try:
        table = tomllib.loads((folder / "language.toml").read_text("utf-8"))
        return _traits(code, table)
    except FileNotFoundError as error:
        raise BadLanguage(code, "language.toml is missing") from error
    except KeyError as error:
        raise BadLanguage(code, f"language.toml lacks {error}") from error
    except (tomllib.TOMLDecodeError, UnknownLocaleError, ValueError, TypeError) as error:
        raise BadLanguage(code, f"language.toml: {error}") from error


def _traits(code: str, table: dict[str, Any]) -> Traits:
    direction, dates = str(table["direction"]), table["dates"]
    if direction not in {"ltr", "rtl"}:
        raise ValueError(f"direction must be ltr or rtl, not {direction!r}")
    second = dates.get("second_month_names")
    return Traits(
        code=code,
        order=int(table["order"]),
        own_name=str(table["own_name"]),
        source=bool(table.get("source", False)),
        babel=Locale.parse(table["babel"]),
        plurals=str(table["plurals"]),
        rtl=direction == "rtl",
        one_per_row=bool(table["buttons"]["one_per_row"]),
        date=str(dates["date"]),
        date_with_year=str(dates["date_with_year"]),
        time=str(dates["time"]),
        short_weekdays=_one_of(dates.get("short_weekdays", "short"), "short", "narrow"),
        second_months=Locale.parse(second) if second else None,
        emergency=tuple(map(str, table["emergency"]["words"])),
        letters=frozenset(table["guess"]["letters"]),
        words=frozenset(map(str, table["guess"]["words"])),
        folds=_folds(table.get("search", {})),
        most_lix=table.get("reading", {}).get("most_lix"),
    )


def _folds(table: dict[str, Any]) -> Folds:
    """The table `[search]`; a language without one is compared letter by letter."""
    return Folds(
        spellings=tuple(
            (str(written), str(meant)) for written, meant in table.get("spellings", ())
        ),
        short_too=bool(table.get("short_too", False)),
        prefixes=tuple(map(str, table.get("prefixes", ()))),
        suffixes=tuple(map(str, table.get("suffixes", ()))),
        compounds=bool(table.get("compounds", False)),
        shortest_stem=int(table.get("shortest_stem", 4)),
        stop=frozenset(map(str, table.get("stop", ()))),
    )


def _one_of(value: object, *allowed: str) -> str:
    if value not in allowed:
        raise ValueError(f"must be one of {', '.join(allowed)}, not {value!r}")
    return str(value)
