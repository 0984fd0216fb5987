"""Paper for those who have no chat, made beside the act: it takes a while (mission B3, B13)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from types import ModuleType

from messaging.i18n import Languages, Tongue
from messaging.keyboards import File
from programme.errors import FamilyRests, NoSuchFamily, NothingToOffer
from programme.kinds import Rules
from programme.people import Why
from programme.series import StepState, series
from services.guide import pages_now
from storage import families
from storage.database import Tx

_OVER = (StepState.DONE, StepState.DECLINED)


async def invitations(languages: Languages, link: str) -> tuple[File, File]:
    """A poster with every language, A4; and cards, a page for each language, A6."""

    def made() -> tuple[File, File]:
        cards = _cards()
        poster, card = cards.poster(languages, link), cards.card(tuple(languages), link)
        return cards.as_file("a4", poster), cards.as_file("a6", card)

    return await asyncio.to_thread(made)


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
    pages = await pages_now(t, tx)
    return await asyncio.to_thread(lambda: _cards().as_file("guide", _cards().booklet(t, pages)))


def _cards() -> ModuleType:
    from messaging import cards  # noqa: PLC0415 - its library, only for who wants paper

    return cards
