"""Lotsen is away for an hour, a day, a week, a month, and a town waits: what do they get?"""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

import pytest

from programme.ages import date_at
from programme.kinds import KINDS, Kind, Rules
from programme.localtime import on_the_clock
from programme.visits import VISITS
from services import planning
from services.delivery import Sender
from services.red_days import is_red
from storage import areas, bookings, families, memory
from storage.bookings import Facts
from storage.database import Database
from tests.cast import AREA, local
from tests.databases import ON_SQLITE
from tests.effort import tries
from tests.fakes import FakePush, MovableClock
from tests.rows import rows

RULES = Rules(is_red=is_red)
DOWN = local("2027-02-01T09:30")  # a Monday, just before the tips of that day
FAMILIES, APART = tries(85, 510), tries(6, 1)  # one for every sixth day of age, or for each
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROUND = 2 * HOUR  # between two looks at what is due: every message may leave for longer than that
SPANS = {"hour": HOUR, "day": DAY, "week": 7 * DAY, "month": 30 * DAY}
LATE, TOO_LATE = "sent: late", "dropped: too late"
FOLDED = "folded: late: in one digest"
BECAME = {  # what fell due in the outage, and what became of it
    "hour": {"sent: in time"},
    "day": {LATE, TOO_LATE},
    "week": {LATE, TOO_LATE, FOLDED},
    "month": {LATE, TOO_LATE, FOLDED},
}
VISIT_KINDS = {Kind.DAY_BEFORE, Kind.SAME_MORNING, Kind.VISIT_BOOKED}


async def _town(db: Database, until: datetime) -> None:
    """Children of every age to 17 months; every tenth has a sibling, every third a visit soon."""
    async with db.write() as tx:
        area = await areas.find(tx, AREA)
        for n in range(FAMILIES):
            born = date(2027, 1, 31) - timedelta(days=n * APART)
            joined = local(f"{born}T12:00") + 2 * DAY
            family_id = await families.register(tx, area, None, joined)
            child = await families.add_child(tx, family_id, born, None)
            if n % 10 == 0:
                await families.add_child(tx, family_id, born - timedelta(days=330 + n % 90), None)
            await families.add_guardian(tx, family_id, 20_000 + n, "sv", joined)
            await families.set_family(tx, family_id, eligible=n % 5 > 0)
            if n % 3 == 0:
                at = DOWN + timedelta(days=n % 40, hours=n % 6)
                facts = Facts(child_id=child, visit=_visit(born), starts_at=at)
                await bookings.add(tx, family_id, facts, joined)
        await memory.remember_instant(tx, memory.WATERMARK, until)


def _visit(born: date) -> int:
    return next((v.number for v in VISITS if date_at(born, v.age) >= DOWN.date()), 6)


async def _come_back(db: Database, languages, at: datetime, days: int) -> FakePush:
    """At work again from then on, every round, for so many days."""
    clock, push = MovableClock(at), FakePush()
    push.sent_at = defaultdict(list)
    push.on_send = lambda said: push.sent_at[said.chat_id].append(clock.at)
    sender = Sender(db, push, languages, RULES, 1e6, clock)
    while clock.at < at + days * DAY:
        await planning.plan(db, clock.at, RULES)
        await sender.drain()
        clock.at += ROUND
    return push


# The rules decide it; that the server finds the same families is tested where they are sought.
@ON_SQLITE
@pytest.mark.slow
@pytest.mark.parametrize("span", SPANS)
async def test_after_an_outage_nobody_gets_a_burst_or_what_has_passed(db, languages, span):
    await _town(db, DOWN)
    back = DOWN + SPANS[span]
    await _come_back(db, languages, back, days=8)
    found = await rows(db, "item")
    boxes = {row.id: row for row in await rows(db, "outbox")}
    _nothing_is_left_over(found, back)
    _nothing_about_a_visit_that_has_passed(found, boxes, await rows(db, "booking"))
    _never_more_than_the_week_holds(found, boxes)
    assert set(_told(found, boxes, back)) == BECAME[span]


def _nothing_is_left_over(found, back: datetime) -> None:
    """Whatever fell due in the outage has ended, with a reason where it did not go out."""
    for row in found:
        if row.due_at < back and row.state == "dropped":
            assert row.reason, row
        late = row.state == "planned" and row.due_at < back
        assert not late or KINDS[Kind(row.kind)].capped, row  # only tips wait for a free day


def _nothing_about_a_visit_that_has_passed(found, boxes, booked) -> None:
    begins = {row.id: row.starts_at for row in booked}
    for row in found:
        if row.kind in VISIT_KINDS and row.state == "sent":
            assert boxes[row.outbox_id].ended_at < begins[int(row.key.split(":")[1])], row


def _never_more_than_the_week_holds(found, boxes) -> None:
    days: dict[int, list[date]] = defaultdict(list)
    for box in {row.outbox_id for row in found if KINDS[Kind(row.kind)].capped}:
        if box in boxes and boxes[box].state == "sent":
            days[boxes[box].guardian_id].append(on_the_clock(boxes[box].ended_at).date())
    for sent in days.values():
        assert len(sent) == len(set(sent)), "two on one day"
        for first in sent:
            assert sum(first <= day < first + 7 * DAY for day in sent) <= 3


def _told(found, boxes, back: datetime) -> dict[str, int]:
    """What became of what fell due in the outage."""
    told: Counter[str] = Counter()
    for row in found:
        if row.due_at < back:
            box = boxes.get(row.outbox_id)
            late = box is not None and box.ended_at is not None and box.ended_at > row.due_at + HOUR
            how = row.reason or ("late" if late else "in time")
            told[f"{row.state}: {how}"] += 1
    return dict(told)
