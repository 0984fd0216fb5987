"""`make bench`: everything beside what others would use, as one table; `--quick`: in small.

Ratios hold on any machine; the figures are this machine's. `python -m bench search` tells how well
the search of the guide finds what is meant, `python -m bench notices` what a parent's press costs
while a notice leaves to 20,000 readers, `python -m bench everybody` what a notice to 300,000 is for
the machine before any of it leaves, `python -m bench cost` what a message costs beside the
bare client, `python -m bench outage` what becomes of one family's messages in a week without
Lotsen, `python -m bench country` what a year of a whole country comes to,
`python -m bench week` what one week of it is for the machine, and `python -m bench
explain` how the databases find what a tick and a message ask for, `python -m bench.newcomer` how
long it takes from `git clone` to the first reminder in Somali.
"""

import argparse
import asyncio
import importlib
import json
import logging
import os
import resource
import sys
import time
from collections.abc import Coroutine
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench.curves import draw
from bench.population import Populations, populations
from bench.reasons import reasons
from bench.registry import FAMILIES
from bench.row import Row, missing, summary
from bench.sizes import QUICK, WHOLE, Sizes
from bench.table import markdown, pictures, write
from bot.app import keep_what_is_loaded

SEED = "0"
AGAIN = "`python -m bench --kept --only {} --write` measures it alone"
_WHOSE = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
FILE = Path("build") / "bench.json"


def _read(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="small sizes, for less than a minute")
    parser.add_argument("--write", action="store_true", help="put the table into the page")
    parser.add_argument("--machine", default="", help="a sentence about it, for above the table")
    parser.add_argument("--runs", type=int, help="other than the size's own number")
    parser.add_argument("--only", nargs="*", choices=FAMILIES, help="these rows and no others")
    parser.add_argument(
        "--kept", action="store_true", help="the others out of the file, as they were"
    )
    parser.add_argument("--json", type=Path, default=FILE, help="where all figures go")
    return parser.parse_args(words)


async def _within(seconds: float, rows: Coroutine[Any, Any, list[Row]]) -> list[Row]:
    async with asyncio.timeout(seconds):
        return await rows


def _measure(name: str, sizes: Sizes, made: Populations, left: float) -> list[Row]:
    """One family's rows; what goes wrong is a row that says so, and the others are measured."""
    begun, used = time.perf_counter(), _used()
    print(f"{name} …", file=sys.stderr, flush=True)
    keep_what_is_loaded()  # as Lotsen does at its start; the peers are measured alike
    may_take = min(sizes.most_seconds, left)
    if may_take <= 0:
        return [missing(name, f"no time was left; {AGAIN.format(name)}")]
    try:
        found = asyncio.run(_within(may_take, FAMILIES[name](sizes, made)))
    except TimeoutError:
        found = [missing(name, f"broken off after {may_take:.0f} s; {AGAIN.format(name)}")]
    except Exception as error:  # whatever it is, the other families are measured
        logging.exception("%s", name)
        found = [missing(name, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")]
    took = time.perf_counter() - begun
    used = _used() - used
    told = f"{name}: {took:.0f} s, {used:.0f} of processor time, {summary(found)}"
    print(told, file=sys.stderr, flush=True)
    return found


def _used() -> float:
    own, of_others = (resource.getrusage(which) for which in _WHOSE)
    return own.ru_utime + own.ru_stime + of_others.ru_utime + of_others.ru_stime


def _kept(file: Path) -> dict[str, list[Row]]:
    rows = json.loads(file.read_text("utf-8"))["rows"]
    return {name: [Row.from_json(each) for each in some] for name, some in rows.items()}


def _keep(file: Path, found: dict[str, list[Row]], sizes: Sizes) -> None:
    rows = {name: [row.as_json() for row in some] for name, some in found.items()}
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"sizes": asdict(sizes), "rows": rows}, indent=1), "utf-8")


def _table(words: list[str]) -> None:
    asked = _read(words)
    sizes = QUICK if asked.quick else WHOLE
    if asked.runs:
        sizes = replace(sizes, runs=asked.runs)
    found = _kept(asked.json) if asked.kept else {}
    begun = time.perf_counter()
    with populations() as made:
        for name in FAMILIES if asked.only is None else asked.only:
            left = sizes.all_seconds - (time.perf_counter() - begun)
            found[name] = _measure(name, sizes, made, left)
            _keep(asked.json, found, sizes)  # at once: nothing is lost if it is broken off
    rows = [row for name in FAMILIES for row in found.get(name, [])]
    text = f"{markdown(rows)}\n{reasons(rows)}"
    print(text)
    if asked.write:
        drawn = draw(rows)
        write(f"{asked.machine}\n\n{text}\n{pictures(drawn)}".lstrip())
    took = time.perf_counter() - begun
    print(f"all: {took:.0f} s, {summary(rows)}; figures in {asked.json}", file=sys.stderr)


def main(words: list[str]) -> None:
    """What was asked for; loads only what that needs."""
    match words:
        case ["search"]:
            from bench import search

            search.report()
        case ["notices"]:
            from bench import notices

            asyncio.run(notices.report())
        case ["cost"]:
            from bench import cost

            asyncio.run(cost.report())
        case ["outage"]:
            from bench import outage

            asyncio.run(outage.tell())
        case [("country" | "week" | "everybody" | "explain") as name, *rest]:
            importlib.import_module(f"bench.{name}").main(rest)
        case _:
            _table(words)


if os.environ.get("PYTHONHASHSEED") != SEED:  # sets in the same order in every run
    os.environ["PYTHONHASHSEED"] = SEED
    os.execv(sys.executable, [sys.executable, "-m", "bench", *sys.argv[1:]])
logging.basicConfig(level=logging.ERROR)
main(sys.argv[1:])
