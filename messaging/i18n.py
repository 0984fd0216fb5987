"""Languages as folders: their catalogues, and one `Tongue` for each, which speaks it.

Used by the chat and by delivery alike. Catalogues are read from the .po files: nothing to compile.
"""

import gettext
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from messaging import dates, isolates, numbers, wordbook
from messaging.errors import BadLanguage, UnknownLanguage
from messaging.guide import Page, read_pages
from messaging.isolates import Ready, Sign, Value
from messaging.language import Traits, read_traits
from messaging.staff_help import HelpPage, read_help

LOCALES = Path(__file__).resolve().parent.parent / "locales"
CATALOGUE = Path("LC_MESSAGES") / "lotsen.po"
_MONTHS = 12
_NO_COUNT = "family"  # its number is its name: as staff type it, no digits grouped


@dataclass(frozen=True, repr=False)
class Tongue:
    """One language's voice: its sentences, and values put into them safely."""

    traits: Traits
    _words: gettext.NullTranslations = field(compare=False)
    _folder: Path

    def __repr__(self) -> str:
        return f"Tongue({self.code!r})"

    @property
    def code(self) -> str:
        """The name of the language's folder."""
        return self.traits.code

    # Who only sends needs no guide, so it is read when it is first asked for.
    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The guide; BadLanguage names a broken page."""
        return read_pages(self._folder, self.rtl)

    @cached_property
    def staff_help(self) -> tuple[HelpPage, ...]:
        """The help for staff; BadLanguage names a broken page."""
        return read_help(self._folder, self.rtl)

    def page(self, code: str) -> Page | None:
        """The page of the guide with that code, or None if this language has none."""
        return next((page for page in self.pages if page.code == code), None)

    def help_page(self, code: str) -> HelpPage | None:
        """The page of the help for staff with that code, or None."""
        return next((page for page in self.staff_help if page.code == code), None)

    @property
    def own_name(self) -> str:
        """What its speakers call it."""
        return self.traits.own_name

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.traits.rtl

    @property
    def one_per_row(self) -> bool:
        """Whether buttons never stand side by side."""
        return self.traits.one_per_row

    def gettext(self, message: str) -> str:
        """The message in this language, as Telegram HTML."""
        return self._words.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of the message that `n` asks for in this language."""
        return self._words.ngettext(one, many, n)

    def fill(self, template: str, **values: Value) -> Ready:
        """The sentence with its values escaped and isolated once; MissingValue if one lacks.

        A number is written as one counts in this language.
        """
        return isolates.fill(template, {name: self._said(name, v) for name, v in values.items()})

    def _said(self, name: str, value: Value) -> Value:
        return self.count(value) if isinstance(value, int) and name != _NO_COUNT else value

    def count(self, number: int) -> Ready:
        """Such as "2 227", as a value for `fill`."""
        return isolates.isolate_number(numbers.counted(self.traits, number))

    def percent(self, share: float) -> Ready:
        """Such as "83 %", as a value for `fill`."""
        return isolates.isolate_number(numbers.percent(self.traits, share))

    def language_name(self, code: str) -> str:
        """What this language calls the one with that code, as a value for `fill`."""
        return str(self.traits.babel.languages.get(code, code))

    def language_names(self, codes: Iterable[str]) -> Ready:
        """Those languages as a list, as a value for `fill`."""
        return self.listing([self.language_name(code) for code in codes])

    def month(self, on: date, both_names: bool = True, alone: bool = True) -> str:
        """Month and year: alone on a button or behind a colon, or within a sentence."""
        return dates.month(self.traits, on, both_names, alone)

    def date(self, on: date, with_year: bool = False) -> str:
        """Weekday, day and month, as a value for `fill`."""
        return dates.day(self.traits, on, with_year)

    def time(self, at: datetime, zone: ZoneInfo) -> Sign:
        """Hours and minutes in that zone, as a value for `fill`."""
        return Sign(dates.clock(self.traits, at, zone))

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """Weekday, day, month and hour, for a button; short enough to show the hour."""
        return dates.moment(self.traits, at, zone)

    def listing(self, items: Sequence[Value]) -> Ready:
        """The items as a list, each isolated on its own: ready for `fill`."""
        return Ready(dates.listed(self.traits, [isolates.isolate(item) for item in items]))

    def age(self, months: int) -> str:
        """A counted age such as "1 year and 3 months", as a value for `fill`."""
        years, rest = divmod(months, _MONTHS)
        # Translators: A child's age. Where a form is for one number only, {n} may be left out.
        spoken = [self.ngettext("{n} year", "{n} years", years).format(n=years)] if years else []
        if rest or not years:
            spoken.append(self.ngettext("{n} month", "{n} months", rest).format(n=rest))
        return dates.listed(self.traits, spoken)


@dataclass(frozen=True, eq=False)  # loaded once: what is kept for them is found by who they are
class Languages:
    """All languages there are, in the order in which they are shown."""

    tongues: tuple[Tongue, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages' codes, in order."""
        return tuple(tongue.code for tongue in self.tongues)

    def get(self, code: str) -> Tongue:
        """The voice of that language; UnknownLanguage if there is no such folder."""
        for tongue in self.tongues:
            if tongue.code == code:
                return tongue
        raise UnknownLanguage(code, self.codes)

    def __iter__(self) -> Iterator[Tongue]:
        return iter(self.tongues)

    def read_all_pages(self) -> None:
        """Read the guides and the help now; BadLanguage names the first page that is broken."""
        for tongue in self.tongues:
            _ = tongue.pages, tongue.staff_help


def load_languages(folder: Path = LOCALES) -> Languages:
    """Every language in the folder; BadLanguage for the first that cannot be read."""
    tongues = [_tongue(each) for each in language_folders(folder)]
    return Languages(tuple(sorted(tongues, key=lambda t: (t.traits.order, t.code))))


def language_folders(folder: Path) -> list[Path]:
    """The folders that are languages, by name."""
    return sorted(each for each in folder.iterdir() if each.is_dir() and each.name[0].isalpha())


def read_catalogue(folder: Path, traits: Traits) -> Catalog:
    """The language's catalogue; BadLanguage with a sentence if it is missing or broken."""
    try:
        with (folder / CATALOGUE).open("rb") as file:
            return read_po(file, locale=traits.babel, abort_invalid=True)
    except FileNotFoundError as error:
        raise BadLanguage(traits.code, f"{CATALOGUE} is missing") from error
    except (PoFileError, ValueError) as error:
        raise BadLanguage(traits.code, f"{CATALOGUE}: {error}") from error


def translated(message: Message) -> bool:
    """Whether every form of the message has words."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(forms) and all(forms)


def _tongue(folder: Path) -> Tongue:
    traits = read_traits(folder)
    try:
        words = wordbook.read((folder / CATALOGUE).read_text("utf-8"), traits.plurals)
    except FileNotFoundError as error:
        raise BadLanguage(traits.code, f"{CATALOGUE} is missing") from error
    except ValueError as error:
        raise BadLanguage(traits.code, f"{CATALOGUE}: {error}") from error
    return Tongue(traits, words, folder)
