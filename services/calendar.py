"""Calendars: files for parents and staff, and the private calendar that staff subscribe to."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from messaging import calendar_files
from messaging.i18n import Languages, Tongue
from messaging.keyboards import File
from programme import appointments
from programme.appointments import KEPT, Appointment
from programme.letters import Letter
from programme.people import Family
from services.access import Colleague, Reader, family_of
from storage import calendars, families, staff
from storage.calendars import Settled
from storage.database import Database, Tx
from storage.outbox import Waiting

__all__ = ["Enclosed", "Feed", "Settled"]


@dataclass(frozen=True)
class Enclosed:
    """What a letter carries for a calendar, and the key that names it there."""

    appointments: Sequence[Appointment]
    key: bytes

    def file(self, t: Tongue, now: datetime) -> File:
        """As a file for a phone."""
        return calendar_files.file_of(self.appointments, t, self.key, now)


@dataclass(frozen=True)
class Feed:
    """A private calendar as it is now."""

    content: bytes
    changed_at: datetime | None

    @property
    def tag(self) -> str:
        """The same as long as the content is."""
        return hashlib.sha256(self.content).hexdigest()[:32]


async def begin_files(tx: Tx, reader: Reader, t: Tongue, now: datetime) -> File | None:
    """This parent's coming visits as a file, and one with each change; None: nothing is booked."""
    await families.set_guardian(tx, reader.guardian.id, calendar=True)
    family = await family_of(tx, reader)
    found = appointments.of_parent(family, reader.guardian, now)
    return await _file(tx, found, t, now)


async def end_files(tx: Tx, reader: Reader) -> None:
    """No more files to this parent."""
    await families.set_guardian(tx, reader.guardian.id, calendar=False)


async def own_changes(tx: Tx, reader: Reader, t: Tongue, now: datetime) -> File | None:
    """What this parent has just changed, as a file if they want files: no letter tells them."""
    if not reader.guardian.calendar:
        return None
    ids = await calendars.changed_by(tx, reader.family_id, reader.guardian.id, now)
    [family] = await families.load(tx, [reader.family_id])
    found = [appointments.for_parent(family, each) for each in family.bookings if each.id in ids]
    return await _file(tx, found, t, now)


async def enclosed(
    tx: Tx, family: Family, to: Waiting, letters: Sequence[Letter], now: datetime
) -> Enclosed | None:
    """What these letters carry for the calendar of their reader; None if nothing."""
    if to.staff_id is None:
        found = appointments.changed(family, family.guardian(to.guardian_id), letters)
    elif (await calendars.settled(tx, to.staff_id)).files:
        found = appointments.changed_for(family, to.staff_id, letters, now)
    else:
        return None
    return Enclosed(found, await calendars.key(tx)) if found else None


async def staff_s_changes(tx: Tx, colleague: Colleague, t: Tongue, now: datetime) -> File | None:
    """What this colleague has just changed, as a file if they want files: no news tells them."""
    staff_id = colleague.member.id
    changes = await calendars.changed_by_staff(tx, staff_id, now)
    if not changes or not (await calendars.settled(tx, staff_id)).files:
        return None
    found = [
        appointments.for_member(family, booking, staff_id, now)
        for family in await families.load(tx, sorted({each.family_id for each in changes}))
        for booking in family.bookings
        if booking.id in {each.booking_id for each in changes}
    ]
    return await _file(tx, found, t, now)


async def _file(tx: Tx, found: Sequence[Appointment], t: Tongue, now: datetime) -> File | None:
    return calendar_files.file_of(found, t, await calendars.key(tx), now) if found else None


async def settled(tx: Tx, colleague: Colleague) -> Settled:
    """What a colleague has settled about calendars."""
    return await calendars.settled(tx, colleague.member.id)


async def begin_staff_files(tx: Tx, colleague: Colleague, t: Tongue, now: datetime) -> File | None:
    """A colleague's coming visits as a file, and one with each change; None: nothing is booked."""
    await staff.change(tx, colleague.member.id, calendar=True)
    ids = await calendars.families_of(tx, colleague.member.id, now - KEPT)
    found = appointments.member_coming(await families.load(tx, ids), colleague.member, now)
    return await _file(tx, found, t, now)


async def end_staff_files(tx: Tx, colleague: Colleague) -> None:
    """No more files to this colleague."""
    await staff.change(tx, colleague.member.id, calendar=False)


async def new_feed(tx: Tx, staff_id: int) -> str:
    """The token of a new private calendar; the one before stops at once. It is kept nowhere."""
    token = secrets.token_urlsafe(16)
    await calendars.key(tx)
    await staff.change(tx, staff_id, feed_hash=_hash(token))
    return token


async def end_feed(tx: Tx, staff_id: int) -> None:
    """The private calendar is there no more."""
    await staff.change(tx, staff_id, feed_hash=None)


def address(public_url: str, token: str) -> str:
    """Where a calendar finds it."""
    return f"{public_url.rstrip('/')}/calendar/{token}.ics"


async def feed(db: Database, token: str, languages: Languages, now: datetime) -> Feed | None:
    """The private calendar with that token, in its owner's language; None for any other token."""
    async with db.read() as tx:
        member, key = await calendars.owner(tx, _hash(token)), await calendars.known_key(tx)
        if member is None or key is None:
            return None
        ids = await calendars.families_of(tx, member.id, now - KEPT)
        found = appointments.of_member(await families.load(tx, ids), member.id, now)
    code = member.language if member.language in languages.codes else languages.codes[0]
    content = calendar_files.feed_of(found, languages.get(code), key, now)
    changes = [each.changed_at for each in found if each.changed_at]
    return Feed(content, max(changes, default=None))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
