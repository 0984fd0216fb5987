"""One Chromium, Debian's, for all tests of a module: starting one costs seconds."""

import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page, async_playwright

ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_QUIET = (
    *ALONE,
    "--headless=new",
    "--remote-debugging-port=0",
    "--autoplay-policy=no-user-gesture-required",
)


def program() -> str:
    """Chromium; where there is none the tests are left out, but not in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and not os.environ.get("CI"):
        pytest.skip("NO CHROMIUM: the page was NOT tested. Install chromium and run this again.")
    assert found, "Chromium is not installed: nobody has looked at the page."
    return found


@contextmanager
def chromium(folder: Path) -> Iterator[str]:
    """Its address while it runs."""
    arguments = [program(), *_QUIET, f"--user-data-dir={folder}", "about:blank"]
    running = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _address(folder / "DevToolsActivePort", running)
    finally:
        running.terminate()
        running.wait(20)


def _address(port: Path, running: "subprocess.Popen[bytes]") -> str:
    for _ in range(600):
        if port.exists() and (lines := port.read_text().split()):
            return f"http://127.0.0.1:{lines[0]}"
        assert running.poll() is None, "Chromium ended before it answered."
        time.sleep(0.05)
    raise AssertionError("Chromium does not answer.")


@asynccontextmanager
async def page_at(address: str, url: str, **context: Any) -> AsyncIterator[Page]:
    """A page as a new visitor sees it; any error in its console fails the test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(address)
        visit = await browser.new_context(**{"locale": "en-GB", **context})
        page = await visit.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.set_default_timeout(8000)
        await page.goto(url)
        yield page
        await visit.close()
        assert faults == []


async def barriers(page: Page) -> list[str]:
    """What axe-core finds that keeps people out: the rule, and the first place."""
    # By the debugger, not as an element: the page's own policy lets in no script from elsewhere.
    await page.evaluate(AXE_SCRIPT)
    found = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
