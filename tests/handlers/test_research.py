"""Research, for a parent: found under My data, off until they press, taken back in one tap."""

import pytest

from services import loss
from tests.cast import RULES
from tests.handlers.home import FOUR, a_parent, data, the_other_parent
from tests.handlers.wording import faults, too_long


async def since(lotsen, phone):
    [row] = await lotsen.rows("guardian", chat_id=phone.id)
    return row.research_since


async def test_a_yes_is_a_parents_own_and_stands_in_my_data(lotsen):
    phone, family = await a_parent(lotsen)
    other = await the_other_parent(lotsen, family)
    await phone.write("/mydata")
    [page] = await phone.tap("Research")
    assert "voluntary" in page.text
    assert "yes from each parent" in page.text
    assert await since(lotsen, phone) is None
    await phone.tap("Yes, they may")
    assert await since(lotsen, phone) == lotsen.clock.now()
    assert await since(lotsen, other) is None
    shown = await phone.write("/mydata")
    assert "You said yes to research on" in shown[0].text
    assert b"research_since" in shown[-1].file
    others = await other.write("/mydata")
    assert lotsen.clock.now().isoformat()[:10] not in others[0].text.split("research")[-1]
    [page] = await other.press("rs")
    assert data(page)[0] == "rw:1"  # nothing tells what the first parent said
    await phone.tap("Research")
    [done] = await phone.tap("No longer")
    assert done.text.startswith("Done.")
    assert await since(lotsen, phone) is None


async def test_after_a_loss_nobody_is_asked(lotsen):
    phone, family = await a_parent(lotsen)
    async with lotsen.db.write() as tx:
        await loss.begin(tx, family, None, lotsen.clock.now(), RULES)
    shown = await phone.write("/mydata")
    assert "rs" not in [sent for each in shown for sent in data(each)]
    for pressed in ("rs", "rw:1"):
        [said] = await phone.press(pressed)
        assert "esearch" not in said.text
    assert await since(lotsen, phone) is None


@pytest.mark.parametrize("code", FOUR)
async def test_the_page_is_plain_and_in_the_parents_language(lotsen, languages, code):
    phone, family = await a_parent(lotsen, code)
    await the_other_parent(lotsen, family)
    seen = await phone.press("rs") + await phone.press("rw:1")
    seen += await phone.press("rs") + await phone.press("rw:0")
    assert faults(seen, languages.get(code), languages) == []
    assert too_long(seen) == []
