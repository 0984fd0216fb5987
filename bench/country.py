"""`python -m bench country`: what a country of 100,000 births a year comes to, two parents each.

Two parts. *By the rules*: `programme.plan` is asked for a family of every birth date, whole, and
each stands for the births of its day: messages by day and hour in a year in which as many children
grow out as are born. *By the database*: one family in so many lives through the programme in a real
database, with the real planner and the real sender and nobody on the other end of the line:
rows and bytes. All six visits are booked and nobody answers, so every reminder leaves: more than
there will be. Letters to staff are not counted.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import text

from bench.families import RULES
from bench.phones import WIDE_OPEN, Nowhere
from bench.population import LANGUAGES
from messaging.i18n import load_languages
from programme.ages import add_months
from programme.errors import OfficesClosed, SlotTaken
from programme.localtime import instant, on_the_clock
from programme.people import Booking, Child, Family, Guardian, Role, StaffMember
from programme.plan import everyones
from programme.visits import VISITS
from services import housekeeping, planning
from services.booking import book
from services.delivery import Sender
from services.joining import CONSENT_VERSION
from services.planning import catch_up
from storage import areas, consents, families, migrate
from storage.database import Database, Tx, open_database

BIRTHS = 100_000  # in a year, as Sweden has
PARENTS = 2
PER_SECOND = 25
YEAR = 2029  # the year that is looked at
MONTHS = 18  # how long the programme accompanies a child
_JOINED = 3  # days after birth
_BEGAN = date(2027, 1, 1)  # of the births in the sample
_FULLEST = 939  # the last day on which all families of the sample are there: then some are erased
_WHOLE = 365 + 31 * 365 // 12  # days until the youngest are about to be erased as well
_STEPS = (hour(7, 30), hour(10), hour(17, 0))  # when the planner looks: the hours of the kinds
_PER_TEAM = 10  # families, born far apart, so that times do not meet
_DAY = timedelta(days=1)
_BY_TABLE = """
SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_schema USING (name)
GROUP BY tbl_name ORDER BY 2 DESC LIMIT 10
"""


def visits(born: date) -> Iterator[tuple[int, date]]:
    """Each visit by its number, and its day: of a Saturday the Monday, of a Sunday the Thursday."""
    for visit in VISITS:
        day = add_months(born, visit.age.months) + (visit.age.days or 7) * _DAY
        yield visit.number, day + max(0, day.weekday() - 4) * 2 * _DAY


def _family(born: date) -> Family:
    """All of it as the rules know it; who comes has no chat, so staff hear nothing."""
    joined = instant(born + _JOINED * _DAY, hour(9), RULES.zone)
    staff = (
        StaffMember(id=1, name="Anna", role=Role.NURSE),
        StaffMember(id=2, name="Bo", role=Role.PARENT_SUPPORTER),
    )
    bookings = tuple(
        Booking(
            id=number,
            child_id=1,
            visit=number,
            starts_at=instant(day, hour(11), RULES.zone),
            changed_at=joined + timedelta(minutes=number),
            staff=staff,
        )
        for number, day in visits(born)
    )
    parents = tuple(
        Guardian(id=n, language=LANGUAGES[n], active_since=joined) for n in range(PARENTS)
    )
    return Family(id=1, children=(Child(id=1, born=born),), guardians=parents, bookings=bookings)


@dataclass(frozen=True)
class ByRule:
    """The country's messages in one year."""

    a_year: float
    fullest_day: tuple[date, float]
    fullest_hour: tuple[datetime, float]
    usual_day: float
    per_child: float


def by_rule() -> ByRule:
    """Of every birth date that reaches into the year."""
    first, last = date(YEAR, 1, 1), date(YEAR + 1, 1, 1)
    since, until = (instant(day, hour(), RULES.zone) for day in (first, last))
    hours: Counter[datetime] = Counter()
    born = add_months(first, -37)  # the last tip comes at two and a half years
    while born < last:
        for letter in everyones(_family(born), since, until, RULES):
            if letter.guardian_id is not None:
                local = on_the_clock(letter.at, RULES.zone)
                hours[local.replace(minute=0, second=0, microsecond=0, tzinfo=None)] += 1
        born += _DAY
    days: Counter[date] = Counter()
    for at, count in hours.items():
        days[at.date()] += count
    births = BIRTHS / 365
    day, most = days.most_common(1)[0]
    moment, crowd = hours.most_common(1)[0]
    a_year = days.total() * births
    usual = sorted(days.values())[len(days) // 2] * births
    return ByRule(a_year, (day, most * births), (moment, crowd * births), usual, a_year / BIRTHS)


@dataclass
class Stored:
    """What the sample left in its database, and what it took."""

    families: int
    sent: int = 0  # letters, as the rules count them
    messages: int = 0  # what came on phones: two letters of one hour come together
    bytes: int = 0
    empty: int = 0
    outbox: int = 0
    items: int = 0
    erased: int = 0  # families, their time being over
    hours: Counter[datetime] = field(default_factory=Counter)  # sent, by the planner's look
    grown: list[tuple[int, int, int]] = field(default_factory=list)  # day, bytes, sent
    plan_seconds: float = 0.0
    send_seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)  # bytes, indexes too


async def sample(one_in: int, days: int) -> Stored:
    """So many families through the programme, day by day."""
    found = Stored(families=BIRTHS // one_in)
    with tempfile.TemporaryDirectory(prefix="lotsen-country-") as folder:
        file = Path(folder) / "country.db"
        db = open_database(f"sqlite:///{file}", [Fernet.generate_key().decode()])
        await migrate.migrate(db)
        found.empty = await _bytes(db)
        await _live(db, found, days)
        await db.close()
    return found


async def _live(db: Database, found: Stored, days: int) -> None:
    now = instant(_BEGAN, hour(6), RULES.zone)
    telegram = Nowhere()
    sender = Sender(db, telegram, load_languages(), RULES, WIDE_OPEN, lambda: now)
    births = [_BEGAN + timedelta(days=n * 365 // found.families) for n in range(found.families)]
    todo: dict[date, list[tuple[int, int, date]]] = {}
    for n, born in enumerate(births):
        todo.setdefault(born + _JOINED * _DAY, []).append((n, 0, born))
    for day in (_BEGAN + n * _DAY for n in range(days)):
        for n, _, born in todo.get(day, ()):
            team = n % (found.families // _PER_TEAM or 1)
            await _join(db, n, born, instant(day, hour(9), RULES.zone), team)
        for step in _STEPS:
            now = instant(day, step, RULES.zone)
            begun = time.process_time()
            await planning.plan(db, now, RULES)
            planned = time.process_time()
            await sender.drain()
            found.plan_seconds += planned - begun
            found.send_seconds += time.process_time() - planned
            found.hours[now] += sender.tally.counts["sent"] - found.hours.total()
        if day.weekday() == 0:
            await housekeeping.purge(db, now, RULES)
        if day.day == 1:
            passed, sent = (day - _BEGAN).days, sender.tally.counts["sent"]
            found.grown.append((passed, await _bytes(db), sent))
            print(f"day {passed} of {days}: {sent:,} sent", file=sys.stderr, flush=True)
        if (day - _BEGAN).days == min(_FULLEST, days - 1):
            await _measure(db, found)
    found.sent, found.messages = sender.tally.counts["sent"], telegram.taken
    found.counts = {name: count for name, count in sender.tally.counts.items() if count}
    async with db.read() as tx:
        there = (await tx.execute(text("SELECT count(*) FROM family"))).scalar_one()
    found.erased = sum(len(some) for some in todo.values()) - there


async def _measure(db: Database, found: Stored) -> None:
    """What is there when most is there: on the last day before the oldest are erased."""
    found.bytes = await _bytes(db)
    async with db.read() as tx:
        found.outbox = (await tx.execute(text("SELECT count(*) FROM outbox"))).scalar_one()
        found.items = (await tx.execute(text("SELECT count(*) FROM item"))).scalar_one()
        found.tables = dict((await tx.execute(text(_BY_TABLE))).tuples().all())


async def _join(db: Database, n: int, born: date, now: datetime, team: int) -> None:
    """A family with two parents who read two languages; all six visits are booked that day."""
    async with db.write() as tx:
        area = (await areas.listed(tx))[0].id
        family = await families.register(tx, area, None, now)
        await families.add_child(tx, family, born, None)
        for parent in range(PARENTS):
            language = LANGUAGES[(n + parent) % len(LANGUAGES)]
            chat = 1 + n * PARENTS + parent
            guardian = await families.add_guardian(tx, family, chat, language, now)
            await consents.note(tx, guardian, CONSENT_VERSION, language, now)
        names = (f"Anna{team}", f"Bo{team}")
        for number, day in visits(born):
            await _book(tx, family, number, day, names, now)
        await catch_up(tx, family, now, RULES)


async def _book(
    tx: Tx, family: int, number: int, day: date, team: tuple[str, str], now: datetime
) -> None:
    for later in range(20):
        at = instant(day + later // 2 * _DAY, hour(9 if later % 2 else 13), RULES.zone)
        try:
            await book(tx, family, number, at, team, now, RULES)
            return
        except (SlotTaken, OfficesClosed):
            continue
    raise RuntimeError("this team has no time left")


async def _bytes(db: Database) -> int:
    async with db.read() as tx:
        pages = (await tx.exec_driver_sql("PRAGMA page_count")).scalar_one()
        size = (await tx.exec_driver_sql("PRAGMA page_size")).scalar_one()
    return int(pages * size)


def _by_day(hours: Counter[datetime]) -> Counter[date]:
    found: Counter[date] = Counter()
    for at, count in hours.items():
        found[at.date()] += count
    return found


def main(words: list[str]) -> None:
    """Print both parts as one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench country")
    parser.add_argument("--one-in", type=int, default=100, help="so many births stand for one")
    parser.add_argument(
        "--days",
        type=int,
        default=_WHOLE,
        help="of the sample: until the youngest are about to be erased",
    )
    asked = parser.parse_args(words)
    rule, stored = by_rule(), asyncio.run(sample(asked.one_in, asked.days))
    grown = (stored.bytes - stored.empty) / stored.families * 1_000_000
    readers = BIRTHS * MONTHS // 12 * PARENTS
    figures = {
        "messages a year": round(rule.a_year),
        "messages per child": round(rule.per_child, 1),
        "messages on a usual day": round(rule.usual_day),
        "fullest day": [str(rule.fullest_day[0]), round(rule.fullest_day[1])],
        "fullest hour": [str(rule.fullest_hour[0]), round(rule.fullest_hour[1])],
        "minutes to send the fullest hour": round(rule.fullest_hour[1] / PER_SECOND / 60),
        "hours of a notice to the parents of all in the programme": readers / PER_SECOND / 3600,
        "hours of a notice to two million parents": 2_000_000 / PER_SECOND / 3600,
        "sample, families": stored.families,
        "sample, letters sent per child": stored.sent / stored.families,
        "sample, messages sent per child": stored.messages / stored.families,
        "sample, outcomes": stored.counts,
        "sample, families erased at their time": stored.erased,
        "sample, fullest days": [
            (str(day), count) for day, count in _by_day(stored.hours).most_common(3)
        ],
        "sample, fullest hours": [
            (f"{at:%Y-%m-%d %H:%M}", count) for at, count in stored.hours.most_common(3)
        ],
        "sample, grown (day, bytes, sent)": stored.grown,
        "outbox rows per million children": round(stored.outbox / stored.families * 1e6),
        "item rows per million children": round(stored.items / stored.families * 1e6),
        "GB per million children, all tables": round(grown / 1e9, 2),
        "s of processor time of the planner in the sample": round(stored.plan_seconds, 1),
        "KB per child, by table with its indexes": {
            name: round(size / stored.families / 1000, 1) for name, size in stored.tables.items()
        },
        "ms of processor time to send a message": stored.send_seconds / stored.sent * 1000,
    }
    print(json.dumps(figures, indent=1))
