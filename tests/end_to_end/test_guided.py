"""The guided demo and its scenes in a browser, as a manager meets them."""

import re

import pypdfium2
import pytest
from playwright.async_api import Page, expect

from messaging.isolates import unmarked
from tests.browser import barriers
from tests.end_to_end import scenes
from tests.end_to_end.reading import language_of
from tests.end_to_end.test_demo import Demo, demo_at
from tests.end_to_end.test_demo import chromium as chromium  # noqa: PLC0414 - a fixture
from tests.end_to_end.test_demo import page as page  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.slow

SUNDAY_NIGHT = "2026-11-22T23:40:00+01:00"  # whenever somebody looks at it


async def click(page: Page, number: int) -> None:
    """The one big button, and what it came to."""
    button = page.locator("#guide .told .primary")
    await button.click()
    current = page.locator('#guide [aria-current="step"]')
    if number:
        await expect(current).to_contain_text(str(number), timeout=scenes.STORY)
    else:
        await expect(button).to_contain_text("1.", timeout=scenes.STORY)
    await expect(page.locator("#controls button").first).to_be_enabled(timeout=scenes.STORY)


async def newest(demo: Demo, name: str, back: int = 1) -> str:
    return (await demo.said())[name][-back]["text"]


async def besides(page: Page) -> str:
    shown = await page.locator("#guide .besides").inner_text()
    return re.sub(r"\s+", " ", unmarked(shown))


async def reminder(demo: Demo, page: Page) -> None:
    assert language_of(await newest(demo, "Amina", 2)) == "so"
    assert language_of(await newest(demo, "Yusuf")) == "ar"
    assert len((await demo.said())["Amina"][-1]["buttons"]) == 3


async def one_tap(demo: Demo, page: Page) -> None:
    shown = await besides(page)
    for name in ("Anna", "Bo"):
        before = f"{name} onsdag 13 januari 08:30 Lotsen: besök 1 av 6"
        there = rf"{before} torsdag 14 januari \d\d:\d\d Lotsen: besök"
        assert re.search(there, shown)


async def ill(demo: Demo, page: Page) -> None:
    assert (await besides(page)).count("Inställt:") == 2
    [line] = (await demo.get("/panel/behind?family=1"))["family"]["lines"]
    assert [each["at"] for each in line["visits"]] == [None] * 6  # called off: no time holds
    for name, language in (("Amina", "so"), ("Yusuf", "ar")):
        offered = (await demo.said())[name][-1]
        assert language_of(offered["text"]) == language
        assert len(offered["buttons"]) == 3


async def loss(demo: Demo, page: Page) -> None:
    shown = await besides(page)
    assert shown.count("på sju dagar 0") == 2
    assert re.search(r"före [1-9]\d* … och efter 0", shown)
    assert "kontakta inte via Lotsen" in await newest(demo, "Bo")


async def bytes_seen(demo: Demo, page: Page) -> None:
    shown = await besides(page)
    rows = re.findall(r"(\d+) av (\d+)", shown)
    assert [found for found, _ in rows[:3]] == ["0"] * 3
    assert int(rows[3][0]) >= 1  # a word that is there, to be seen only once the body is decoded
    journal = await demo.get("/control/journal?method=sendMessage")
    assert any(call["body"] in shown for call in journal["calls"])


async def figures(_demo: Demo, page: Page) -> None:
    shown = await besides(page)
    told = r" 2 227 .* 564 .* 62 % .* 180 .* 83 % \(65–98 %\)$"
    assert re.search(told, shown), shown


async def january(demo: Demo, page: Page) -> None:
    blocks = [message["text"] for message in (await demo.said())["Carla"]]
    counted = [re.search(r"(\d+)\W+av\W+600\W", block) for block in blocks]
    assert sum(bool(found) and int(found[1]) <= 600 for found in counted) >= 5
    link = await page.get_by_role("link", name="Sidan att ta med").get_attribute("href")
    async with demo.session.get(f"{demo.url}{link}") as got:
        assert len(pypdfium2.PdfDocument(await got.read())) == 1


async def a_click_that_fails(demo: Demo, page: Page) -> None:
    """Somebody has played with Amina's phone: her reminder cannot come."""
    amina = (await demo.phones())["Amina"]
    async with demo.session.post(f"{demo.url}/control/phones/{amina}/block", json={}) as done:
        assert done.status == 200
    await page.locator("#guide .told .primary").click()
    told = page.locator("#guide .told")
    await expect(told).to_contain_text("Tryck på det en gång till", timeout=scenes.STORY)
    await expect(page.locator('#guide [aria-current="step"]')).to_have_count(0)


DRAWN = (bytes_seen, january)  # where the guide, the time line and the panel show most kinds
CHECKS = (reminder, one_tap, ill, loss, bytes_seen, figures, january)


async def test_seven_clicks_and_six_scenes_each_tell_their_story_and_begin_anew(tmp_path, page):
    async with demo_at(tmp_path, SUNDAY_NIGHT) as demo:
        await demo.show(page, f"/?size={scenes.CROWD}")
        await click(page, 0)
        await expect(page.get_by_role("region", name="Amina's phone")).to_be_visible()
        await page.get_by_role("button", name="Varför kom det?").click()
        for number, check in enumerate(CHECKS, start=1):
            await click(page, number)
            await check(demo, page)
            if check in DRAWN:
                for scheme in ("light", "dark"):
                    await page.emulate_media(color_scheme=scheme)
                    assert await barriers(page) == []

        await scenes.each(demo, page)  # one browser and one demo for all: CI's time is short

        await click(page, 0)
        await a_click_that_fails(demo, page)
        await click(page, 1)
        await reminder(demo, page)
        await demo.post("/panel/guide/7", status=409)
