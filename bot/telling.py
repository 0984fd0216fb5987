"""What the demo shows besides phones: a calendar, a call as it went out, five figures."""

import re
from datetime import UTC, datetime
from typing import Any

from bot.guided_words import FIVE
from bot.theatre import Stage
from messaging.isolates import MARKS
from programme.localtime import STOCKHOLM, on_the_clock
from programme.periods import Period
from services import calendar, reports
from simulator.journal import Call

_EVENT = re.compile(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", re.DOTALL)
HEX_BYTES = 256  # of a body, shown as numbers
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


async def calendar_of(stage: Stage, name: str) -> dict[str, Any]:
    """The private calendar of a colleague, as their own calendar would read it now."""
    feed = await calendar.feed(
        *(stage.house.db, stage.props[f"feed of {name}"], stage.house.languages, stage.now)
    )
    assert feed is not None
    text = feed.content.decode()
    entries = [_entry(found[1]) for found in _EVENT.finditer(text)]
    return {"name": name, "entries": sorted(entries, key=lambda e: e["at"]), "file": text}


def _entry(event: str) -> dict[str, str]:
    lines = event.replace("\r\n ", "").splitlines()
    said = dict(line.split(":", 1) for line in lines if ":" in line)
    instant = datetime.strptime(said["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    at = on_the_clock(instant, STOCKHOLM)
    return {
        "at": at.isoformat(),
        "day": at.date().isoformat(),
        "when": f"{WEEKDAYS[at.weekday()]} {at.day}/{at.month} {at:%H:%M}",
        "what": _bare(said["SUMMARY"].replace("\\,", ",")),
        "status": said["STATUS"],
        "sequence": said["SEQUENCE"],
    }


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign not in MARKS)


def call_of(call: Call) -> dict[str, Any]:
    """One call as Telegram got it: the bytes, and the same as text."""
    return {
        "method": call.method,
        "at": f"{on_the_clock(call.at, STOCKHOLM):%Y-%m-%d %H:%M:%S}",
        "type": call.content_type,
        "bytes": len(call.body),
        "body": call.body.decode("utf-8", "backslashreplace"),
        "hex": call.body[:HEX_BYTES].hex(" "),
        "params": call.params,
    }


async def figures_of(stage: Stage, first: int, last: int) -> list[list[str]]:
    """The five figures of interim report 4, out of the report that Ada has just read."""
    async with stage.house.db.read() as tx:
        found = await reports.ask(tx, Period(first, last), stage.now, stage.house.settings.rules)
    told = found.summary
    lowest, highest = told.range or (0.0, 0.0)
    values = (
        _grouped(told.visits.count or 0),
        _grouped(told.families.count or 0),
        _percent(told.other_parent.share or 0),
        _grouped(told.all_six.count or 0),
        f"{_percent(told.said_yes.share or 0)} ({round(lowest * 100)}–{_percent(highest)})",
    )
    return [[name, value] for name, value in zip(FIVE, values, strict=True)]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _percent(share: float) -> str:
    return f"{round(share * 100)}\u00a0%"
