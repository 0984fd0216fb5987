"""A parent looks at what is coming to them, and skips what they do not want (mission C6)."""

from datetime import datetime

from programme import coming
from programme.coming import Entry, Mark
from programme.errors import NotYours
from programme.kinds import Rules
from programme.people import Family, Guardian
from services.access import Reader, family_of
from services.planning import catch_up
from storage import items
from storage.database import Tx


async def entries(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> list[Entry]:
    """The reader's own coming visits and messages, in order of time."""
    family, guardian = await _who(tx, reader)
    return coming.entries(family, guardian, now, rules)


async def skip(tx: Tx, reader: Reader, name: Mark, on: bool, now: datetime, rules: Rules) -> Entry:
    """Not this message, or this message after all; raises NotYours for what is not coming."""
    family, guardian = await _who(tx, reader)
    letters = coming.chosen(family, guardian, name, now, rules)
    if not letters:
        raise NotYours
    for letter in letters:
        if on:
            await items.skip(tx, letter)
        else:
            await items.unskip(tx, letter.key, guardian.id)
    since = None if on else min(now, letters[0].due_at)
    await catch_up(tx, family.id, now, rules, since=since)
    return Entry(max(letters[0].at, now), letter=letters[0], skipped=on)


async def _who(tx: Tx, reader: Reader) -> tuple[Family, Guardian]:
    """The reader's family and the reader as a part of it."""
    family = await family_of(tx, reader)
    guardian = family.guardian(reader.guardian.id)
    if guardian is None:
        raise NotYours
    return family, guardian
