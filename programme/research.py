"""Rows for researchers: months instead of dates, and nobody can be told apart (mission I6).

k-anonymity: whatever somebody may know of a family from elsewhere (area, birth month, languages,
how many parents read, whether an interpreter comes, whether there is another parent at the visits)
at least K rows have in common. Values become coarser, the finest first, and
rows that still stand alone are left out. What cannot be made so is not written at all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from programme.errors import Broken

K = 5
ANY = "*"  # the value is not told
_FEW = 10  # one row of so many may be left out before the values become coarser
_MONTHS_TOLD = ("month", "quarter", "half-year", "year", ANY)
_TOPS = {"born": len(_MONTHS_TOLD) - 1, "languages": 2}  # the coarsest level; of the others: 1


class NotAnonymous(Broken):
    """Too few families are alike: no file is written."""

    def __init__(self, families: int) -> None:
        super().__init__(
            f"{families} families have said yes to research, and fewer than {K} of them are alike "
            "in area, birth month and languages, however coarsely these are told. "
            "No file is written."
        )


@dataclass(frozen=True, kw_only=True)
class Row:
    """One family: what somebody may know from elsewhere, and what happened in the programme."""

    area: str
    born: str  # 2026-03, 2026-Q1, 2026-H1, 2026: the youngest child
    languages: str  # such as "ar so"
    parents: str  # how many read in the chat
    visits: int  # of the six, done
    other_parent: int | str  # of those: the other parent took part
    both_staff: int  # nurse and parent supporter came together
    interpreter: int | str
    guided_on: int  # at so many visits the family was shown the way to something open to all
    first_in_time: bool | None  # within fourteen days; None: not known

    @property
    def known(self) -> tuple[str, ...]:
        """What may be known of the family from elsewhere: the quasi-identifiers.

        Who lives next door sees whether there is another parent and whether an interpreter comes,
        though not how often.
        """
        seen = (_ever(self.other_parent), _ever(self.interpreter))
        return self.area, self.born, self.languages, self.parents, *seen


def _ever(count: int | str) -> str:
    return ANY if count == ANY else "yes" if count else "no"


@dataclass(frozen=True)
class Levels:
    """How coarsely each of them is told, in the order of `Row.known`; nought is finest."""

    area: int = 0
    born: int = 0
    languages: int = 0
    parents: int = 0
    other_parent: int = 0
    interpreter: int = 0

    def coarser(self, rows: Sequence[Row]) -> "Levels | None":
        """One step coarser where values differ most, or None at the end."""
        names = tuple(Levels.__dataclass_fields__)
        open_ = [name for name in names if getattr(self, name) < _TOPS.get(name, 1)]
        if not open_:
            return None
        values = zip(*(coarse(row, self).known for row in rows), strict=True)
        many = {name: len(set(found)) for name, found in zip(names, values, strict=False)}
        widest = max(open_, key=lambda name: many.get(name, 0))
        return replace(self, **{widest: getattr(self, widest) + 1})


@dataclass(frozen=True)
class Export:
    """What may be written, and how many rows are not in it so that nobody stands alone."""

    rows: tuple[Row, ...]
    left_out: int


def month_of(day: date) -> str:
    """A date as its month: no day ever leaves."""
    return f"{day:%Y-%m}"


def coarse(row: Row, levels: Levels) -> Row:
    """The row, told as coarsely as that."""
    return replace(
        row,
        area=ANY if levels.area else row.area,
        born=_time(row.born, levels.born),
        languages=_languages(row.languages, levels.languages),
        parents=ANY if levels.parents else row.parents,
        other_parent=ANY if levels.other_parent else row.other_parent,
        interpreter=ANY if levels.interpreter else row.interpreter,
    )


def _time(month: str, level: int) -> str:
    year, number = month.split("-")
    first = int(number) - 1
    return (month, f"{year}-Q{first // 3 + 1}", f"{year}-H{first // 6 + 1}", year, ANY)[level]


def _languages(codes: str, level: int) -> str:
    several = "several" if " " in codes else codes
    return (codes, several, ANY)[level]


def anonymous(rows: Iterable[Row], k: int = K) -> Export:
    """Rows of which at least `k` are alike each; raises NotAnonymous."""
    known = list(rows)
    levels: Levels | None = Levels()
    while levels is not None:
        told = [coarse(row, levels) for row in known]
        alike = Counter(row.known for row in told)
        kept = [row for row in told if alike[row.known] >= k]
        if kept and (len(known) - len(kept)) * _FEW <= len(known):
            return _checked(known, kept, k)
        levels = levels.coarser(known)
    raise NotAnonymous(len(known))


def _checked(known: Sequence[Row], kept: Sequence[Row], k: int) -> Export:
    """Looked at once more, whatever came before: this is the last gate."""
    if not is_anonymous(kept, k):
        raise NotAnonymous(len(known))
    # In the order of their values: where a row stands tells nothing of when a family came.
    return Export(tuple(sorted(kept, key=_in_order)), len(known) - len(kept))


def _in_order(row: Row) -> tuple[object, ...]:
    return (*row.known, row.visits, row.other_parent, row.both_staff, row.interpreter,
            row.guided_on, str(row.first_in_time))  # fmt: skip


def is_anonymous(rows: Iterable[Row], k: int = K) -> bool:
    """Whether at least `k` rows have in common whatever may be known from elsewhere."""
    return all(count >= k for count in Counter(row.known for row in rows).values())


def table(rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    """The rows as they are written, with their names first."""
    names = tuple(Row.__dataclass_fields__)
    yield names
    for row in rows:
        yield tuple("" if value is None else value for value in _values(row, names))


def _values(row: Row, names: Sequence[str]) -> Iterator[object]:
    for name in names:
        value = getattr(row, name)
        yield int(value) if isinstance(value, bool) else value
