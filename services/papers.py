"""Paper for those who have no chat (mission B3, B13).

Making it takes up to a second: a press makes it before its act, so that nobody waits.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from types import ModuleType
from zoneinfo import ZoneInfo

from messaging import slips
from messaging.i18n import Languages, Tongue
from messaging.keyboards import File, FileKind
from programme.errors import FamilyRests, NoSuchFamily, NothingToOffer
from programme.kinds import Rules
from programme.letters import DayBefore
from programme.people import Why
from programme.series import StepState, series
from services.counting_first import counted
from services.guide import pages_now
from storage import families
from storage.database import Tx

_OVER = (StepState.DONE, StepState.DECLINED)


async def poster(languages: Languages, link: str) -> bytes:
    """An invitation with every language, to hang up: PDF, A4."""
    return bytes(await asyncio.to_thread(lambda: _cards().poster(languages, link)))


async def invitations(tx: Tx, languages: Languages, link: str) -> tuple[File, File]:
    """The poster, and cards with a page for each language."""

    async def make(_tx: Tx) -> tuple[File, File]:
        hung, handed = await poster(languages, link), await card(tuple(languages), link)
        return _file("a4", hung), _file("a6", handed)

    return await counted(tx, ("poster", link), make)


async def card(tongues: Sequence[Tongue], link: str) -> bytes:
    """The invitation of one family to hand over, a page for each language: PDF, A6."""
    return bytes(await asyncio.to_thread(lambda: _cards().card(tongues, link)))


async def letter(tx: Tx, t: Tongue, family_id: int, now: datetime, rules: Rules) -> bytes:
    """To a family that cannot be reached, about its next visit: PDF, A4.

    Raises NoSuchFamily, FamilyRests, NothingToOffer.
    """
    if not await families.exists(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    if family.resting(Why.LOSS, now):
        raise FamilyRests
    left = (
        []
        if family.visits_ended_at
        else [each.visit for each in series(family, now, rules) if each.state not in _OVER]
    )
    if not left:
        raise NothingToOffer(family_id)
    return bytes(await asyncio.to_thread(lambda: _cards().letter(t, left[0])))


async def booklet(tx: Tx, t: Tongue) -> File:
    """The whole guide as it stands now: PDF, A4."""

    async def make(reading: Tx) -> File:
        pages = await pages_now(t, reading)
        content = await asyncio.to_thread(lambda: _cards().booklet(t, pages))
        return _file("guide", content)

    return await counted(tx, ("guide", t.code), make)


async def slip(tx: Tx, t: Tongue, letter: DayBefore, zone: ZoneInfo) -> File:
    """A booked visit on paper, in the family's language: PDF, A5."""

    async def make(_tx: Tx) -> File:
        return _file("visit", await asyncio.to_thread(slips.sheet, letter, t, zone))

    return await counted(tx, ("slip", t.code, letter.key), make)


def _file(name: str, content: bytes) -> File:
    return File(FileKind.DOCUMENT, f"lotsen-{name}.pdf", content)  # tells nothing (mission C10)


def _cards() -> ModuleType:
    from messaging import cards  # noqa: PLC0415 - its library, only for who wants paper

    return cards
