"""The demo's scenes, each by its button in a browser: what must stand on the phones then."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page, expect

from bot.scenes import SCENES
from tests.effort import tries
from tests.end_to_end.reading import language_of
from tests.end_to_end.test_demo import A_WHILE, Demo

CROWD = tries(60, 500)
STORY = 6 * A_WHILE  # a whole story is told meanwhile: on a busy machine that takes a minute
Said = dict[str, list[dict[str, Any]]]


async def first(_demo: Demo, said: Said) -> None:
    reminder, thanks = (message["text"] for message in said["Amina"][-2:])
    assert language_of(reminder) == "so"
    assert "Waxaan is arkaynaa" in thanks
    assert "besök \u20661\u2069" in said["Anna"][-1]["text"].lower()


async def twins(_demo: Demo, said: Said) -> None:
    for name, language in (("Amina", "so"), ("Yusuf", "ar")):
        texts = [message["text"] for message in said[name]]
        assert len(texts) == len(set(texts)) > 4
        assert {language_of(text) for text in texts[2:]} == {language}


async def ill(_demo: Demo, said: Said) -> None:
    assert "Sara" in said["Amina"][-1]["text"]
    assert "ställa in" in said["Maria"][-2]["text"]
    assert len(said["Maria"][-1]["buttons"]) == 3


async def notice(demo: Demo, _said: Said) -> None:
    """Telegram said *slower* six times; each reader has it once, the coordinator besides."""
    async with asyncio.timeout(60):
        while True:
            said = await demo.said()
            if "Det är skickat" in said["Carla"][-1]["text"]:
                break
            await asyncio.sleep(0.3)
    calls = (await demo.get("/control/journal?method=sendMessage"))["calls"]
    assert sum(call["status"] == 429 for call in calls) == 6
    readers = [phone for phone in said if phone != "Carla"]
    assert len(readers) == CROWD
    assert Counter(len(said[name]) for name in readers) == {1: CROWD}


async def outage(demo: Demo, said: Said) -> None:
    assert not any("Waan is arkaynaa" in message["text"] for message in said["Amina"])
    tips = [m["text"] for m in said["Maria"] if m["text"].startswith("Ett tips")]
    assert len(tips) == 1
    promised = (await demo.get("/panel/behind?family=1"))["family"]["promised"]
    reminders = [one for one in promised if one["kind"] in {"day_before", "same_morning"}]
    assert [(one["state"], one["reason"]) for one in reminders] == [("dropped", "för sent")] * 2


async def loss(demo: Demo, said: Said) -> None:
    assert "kontakta inte via Lotsen" in said["Bo"][-1]["text"]
    assert language_of(said["Yusuf"][-1]["text"]) == "ar"
    assert "1177" in said["Yusuf"][-1]["text"]
    coming = (await demo.get("/panel/behind?family=1"))["family"]["coming"]
    assert not [one for one in coming if not one["staff"]]


CHECKS: dict[str, Callable[[Demo, Said], Awaitable[None]]] = {
    "first": first,
    "twins": twins,
    "ill": ill,
    "notice": notice,
    "outage": outage,
    "loss": loss,
}


async def each(demo: Demo, page: Page) -> None:
    """All of them, one after the other."""
    for scene in SCENES:
        if scene.play.key in CHECKS:
            await play(page, scene.title)
            for name in scene.play.phones:
                phone = page.get_by_role("region", name=f"{name}'s phone", exact=True)
                await expect(phone).to_be_visible()
            await CHECKS[scene.play.key](demo, await demo.said())
    assert {scene.play.key for scene in SCENES} - CHECKS.keys() == {"free"}


async def play(page: Page, title: str) -> None:
    """Press its button, and wait until it is told."""
    scene = page.locator("#guide .scenes").get_by_role("button", name=title, exact=True)
    await scene.click()
    await expect(scene).to_have_attribute("aria-pressed", "true", timeout=STORY)
    await expect(page.locator("#controls button").first).to_be_enabled(timeout=STORY)
