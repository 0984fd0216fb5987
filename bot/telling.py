"""What the demo shows besides phones: a calendar, a call as it went out, the figures."""

from typing import Any

from bot.theatre import Stage
from messaging import report_lines
from messaging.calendar_files import read_back
from programme.localtime import STOCKHOLM, on_the_clock
from programme.periods import Period
from services import calendar, reports
from simulator.journal import Call

HEX_BYTES = 256  # of a body, shown as numbers


async def calendar_of(stage: Stage, name: str) -> dict[str, Any]:
    """The private calendar of a colleague, as their own calendar would read it now."""
    feed = await calendar.feed(
        *(stage.house.db, stage.props[f"feed of {name}"], stage.house.languages, stage.now)
    )
    assert feed is not None
    entries = [
        {
            "at": each.starts_at.isoformat(),
            "day": on_the_clock(each.starts_at, STOCKHOLM).date().isoformat(),
            "when": stage.when(each.starts_at),
            "what": each.title,
        }
        for each in read_back(feed.content)
    ]
    return {"name": name, "entries": entries, "file": feed.content.decode()}


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


async def figures_of(stage: Stage, first: int, last: int) -> list[tuple[str, str]]:
    """The figures of interim report 4, as the report that Ada has just read has them in short."""
    async with stage.house.db.read() as tx:
        found = await reports.ask(tx, Period(first, last), stage.now, stage.house.settings.rules)
    return report_lines.at_a_glance(stage.tongue, found.summary)
