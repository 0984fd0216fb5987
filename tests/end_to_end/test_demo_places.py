"""A father who reads only Arabic finds the nearest open preschool, on the demo's page."""

import os

import pytest
from playwright.async_api import Locator, expect

from messaging import place_texts
from messaging.i18n import load_languages
from tests.end_to_end.reading import arabic_lines_begin_in_arabic
from tests.end_to_end.test_demo import A_WHILE, MORNING, chromium, demo_at, lay_out, page

pytestmark = pytest.mark.slow
__all__ = ["chromium", "page"]  # fixtures of the demo's tests
AR = load_languages().get("ar")


async def tap(phone: Locator, label: str) -> None:
    await phone.get_by_role("button", name=AR.gettext(label)).last.click()


async def test_a_father_finds_the_nearest_open_preschool_in_arabic(tmp_path, page):
    async with demo_at(tmp_path, MORNING) as demo:
        yusuf = (await lay_out(page, demo))["Yusuf"]
        await yusuf.get_by_label("Message", exact=True).fill("/places")
        await page.keyboard.press("Enter")
        await tap(yusuf, "Near me")
        await tap(yusuf, "Show where I am")
        thanks = place_texts.used_once(AR).text
        await expect(yusuf.locator(".message.theirs").last).to_contain_text(
            "Demo öppna förskolan", timeout=A_WHILE
        )
        assert await yusuf.get_by_role("button", name=AR.gettext("Show where I am")).count() == 0
        if folder := os.environ.get("LOTSEN_PICTURES"):
            await yusuf.screenshot(path=f"{folder}/places-ar.png")
        await tap(yusuf, "Find the way")
        await expect(yusuf.locator(".message.theirs").last).to_contain_text(
            "مكان وهمي", timeout=A_WHILE
        )
        said = [message["text"] for message in (await demo.said())["Yusuf"]]
        assert thanks in said
        card = next(text for text in said if "Demo öppna förskolan" in text)
        assert arabic_lines_begin_in_arabic(card)
        assert "الروضة المفتوحة" in card
