"""The demo as a newcomer meets it: one command, a page with phones, a clock to wind."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import ConsoleMessage, Locator, Page, async_playwright, expect

from tests import browser
from tests.browser import barriers
from tests.end_to_end.processes import Command
from tests.end_to_end.reading import arabic_lines_begin_in_arabic, first_line, language_of

pytestmark = pytest.mark.slow

MORNING = "2027-01-04T08:30:00+01:00"  # a Monday, in open hours
LANGUAGES = {"Amina": "so", "Yusuf": "ar", "Maria": "sv", "Grace": "en"}
STAFF = {"Anna": "sv", "Bo": "sv", "Carla": "sv"}
EVERYBODY = LANGUAGES | STAFF
A_WHILE = 20_000  # milliseconds: a shared machine may be slow


@dataclass
class Demo:
    """A running demo, spoken to over HTTP."""

    url: str
    session: ClientSession
    pages: list[Page] = field(default_factory=list)

    async def show(self, page: Page, path: str) -> None:
        """On that page."""
        self.pages.append(page)
        await page.goto(self.url + path)

    async def leave(self) -> None:
        """Nobody looks any more: a page is not to blame for what a demo says while it stops."""
        for page in self.pages:
            await page.goto("about:blank")

    async def get(self, path: str) -> Any:
        async with self.session.get(self.url + path) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, status: int = 200) -> Any:
        async with self.session.post(self.url + path) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def phones(self) -> dict[str, int]:
        """Who has a phone, and its number."""
        return {phone["name"]: phone["id"] for phone in await self.get("/control/phones")}

    async def said(self) -> dict[str, list[dict[str, Any]]]:
        """What each phone was told, oldest first."""
        found = {}
        for name, number in (await self.phones()).items():
            view = await self.get(f"/control/phones/{number}")
            messages = [m for chat in view["chats"] for m in chat["messages"] if not m["mine"]]
            found[name] = messages
        return found


@asynccontextmanager
async def demo_at(folder: Path, now: str) -> AsyncIterator[Demo]:
    """`lotsen demo` on a free port, stopped in order at the end."""
    env = {"PATH": "/usr/bin:/bin", "LOTSEN_NOW": now}
    process = Command(["demo", "--port", "0"], env, folder)
    try:
        url = await address(process)
        async with ClientSession() as session:
            demo = Demo(url, session)
            yield demo
            await demo.leave()
        ended = await process.stop()
        assert ended.code == 0, ended.err
        assert "Traceback" not in ended.err
    finally:
        if process.alive:
            await process.kill()


async def address(process: Command) -> str:
    """Where it says that the phones are."""
    async with asyncio.timeout(60):
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", process.said)):
            assert process.alive, process.logged
            await asyncio.sleep(0.05)
    return found[0]


@pytest.fixture
def chromium() -> str:
    return browser.program()


@pytest.fixture
async def page(chromium: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium, args=list(browser.ALONE)
        )
        opened = await started.new_page(viewport={"width": 1800, "height": 1000})
        opened.set_default_timeout(A_WHILE)
        faults: list[str] = []
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)
        yield opened
        await started.close()
        assert faults == []


def is_fault(said: ConsoleMessage) -> bool:
    """An error that the page is to blame for."""
    return said.type == "error"


async def lay_out(page: Page, demo: Demo) -> dict[str, Locator]:
    """All phones on the table, by their owner's name."""
    numbers = await demo.phones()
    await demo.show(page, f"/#{','.join(map(str, numbers.values()))}")
    shown = {name: page.locator(f'[data-phone="{n}"]') for name, n in numbers.items()}
    for phone in shown.values():
        await expect(phone.locator(".message.theirs").last).to_be_visible(timeout=A_WHILE)
    return shown


def winder(page: Page, label: str) -> Locator:
    return page.locator("#controls").get_by_role("button", name=label)


async def wind(page: Page, label: str) -> None:
    """Press a button above the phones, and wait until the clock stands again."""
    await winder(page, label).click()
    await expect(winder(page, label)).to_be_enabled(timeout=60_000)


async def bubbles(shown: dict[str, Locator]) -> int:
    return sum([await phone.locator(".message.theirs").count() for phone in shown.values()])


async def eventually(page: Page, true: Callable[[], Any]) -> None:
    """Wait until `await true()` holds."""
    for _ in range(A_WHILE // 100):
        if await true():
            return
        await page.wait_for_timeout(100)
    raise AssertionError("it never came")


async def test_winding_the_clock_over_http_brings_each_phone_its_messages(tmp_path):
    async with demo_at(tmp_path, MORNING) as demo:
        clock = await demo.get("/panel/clock")
        assert clock["ready"]
        assert clock["time"].startswith("Monday 4 January 2027, 08:3")
        before = {name: len(said) for name, said in (await demo.said()).items()}
        assert before.keys() == EVERYBODY.keys()

        assert (await demo.post("/panel/wind/next"))["found"]
        after = {name: len(said) for name, said in (await demo.said()).items()}
        assert sum(after.values()) > sum(before.values())
        for step in ("hour", "day", "week", "month"):
            await demo.post(f"/panel/wind/{step}")
        said = await demo.said()

        assert (await demo.get("/panel/clock"))["time"].startswith("Thursday 11 February 2027")
        assert all(len(said[name]) > before[name] + 2 for name in LANGUAGES)
        for name, messages in said.items():
            pushed = [message["text"] for message in messages[before[name] :]]
            assert {language_of(text) for text in pushed} <= {EVERYBODY[name]}
            # Of the yearly follow-up a coordinator is reminded twice in January.
            assert len(pushed) - len(set(pushed)) == (name == "Carla")
        await demo.post("/panel/wind/century", status=404)


async def test_the_page_shows_all_phones_and_a_wound_clock_brings_a_new_bubble(tmp_path, page):
    async with demo_at(tmp_path, MORNING) as demo:
        shown = await lay_out(page, demo)
        for name, phone in shown.items():
            await expect(phone).to_be_visible()
            newest = await phone.locator(".message.theirs .text").last.inner_text()
            assert language_of(newest) == EVERYBODY[name]
        before = await bubbles(shown)

        await wind(page, "To the next message")

        await eventually(page, lambda: grown(shown, before))
        await wind(page, "+ 1 week")
        await arabic_is_drawn_from_right_to_left(shown["Yusuf"])
        await page.get_by_role("button", name="Varför kom det?").click()
        await expect(page.locator(".promise").first).to_be_visible(timeout=A_WHILE)
        assert await barriers(page) == []


async def grown(shown: dict[str, Locator], before: int) -> bool:
    return await bubbles(shown) > before


async def arabic_is_drawn_from_right_to_left(phone: Locator) -> None:
    newest = phone.locator(".message.theirs").last
    lines = newest.locator(".line")
    assert await lines.count() >= 2
    for n in range(await lines.count()):
        line = lines.nth(n)
        text = await line.inner_text()
        if text.strip():
            assert arabic_lines_begin_in_arabic(text), text
            direction = await line.evaluate("element => getComputedStyle(element).direction")
            assert direction == "rtl", text


async def test_an_answer_to_a_visit_is_thanked_for_and_coming_back_after_a_block_works(
    tmp_path, page
):
    async with demo_at(tmp_path, MORNING) as demo:
        shown = await lay_out(page, demo)
        await wind(page, "To the next message")  # at nine the staff book her visit
        grace = shown["Grace"]
        yes = grace.get_by_role("button", name="Yes, that suits us").last
        await expect(yes).to_be_visible(timeout=A_WHILE)
        await yes.click()
        thanks = grace.locator(".message.theirs .text", has_text="Thank you! See you on")
        await expect(thanks).to_be_visible(timeout=A_WHILE)

        await choose(grace, "Block the bot")
        await expect(grace.locator("button.bar")).to_be_visible()
        while_blocked = await grace.locator(".message.theirs").count()
        await wind(page, "+ 30 days")
        assert await grace.locator(".message.theirs").count() == while_blocked
        await choose(grace, "Unblock the bot")
        await expect(grace.locator("textarea")).to_be_visible()
        await wind(page, "+ 30 days")
        await eventually(page, lambda: more_than(grace, while_blocked))


async def more_than(phone: Locator, before: int) -> bool:
    return await phone.locator(".message.theirs").count() > before


async def choose(phone: Locator, entry: str) -> None:
    """Pick an entry of a phone's own menu."""
    await phone.get_by_label("More", exact=True).first.click()
    await phone.get_by_role("menuitem", name=entry).click()


async def test_a_new_familys_link_leads_from_a_new_phone_through_joining(tmp_path, page):
    async with demo_at(tmp_path, MORNING) as demo:
        await lay_out(page, demo)
        await wind(page, "New family")
        link = await page.get_by_label("Link of the new family").input_value()
        assert link.startswith("https://t.me/LotsenDemoBot?start=")

        await page.get_by_role("button", name="Add a phone").click()
        await page.get_by_label("Name").fill("Omar")
        await page.get_by_label("Language").select_option("ar")
        await page.get_by_role("button", name="Add", exact=True).click()
        omar = page.get_by_role("region", name="Omar's phone")
        await omar.get_by_label("Start code or link").fill(link)
        await omar.get_by_role("button", name="START").click()
        for label in ("العربية", "نعم", "نعم"):
            button = omar.locator("button.inline", has_text=label).last
            await expect(button).to_be_visible(timeout=A_WHILE)
            said = await omar.locator(".message.theirs").last.inner_text()
            await button.click()
            await eventually(page, lambda said=said: newest_is_not(omar, said))

        before = await omar.locator(".message.theirs").count()
        await wind(page, "+ 1 week")
        await eventually(page, lambda: more_than(omar, before))
        tip = await omar.locator(".message.theirs .text").last.inner_text()
        assert language_of(tip) == "ar"
        assert "Lotsen" in first_line(tip)


async def newest_is_not(phone: Locator, said: str) -> bool:
    return await phone.locator(".message.theirs").last.inner_text() != said
