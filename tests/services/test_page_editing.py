"""Two who write one page at once, on both databases: nobody's words are lost (mission F4)."""

import asyncio
from datetime import timedelta

import pytest

from services import page_editing
from services.access import colleague_of
from services.place_editing import Outcome
from storage import editions
from tests.services.test_desks import DAY, LEYLA_CHAT, SAMI_CHAT, office

__all__ = ["office"]

FOUR = ("sv", "ar", "so", "en")
FIRST = dict.fromkeys(FOUR, "as the file says")


async def write(db, chat, language, text):
    async with db.write() as tx:
        who = await colleague_of(tx, chat)
        await page_editing.write(tx, who, "teeth", language, text, FIRST, DAY)


async def draft(db):
    async with db.read() as tx:
        return await page_editing.view(tx, await colleague_of(tx, SAMI_CHAT), "teeth")


@pytest.mark.parametrize("begun", [True, False], ids=["begun", "not begun"])
async def test_two_who_write_two_languages_at_once_both_have_their_words_in_it(db, office, begun):
    if begun:
        await write(db, LEYLA_CHAT, "en", None)
    for turn in range(5):
        await asyncio.gather(
            write(db, LEYLA_CHAT, "ar", f"ar {turn}"), write(db, SAMI_CHAT, "so", f"so {turn}")
        )
        texts = (await draft(db)).draft.texts
        assert (texts["ar"], texts["so"]) == (f"ar {turn}", f"so {turn}")


async def test_who_writes_while_it_is_published_writes_the_next_version(db, office):
    for code in FOUR:
        await write(db, LEYLA_CHAT, code, "new")
    async with db.write() as tx:
        leyla, sami = await colleague_of(tx, LEYLA_CHAT), await colleague_of(tx, SAMI_CHAT)
        assert await page_editing.send(tx, leyla, "teeth", FOUR) is Outcome.DONE
    seen = (await draft(db)).mark

    async def publish():
        async with db.write() as tx:
            later = DAY + timedelta(minutes=1)
            return await page_editing.publish(tx, sami, "teeth", seen, FOUR, later)

    await asyncio.gather(publish(), write(db, LEYLA_CHAT, "ar", "newer"))
    assert (await draft(db)).draft.texts["ar"] == "newer"
    async with db.read() as tx:
        stands = [each.body for each in await editions.published(tx, editions.What.PAGE, "teeth")]
    assert not any("newer" in body for body in stands)
