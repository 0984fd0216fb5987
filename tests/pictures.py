"""`make pictures`: the pictures of README and docs, out of a running demo and the report itself.

It knows nothing of how the page is laid out but that a phone is `[data-phone]` and that `#list` has
a button for each. Everything the people do they do over HTTP (`simulator/control.py`).
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from messaging.i18n import load_languages
from messaging.report_pictures import FUNNEL, TOOK_PART, YES, drawn
from programme.periods import Period
from programme.report import Report
from services import demo_figures

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MORNING = "2027-01-04T08:30:00+01:00"  # a Monday
FAMILIES = ("Maria", "Yusuf", "Amina", "Grace")
PARENTS_AND_NURSE = ("Amina", "Yusuf", "Anna", "Carla")
ASKED = {  # with the typing errors of a tired parent
    "Maria": "bebin skrker hela nätterna",
    "Yusuf": "الطقل بيبكي طول اليل",
    "Amina": "canuga wuu oynaya habenki",
    "Grace": "baby crys all nigth",
}
WINDOW = {"width": 1640, "height": 1040}
COLOURS = 128  # enough for bubbles and letters; less than half the size
PATIENCE = 60.0
MOST_STEPS = 60


class Demo:
    """A running demo, as people use it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What it answers: asked for, or with a body told."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        with urlopen(Request(self.url + path, data, headers), timeout=PATIENCE) as answer:
            return json.load(answer)

    def numbers(self) -> dict[str, int]:
        """Who has a phone, and its number."""
        return {one["first_name"]: one["id"] for one in self.call("/control/phones")}

    def said(self, name: str) -> list[dict[str, Any]]:
        """What that person was told, oldest first."""
        view = self.call(f"/control/phones/{self.numbers()[name]}")
        return [m for m in view["chats"][0]["messages"] if not m["mine"] and not m["deleted"]]

    def act(self, name: str, what: str, **body: Any) -> None:
        """They do it, and have an answer."""
        before = json.dumps(self.said(name))
        self.call(f"/control/phones/{self.numbers()[name]}/{what}", body)
        until(lambda: json.dumps(self.said(name)) != before)

    def wind(self, step: str) -> None:
        """The clock goes on, and what is due arrives."""
        self.call(f"/panel/wind/{step}", {})


def until(true: Callable[[], Any]) -> None:
    """Wait for it; TimeoutError if it does not come."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.2)


@contextmanager
def running() -> Iterator[Demo]:
    """A demo of its own, everybody in it joined."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
        env = {**os.environ, "LOTSEN_NOW": MORNING, "PYTHONPATH": str(FOLDER.parent.parent)}
        process = subprocess.Popen(command, env=env, cwd=folder, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+?(?=/)(?=/ )|http://[\w.:]+", process.stdout.readline())
            assert found, "the demo did not start"
            demo = Demo(found[0])
            until(lambda: "Carla" in demo.numbers() and demo.said("Carla"))
            yield demo
        finally:
            process.terminate()
            process.wait(PATIENCE)


def keep(picture: bytes, name: str) -> None:
    """In its place; with few colours, if that makes it smaller."""
    image, few = Image.open(io.BytesIO(picture)).convert("RGB"), io.BytesIO()
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        few, "PNG", optimize=True
    )
    smaller = min(picture, few.getvalue(), key=len)
    (FOLDER / f"{name}.png").write_bytes(smaller)
    print(f"{name}.png  {len(smaller) // 1024} KiB")


def on_the_table(page: Page, demo: Demo, names: tuple[str, ...]) -> None:
    """These phones and no others."""
    numbers = demo.numbers()
    for name, number in numbers.items():
        if (page.locator(f'[data-phone="{number}"]').count() > 0) != (name in names):
            page.locator("#list button").filter(has_text=name).first.click()
    for name in names:
        page.locator(f'[data-phone="{numbers[name]}"]').wait_for()
    page.wait_for_timeout(800)  # letters, scrolling to the newest


def of_phones(page: Page, demo: Demo, names: tuple[str, ...]) -> bytes:
    """The phones alone."""
    on_the_table(page, demo, names)
    boxes = [page.locator(f'[data-phone="{demo.numbers()[n]}"]').bounding_box() for n in names]
    seen = [box for box in boxes if box]
    left, top = min(b["x"] for b in seen) - 8, min(b["y"] for b in seen) - 8
    right = max(b["x"] + b["width"] for b in seen) + 8
    down = max(b["y"] + b["height"] for b in seen) + 8
    clip = {"x": left, "y": top, "width": right - left, "height": down - top}
    return page.screenshot(clip=clip)


def has_tip(demo: Demo, name: str) -> bool:
    """Whether the newest message can be thanked for."""
    labels = [button.get("text") for row in demo.said(name)[-1]["buttons"] for button in row]
    return "👍" in labels


def of_the_demo(page: Page, demo: Demo) -> None:
    """Phones with reminders, a tip, a place, a page of the guide that was asked for."""
    page.goto(demo.url)
    page.locator("#list button").first.wait_for()
    for name in FAMILIES:
        demo.act(name, "write", text=ASKED[name])
    keep(of_phones(page, demo, FAMILIES), "guide")
    for name in FAMILIES:
        demo.act(name, "write", text="/places")
        for _ in ("open today", "the first place"):
            demo.act(name, "press", button=0)
    keep(of_phones(page, demo, FAMILIES), "place")
    for _ in range(3):
        demo.wind("next")
    on_the_table(page, demo, PARENTS_AND_NURSE)
    keep(page.screenshot(), "phones")
    for _ in range(MOST_STEPS):
        if all(has_tip(demo, name) for name in FAMILIES):
            break
        demo.wind("day")
    keep(of_phones(page, demo, FAMILIES), "tip")


def of_the_report() -> None:
    """The report's pictures of the size of interim report 4, in Swedish; one in Arabic."""
    report = Report(demo_figures.sums(), demo_figures.places(), demo_figures.CLOSED)
    months, places = Period(demo_figures.SINCE, demo_figures.CLOSED), demo_figures.places()
    languages = load_languages()
    names = {FUNNEL: "report-funnel", YES: "report-yes", TOOK_PART: "report-took-part"}
    for code, wanted in (("sv", names), ("ar", {YES: "report-arabic"})):
        for name, picture in drawn(languages.get(code), report, months, places, together=True):
            if name in wanted:
                keep(picture, wanted[name])


def main() -> None:
    """All of them."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("The pictures need Chromium (apt install chromium).")
    of_the_report()
    with running() as demo, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        of_the_demo(browser.new_page(viewport=WINDOW, color_scheme="light"), demo)
        browser.close()


if __name__ == "__main__":
    main()
