"""A list of places, read and taken in as a whole or not at all (mission J5)."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from programme.places import (
    MIDNIGHT,
    WEEK,
    Change,
    Hours,
    InHouse,
    Point,
    Venue,
    VenueKind,
    week_faults,
)
from services import lists
from services.lists import Column, Fault, Row
from storage import areas, editions, places
from storage.database import Tx
from storage.editions import What

LONGEST_NAME, LONGEST_WAY = 60, 90
_DAYS = (
    ("monday", "måndag", "mån", "mon"),
    ("tuesday", "tisdag", "tis", "tue"),
    ("wednesday", "onsdag", "ons", "wed"),
    ("thursday", "torsdag", "tors", "tor", "thu"),
    ("friday", "fredag", "fre", "fri"),
    ("saturday", "lördag", "lör", "sat"),
    ("sunday", "söndag", "sön", "sun"),
)
_KINDS = {
    VenueKind.OPEN_PRESCHOOL: ("open preschool", "öppen förskola"),
    VenueKind.FAMILY_CENTRE: ("family centre", "family center", "familjecentral"),
    VenueKind.HEALTH_CENTRE: ("bvc", "health centre", "barnavårdscentral"),
    VenueKind.LIBRARY: ("library", "bibliotek"),
    VenueKind.DENTAL: ("dental", "dental clinic", "tandvård", "folktandvården"),
}
_IN_HOUSE = {
    InHouse.MIDWIFE: ("midwife", "barnmorska"),
    InHouse.BVC: ("bvc", "barnavårdscentral"),
    InHouse.OPEN_PRESCHOOL: ("open preschool", "öppen förskola"),
    InHouse.SOCIAL_WORKER: ("social worker", "socionom"),
    InHouse.DOCTOR: ("doctor", "läkare"),
    InHouse.LIBRARIAN: ("librarian", "bibliotekarie"),
    InHouse.PSYCHOLOGIST: ("psychologist", "psykolog"),
    InHouse.DENTAL: ("dental", "dental care", "tandvård"),
}
_CLOSED = {"closed", "stängt", "-", "–"}
_LATER = {"later", "senare"}
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?")
_DATES = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:to|till|–|--)\s*(\d{4}-\d{2}-\d{2}))?")


def columns(languages: Sequence[str]) -> list[Column]:
    """The columns of the list; how to find it has one for each language."""
    return [
        Column("name", ("name", "namn", "plats", "place"), True, "Familjecentral Exempel"),
        Column("kind", ("kind", "typ", "sort"), True, "familjecentral"),
        Column("areas", ("area", "område", "areas", "områden"), False, "Hjällbo"),
        Column("in_house", ("in the house", "i huset", "finns"), False, "barnmorska, bvc"),
        Column("drop_in", ("drop in", "utan anmälan", "dropin"), False, "ja"),
        *(
            Column(names[0], names, False, "9-12, 13-15" if n < 1 else "")
            for n, names in enumerate(_DAYS)
        ),
        Column(
            "closed", ("closed", "stängt", "stängda dagar"), False, "2026-12-24 till 2026-12-26"
        ),
        Column("opens_on", ("opens", "öppnar"), False, ""),
        Column("latitude", ("latitude", "latitud", "lat"), False, ""),
        Column("longitude", ("longitude", "longitud", "lon", "long"), False, ""),
        Column("checked_on", ("checked", "kontrollerad", "kontrollerat"), False, "2026-11-01"),
        *(Column(f"way {code}", (f"way {code}", f"väg {code}"), False, "") for code in languages),
    ]


@dataclass(frozen=True)
class Read:
    """A place out of the list: what it says, and in which areas, by name."""

    row: Row
    venue: Venue
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """What became of the list: faults and nothing else, or how many are new and changed."""

    faults: tuple[Fault, ...] = ()
    new: int = 0
    changed: int = 0


async def take(
    tx: Tx,
    content: bytes,
    languages: Sequence[str],
    now: datetime,
    today: date,
    update: bool = False,
) -> Taken:
    """Take the list in; with any fault nothing of it. `update`: places that are there get a new
    edition; raises BadList for a file that cannot be read."""
    found = [_read(row, languages, today) for row in lists.read(content, columns(languages))]
    known = {row.name: row.id for row in await areas.listed(tx)}
    there = {(v.name.casefold(), v.kind): v for v in await places.listed(tx)}
    busy = {each.key for each in await editions.all_open(tx, What.PLACE)}
    _compare(found, known, there, busy, update)
    faults = [fault for each in found for fault in each.row.faults]
    if faults:
        return Taken(faults=tuple(faults))
    new = 0
    for each in found:
        new += await _keep(tx, each, known, there, now)
    return Taken(new=new, changed=len(found) - new)


def _compare(
    found: Iterable[Read],
    known: Collection[str],
    there: dict[tuple[str, VenueKind], Venue],
    busy: Collection[str],
    update: bool,
) -> None:
    """Note what does not fit what is there already, or another row."""
    seen: dict[tuple[str, VenueKind], int] = {}
    for each in found:
        for name in each.areas:
            if name not in known:
                all_areas = ", ".join(sorted(known))
                each.row.wrong("areas", f"there is no area {name[:40]!r}. Areas: {all_areas}")
        key = (each.venue.name.casefold(), each.venue.kind)
        if key in seen:
            each.row.wrong("name", f"the same place as in row {seen[key]}")
        seen.setdefault(key, each.row.number)
        if key in there and not update:
            each.row.wrong("name", "is there already. To change it, import with --update")
        elif key in there and str(there[key].id) in busy:
            each.row.wrong("name", "somebody is writing a new version of it in the chat")


async def _keep(
    tx: Tx,
    each: Read,
    known: dict[str, int],
    there: dict[tuple[str, VenueKind], Venue],
    now: datetime,
) -> bool:
    """Write one place; whether it is new."""
    before = there.get((each.venue.name.casefold(), each.venue.kind))
    in_areas = [known[name] for name in each.areas]
    if before is None:
        number = await places.add(tx, in_areas, each.venue.checked_on)
    else:
        number = before.id
        if "areas" in each.row.headings:
            await places.set_areas(tx, number, in_areas)
        if each.venue.checked_on:
            await places.check(tx, number, each.venue.checked_on, None)
    venue = _merged(each, before)
    await places.stand(tx, replace(venue, id=number), now)
    return before is None


# Which column says which part of a place: what has no column in the list stays as it is.
_PARTS = {
    "in_house": ("in_house",),
    "drop_in": ("drop_in",),
    "week": tuple(names[0] for names in _DAYS),
    "changes": ("closed",),
    "later": ("opens_on",),
    "opens_on": ("opens_on",),
    "point": ("latitude", "longitude"),
}


def _merged(each: Read, before: Venue | None) -> Venue:
    if before is None:
        return each.venue
    there = each.row.headings
    kept = {
        part: getattr(before, part)
        for part, keys in _PARTS.items()
        if not any(key in there for key in keys)
    }
    if not any(key.startswith("way ") for key in there):
        kept["way"] = before.way
    return replace(each.venue, **kept)


def _read(row: Row, languages: Sequence[str], today: date) -> Read:
    name = row.text("name")
    if not name or len(name) > LONGEST_NAME:
        row.wrong("name", f"a name of at most {LONGEST_NAME} signs is needed")
    checked_on = lists.day(row, "checked_on")
    if checked_on and checked_on > today:
        row.wrong("checked_on", f"{checked_on} is after today")
    later, opens_on = _opening(row)
    venue = Venue(
        name=name,
        kind=_kind(row),
        in_house=_in_house(row),
        drop_in=lists.yes_or_no(row, "drop_in"),
        week=_week(row),
        changes=_closed(row),
        later=later,
        opens_on=opens_on,
        point=_point(row),
        way=_way(row, languages),
        checked_on=checked_on,
    )
    theirs = [each.strip() for each in re.split(r"[/|,]", row.text("areas")) if each.strip()]
    return Read(row, venue, tuple(dict.fromkeys(theirs)))


def _kind(row: Row) -> VenueKind:
    text = row.text("kind").casefold()
    found = next((kind for kind, names in _KINDS.items() if text in {kind, *names}), None)
    if found is None:
        kinds = ", ".join(names[-1] for names in _KINDS.values())
        row.wrong("kind", f"{row.text('kind')[:40]!r} is no kind of place. Kinds: {kinds}")
    return found or VenueKind.LIBRARY


def _in_house(row: Row) -> tuple[InHouse, ...]:
    found = set()
    for word in filter(None, (each.strip() for each in re.split(r"[,/|]", row.text("in_house")))):
        meant = [w for w, names in _IN_HOUSE.items() if word.casefold() in {w, *names}]
        found |= set(meant)
        if not meant:
            words = ", ".join(names[-1] for names in _IN_HOUSE.values())
            row.wrong("in_house", f"{word[:40]!r} is not known. Words: {words}")
    return tuple(each for each in InHouse if each in found)


def _week(row: Row) -> tuple[tuple[Hours, ...], ...]:
    """The week; if no day says anything nobody has said the hours, else an empty day is closed."""
    keys = [names[0] for names in _DAYS]
    if not any(row.text(key) for key in keys):
        return ()
    week = tuple(_hours(row, key) for key in keys)
    for n in week_faults(week):
        row.wrong(keys[n], f"{row.text(keys[n])[:40]!r} runs backwards or lies over itself")
    return week if len(week) == WEEK else ()


def _hours(row: Row, key: str) -> tuple[Hours, ...]:
    text = row.text(key)
    if not text or text.casefold() in _CLOSED:
        return ()
    found = []
    for part in re.split(r"\s*(?:,|;|\boch\b|\band\b|&)\s*", text):
        match = _SPAN.fullmatch(part)
        span = _span(match) if match else None
        if span is None:
            row.wrong(key, f"{text[:40]!r} is no time. Write it as 9-12, 13-15:30")
            return ()
        found.append(span)
    return tuple(sorted(found))


def _span(match: re.Match[str]) -> Hours | None:
    hour, minute, last, end = (int(each or 0) for each in match.groups())
    opens, closes = hour * 60 + minute, last * 60 + end
    fits = max(minute, end) < 60 and max(opens, closes) <= MIDNIGHT  # noqa: PLR2004 - minutes
    return Hours(opens, closes) if fits else None


def _closed(row: Row) -> tuple[Change, ...]:
    found = []
    for part in filter(None, (each.strip() for each in row.text("closed").split(","))):
        days = _first_and_last(part)
        if days is None:
            row.wrong("closed", f"{part[:40]!r}: write 2026-12-24, or 2026-12-24 till 2026-12-26")
        elif days[1] < days[0]:
            row.wrong("closed", f"{part[:40]!r} runs backwards")
        else:
            found.append(Change(*days))
    return tuple(found)


def _first_and_last(text: str) -> tuple[date, date] | None:
    match = _DATES.fullmatch(text)
    try:
        first = date.fromisoformat(match[1]) if match else None
        last = date.fromisoformat(match[2]) if match and match[2] else first
    except ValueError:
        return None
    return (first, last) if first and last else None


def _opening(row: Row) -> tuple[bool, date | None]:
    if row.text("opens_on").casefold() in _LATER:
        return True, None
    opens_on = lists.day(row, "opens_on")
    return opens_on is not None, opens_on


def _point(row: Row) -> Point | None:
    north, east = (_degrees(row, key, most) for key, most in (("latitude", 90), ("longitude", 180)))
    if north is not None and east is not None:
        return Point(north, east)
    if bool(row.text("latitude")) != bool(row.text("longitude")):
        row.wrong("latitude", "latitude and longitude belong together")
    return None


def _degrees(row: Row, key: str, most: int) -> float | None:
    text = row.text(key)
    if not text:
        return None
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{1,12})?", text):
        number = float(text.replace(",", "."))
        if abs(number) <= most:
            return number
    row.wrong(key, f"{text[:40]!r} is no position. Write it as 57.7735")
    return None


def _way(row: Row, languages: Sequence[str]) -> dict[str, str]:
    found = {code: row.text(f"way {code}") for code in languages if row.text(f"way {code}")}
    for code, text in found.items():
        if len(text) > LONGEST_WAY:
            row.wrong(f"way {code}", f"longer than {LONGEST_WAY} signs")
    if found and len(found) < len(languages):
        lacking = ", ".join(code for code in languages if code not in found)
        row.wrong(f"way {next(iter(found))}", f"is missing in: {lacking}")
    return found
