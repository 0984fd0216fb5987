"""`python -m bench.newcomer`: from `git clone` to the first reminder in Somali, each step timed.

In a folder of its own, by the commands of the README and the buttons of the page, as somebody who
has never seen Lotsen. The page is that of `make demo`, on its own port: no other demo may be there.
What pip has in its cache is not downloaded again: `PIP_NO_CACHE_DIR=1` measures with the network.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OF_A_VISIT = "Waan is arkaynaa"  # how a reminder to Amina begins
MOST_PRESSES = 20
PATIENCE = 120_000  # milliseconds


class Steps:
    """Prints how long each step took."""

    def __init__(self) -> None:
        self._begun = self._last = time.monotonic()

    def done(self, what: str) -> None:
        now = time.monotonic()
        print(f"{now - self._last:7.1f} s  {what}", flush=True)
        self._last = now

    def end(self) -> None:
        print(f"{time.monotonic() - self._begun:7.1f} s  in all", flush=True)


@contextmanager
def demo(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`make demo`, stopped as by Ctrl-C."""
    own = {name: each for name, each in os.environ.items() if not name.startswith("LOTSEN_")}
    own |= {"LOTSEN_NOW": "2027-01-04T08:30:00+01:00"}  # a Monday, whenever it is measured
    process = subprocess.Popen(
        ["make", "demo"], cwd=folder, env=own, stdout=subprocess.PIPE, text=True, process_group=0
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def address(process: subprocess.Popen[str]) -> str:
    """What it names."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://[\d.:]+/", line):
            return found[0]
    raise SystemExit("make demo ended without a page.")


def wind(page: Page) -> int:
    """Press *To the next message* until Amina is reminded; how often."""
    phone = page.get_by_role("region", name="Amina's phone")
    button = page.get_by_role("button", name="To the next message")
    for n in range(1, MOST_PRESSES + 1):
        button.click()
        expect(button).to_be_enabled(timeout=PATIENCE)
        if phone.locator(".message.theirs", has_text=OF_A_VISIT).count():
            return n
    raise SystemExit("No reminder came.")


def main() -> None:
    """Each step on a line."""
    chromium = shutil.which("chromium") or sys.exit("This needs Chromium.")
    steps = Steps()
    with tempfile.TemporaryDirectory(prefix="lotsen-newcomer-") as temporary:
        folder = Path(temporary) / "lotsen"
        subprocess.run(["git", "clone", "--quiet", f"file://{ROOT}", str(folder)], check=True)
        steps.done("git clone")
        with demo(folder) as process, sync_playwright() as playwright:
            url = address(process)
            steps.done("make demo: set up, started, its page named")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1640, "height": 1040}, locale="en-GB")
            page.goto(url)
            next_one = page.get_by_role("button", name="To the next message")
            expect(next_one).to_be_enabled(timeout=PATIENCE)
            steps.done("the page, ready to be pressed")
            presses = wind(page)
            steps.done(f"the first reminder in Somali, after {presses} presses")
            steps.end()
            browser.close()


if __name__ == "__main__":
    main()
