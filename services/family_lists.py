"""A list of families, registered as a whole or not at all (mission J5). No name, no number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.errors import AreaNotOpen, Broken, UnknownArea
from programme.kinds import Rules
from services import enrolment, lists
from services.lists import Column, Fault, Row
from storage import areas, families, overviews
from storage.database import Tx

LONGEST_LABEL = 40
COLUMNS = (
    Column("area", ("area", "område"), True, "Hjällbo"),
    Column("born", ("born", "född", "födelsedatum"), False, "2026-10-31"),
    Column("due", ("due", "beräknad", "bf", "beräknat datum"), False, ""),
    Column("label", ("label", "etikett", "benämning"), False, "röda dörren"),
    Column("spoken", ("interpreter", "tolk", "tolkspråk", "language", "språk"), False, "so"),
    Column("protected", ("protected", "skyddad", "skyddade uppgifter"), False, ""),
)


@dataclass(frozen=True)
class Entry:
    """One family out of the list."""

    row: Row
    area: str
    born: date | None
    due: date | None
    label: str | None
    spoken: str | None
    protected: bool


@dataclass(frozen=True)
class New:
    """A family that was registered: its row, number, and the code of its link, if wanted."""

    row: int
    family_id: int
    code: str | None


@dataclass(frozen=True)
class Taken:
    """What became of the list: faults and nothing else, or the new families."""

    faults: tuple[Fault, ...] = ()
    new: tuple[New, ...] = ()


async def take(
    tx: Tx,
    content: bytes,
    spoken: dict[str, str],
    now: datetime,
    rules: Rules,
    with_links: bool = False,
) -> Taken:
    """Register the list; with any fault nothing of it. `spoken`: languages by what people call
    them. Raises BadList for a file that cannot be read."""
    entries = [_read(row, spoken) for row in lists.read(content, COLUMNS)]
    await _compare(tx, entries)
    new = []
    for each in entries:
        if not each.row.faults:
            new += await _register(tx, each, now, rules, with_links)
    faults = tuple(fault for each in entries for fault in each.row.faults)
    return Taken(faults=faults) if faults else Taken(new=tuple(new))


def _read(row: Row, spoken: dict[str, str]) -> Entry:
    born, due = lists.day(row, "born"), lists.day(row, "due")
    if not row.text("born") and not row.text("due"):
        row.wrong("born", "the birth date or the due date is needed")
    if not row.text("area"):
        row.wrong("area", "is needed")
    label = row.text("label") or None
    if label and len(label) > LONGEST_LABEL:  # it is not repeated: it may say who they are
        row.wrong("label", f"longer than {LONGEST_LABEL} signs")
    protected = lists.yes_or_no(row, "protected") or False
    return Entry(row, row.text("area"), born, due, label, _language(row, spoken), protected)


def _language(row: Row, spoken: dict[str, str]) -> str | None:
    text = row.text("spoken")
    if not text:
        return None
    found = spoken.get(text.casefold())
    if found is None:
        codes = ", ".join(sorted(set(spoken.values())))
        row.wrong("spoken", f"{text[:40]!r} is no language we know. Codes: {codes}")
    return found


async def _compare(tx: Tx, entries: Sequence[Entry]) -> None:
    """Note families that are there already, or twice in the list."""
    seen: dict[tuple[object, ...], int] = {}
    there = await _known(tx)
    for each in entries:
        key = (each.area, each.born, each.due, each.label)
        if key in seen:
            each.row.wrong("label", f"the same as row {seen[key]}. Give each its own label")
        elif key in there:
            each.row.wrong("label", f"is there already: family {there[key]}")
        seen.setdefault(key, each.row.number)


async def _known(tx: Tx) -> dict[tuple[object, ...], int]:
    """The families that are there, by what the list says of one."""
    found: dict[tuple[object, ...], int] = {}
    for area in await areas.listed(tx):
        names = {each.family_id: each.label for each in await overviews.of_area(tx, area.id)}
        for family in await families.load(tx, list(names)):
            for child in family.children:
                found[area.name, child.born, child.due, names[family.id]] = family.id
    return found


async def _register(
    tx: Tx, each: Entry, now: datetime, rules: Rules, with_links: bool
) -> list[New]:
    """One family; what is wrong with its dates or area is noted."""
    try:
        family_id = await enrolment.register(
            tx, each.area, each.born, each.due, each.label, now, rules.zone, each.spoken
        )
    except Broken as broken:
        where = "area" if isinstance(broken, UnknownArea | AreaNotOpen) else "born"
        each.row.wrong(where, str(broken))
        return []
    code = None
    if each.protected:
        await families.set_family(tx, family_id, protected=True)
    elif with_links:
        code = await enrolment.new_link(tx, family_id, now)
    return [New(each.row.number, family_id, code)]
