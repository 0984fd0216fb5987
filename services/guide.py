"""The pages of the guide as they stand: what staff have published is in the place of the files."""

from messaging.guide import Page, rewritten
from messaging.i18n import Tongue
from services import page_editing
from storage.database import Tx


async def pages_now(t: Tongue, tx: Tx) -> list[Page]:
    """Every page in that language."""
    stands = await page_editing.standing(tx)
    return [_now(page, stands.get(page.code), t) for page in t.pages]


def _now(page: Page, stands: page_editing.Stands | None, t: Tongue) -> Page:
    if stands is None or t.code not in stands.texts:
        return page
    return rewritten(page, stands.texts[t.code], stands.on, t.rtl)
