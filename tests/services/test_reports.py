"""What the services count is what the report tells, also after families are erased (mission I1)."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from programme.figures import Figure
from programme.measures import Line, Sum, measure
from programme.periods import Period, month
from programme.report import Report
from services import centres, declining, following_up, forgetting, milestones, reports, visits
from services.booking import book
from services.enrolment import register
from storage import areas, families, tallies
from tests.cast import AMINA_CHAT, AREA, RULES, YUSUF_CHAT, local, move_in, reader
from tests.colleagues import at_work
from tests.databases import ON_SQLITE
from tests.rows import rows

BORN = date(2026, 10, 31)
DAYS = ("2026-11-10", "2027-01-07", "2027-03-08", "2027-07-05", "2027-11-04", "2028-02-07")
LATER = local("2028-07-20T12:00")
MONTHS = Period(month(2026, 7), month(2028, 6))


async def _visited(db, anna, days=DAYS):
    """One family with so many of the six visits held, each ticked as usual."""
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    for number, day in enumerate(days, start=1):
        at, before = local(f"{day}T10:00"), local(f"{day}T08:00")
        async with db.write() as tx:
            visit = await book(tx, home.family_id, number, at, ["Anna", "Bo"], before, RULES)
        async with db.write() as tx:
            after = at + timedelta(hours=2)
            await following_up.done(tx, anna, home.family_id, visit, after, RULES)
    return home


async def _counted(db):
    found = Counter()
    for row in await rows(db, "tally"):
        found[Figure(row.what), row.visit, row.detail] += 1
    return found


@ON_SQLITE
async def test_a_family_leaves_exactly_the_rows_of_which_the_report_is_made(db):
    await _visited(db, await at_work(db))
    await milestones.count_last_windows(db, LATER, RULES)
    assert await milestones.count_last_windows(db, LATER, RULES) == 0  # once
    found = await _counted(db)
    assert found[Figure.FAMILY_YES, None, None] == found[Figure.ALL_SIX, None, None] == 1
    assert found[Figure.FAMILY_VISITED, None, "chat"] == 1
    assert found[Figure.LAST_WINDOW, None, "six"] == 1
    assert found[Figure.FIRST_IN_TIME, 1, None] == 1
    for number in range(1, 7):
        for what in (Figure.VISIT_DONE, Figure.VISIT_BOTH_STAFF, Figure.VISIT_CHAT):
            assert found[what, number, None] == 1
        assert found[Figure.TOOK_PART, number, "birthing"] == 1
        assert found[Figure.VISIT_LANGUAGE, number, "so"] == 1


async def test_a_no_is_counted_unless_a_visit_was_booked_and_taken_back_with_it(db):
    await move_in(db, chats=(AMINA_CHAT, None))
    now, amina = local("2026-11-04T10:00"), await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await visits.end_all(tx, amina, now, RULES)
    assert len(await rows(db, "tally", what=Figure.FAMILY_NO)) == 1
    async with db.write() as tx:
        await visits.take_back_end(tx, amina, now + timedelta(hours=1), RULES)
    assert not await rows(db, "tally", what=Figure.FAMILY_NO)
    async with db.write() as tx:
        await visits.end_all(tx, amina, now + timedelta(hours=2), RULES)
        home = amina.family_id
        day = local("2026-11-12T10:00")
        await book(tx, home, 1, day, ["Anna", "Bo"], now + timedelta(hours=3), RULES)
    found = [row.what for row in await rows(db, "tally")]
    assert found.count(Figure.FAMILY_YES) == 1
    assert Figure.FAMILY_NO not in found


@ON_SQLITE
async def test_a_family_without_a_single_visit_is_past_its_last_one_too(db):
    async with db.write() as tx:
        await register(tx, AREA, BORN, None, None, local("2026-11-02T09:00"), RULES.zone)
    await milestones.count_last_windows(db, local("2028-03-27T12:00"), RULES)
    assert not await rows(db, "tally", what=Figure.LAST_WINDOW)
    await milestones.count_last_windows(db, local("2028-03-29T12:00"), RULES)
    [row] = await rows(db, "tally", what=Figure.LAST_WINDOW)
    assert (row.month, row.detail) == ("2028-03", "none")


@ON_SQLITE
@pytest.mark.parametrize("came", ["2026-11-02T09:00", "2028-03-20T09:00"])
async def test_who_could_never_have_a_visit_is_in_no_share_of_those_past_the_last(db, came):
    at = local(came)
    async with db.write() as tx:
        family = await register(tx, AREA, BORN, None, None, at, RULES.zone)
        if at < local("2028-01-01T09:00"):  # a second child, born here
            await families.set_family(tx, family, eligible=False)
    await milestones.count_last_windows(db, LATER, RULES)
    assert not await rows(db, "tally", what=Figure.LAST_WINDOW)


async def _all_lines(db):
    async with db.read() as tx:
        report = await reports.read(tx, LATER.date())
    return [*report.lines(None, MONTHS)]


@ON_SQLITE
async def test_the_report_of_a_closed_month_is_the_same_after_its_families_are_erased(db):
    home = await _visited(db, await at_work(db))
    await milestones.count_last_windows(db, LATER, RULES)
    async with db.write() as tx:  # more of the same, so that anything is told at all
        for row in await rows(db, "tally"):
            for _ in range(6):
                day = date.fromisoformat(f"{row.month}-01")
                await tallies.count(tx, row.area_id, day, Figure(row.what), row.visit, row.detail)
    before = await _all_lines(db)
    assert any(line.count == 42 for line in before)  # six visits of seven
    async with db.write() as tx:
        await forgetting.erase_family(tx, home.family_id, LATER, RULES, Figure.ERASED)
    await milestones.count_last_windows(db, LATER, RULES)
    assert await _all_lines(db) == before


async def _random_families(db, dice):
    """Families with bookings of every state, written as the tables hold them, and their tally."""
    async with db.write() as tx:
        home = await areas.find(tx, AREA)
        for _ in range(dice.randint(30, 60)):
            born = date(2026, 1, 1) + timedelta(days=dice.randint(0, 170))
            at = local(f"{born}T09:00")
            family = await register(tx, AREA, born, None, None, at, RULES.zone)
            [found] = await families.load(tx, [family])
            for visit in range(1, dice.randint(1, 7)):
                day = born + timedelta(days=30 * visit + dice.randint(0, 20))
                state = dice.choice(["done", "done", "missed"])
                await tx.execute(
                    text(
                        "INSERT INTO booking (family_id, child_id, visit, starts_at, revision,"
                        " changed_at, state, place, interpreter) VALUES (:family, :child, :visit,"
                        " :day, 0, :day, :state, 'home', false)"
                    ),
                    {
                        "family": family,
                        "child": found.children[0].id,
                        "visit": visit,
                        "day": f"{day} 09:00:00",
                        "state": state,
                    },
                )
                what = Figure.VISIT_DONE if state == "done" else Figure.VISIT_MISSED
                await tallies.count(tx, home, day, what, visit)
        return home


@ON_SQLITE
@pytest.mark.parametrize("seed", range(10))
async def test_the_figures_are_those_of_plain_sql_over_families_and_visits(db, seed):
    await _random_families(db, random.Random(seed))
    half = Period(month(2026, 1), month(2026, 6))
    async with db.read() as tx:
        report = await reports.read(tx, date(2027, 6, 1))
        registered = await tx.scalar(text("SELECT count(*) FROM family"))
        plain = {
            (state, visit): count
            for state, visit, count in await tx.execute(
                text(
                    "SELECT state, visit, count(*) FROM booking"
                    " WHERE starts_at < '2026-07-01' GROUP BY state, visit"
                )
            )
        }
    assert report.told(Line(None, None, half, "offered")).count == registered, f"seed {seed}"
    told = 0
    for code, state in (("visits", "done"), ("missed", "missed")):
        for number in range(1, 7):
            count = report.count(measure(code), report.units(None), half, number)
            assert count in {None, plain.get((state, number), 0)}, f"seed {seed}"
            told += count is not None and count > 0
    assert told > 2


@ON_SQLITE
async def test_the_database_adds_up_before_anything_is_read(db):
    async with db.write() as tx:
        home = await areas.find(tx, AREA)
        for _ in range(7):
            await tallies.count(tx, home, date(2026, 5, 3), Figure.REGISTERED)
        await tallies.count(tx, home, date(2026, 5, 3), Figure.VISIT_DONE, 2, centre_id=4)
        found = await tallies.sums(tx)
    may = month(2026, 5)
    assert sorted(found, key=lambda each: each.count) == [
        Sum(home, 4, may, "visit_done", 2, None, 1),
        Sum(home, 0, may, "registered", None, None, 7),
    ]
    assert isinstance(Report(found, (), may), Report)


@ON_SQLITE
async def test_a_family_of_an_area_with_two_health_centres_is_counted_for_its_own(db):
    async with db.write() as tx:
        before = local("2026-11-02T09:00")
        family = await register(tx, "Angered Centrum", BORN, None, None, before, RULES.zone)
        with pytest.raises(centres.UnknownCentre, match="Capio"):
            await centres.choose(tx, family, "BVC Närhälsan Hjällbo")
        await centres.choose(tx, family, "BVC Capio Läkarhus Angered")
        at = local("2026-11-10T10:00")
        await book(tx, family, 1, at, ["Anna", "Bo"], before, RULES)
        await visits.done(tx, family, 1, at + timedelta(hours=2), RULES)
        report = await reports.read(tx, date(2027, 7, 20))
        [place] = [each for each in report.places if each.name == "Angered Centrum"]
        [done] = [each for each in await tallies.sums(tx) if each.what == Figure.VISIT_DONE]
    assert dict(place.centres)[done.centre] == "BVC Capio Läkarhus Angered"


@ON_SQLITE
async def test_a_no_said_to_a_person_is_counted_once_and_a_booking_takes_it_back(db):
    now, at = local("2026-11-04T10:00"), local("2026-11-12T10:00")
    async with db.write() as tx:
        family = await register(tx, AREA, BORN, None, None, now, RULES.zone)
        assert await declining.told_staff_no(tx, family, now, RULES)
        assert not await declining.told_staff_no(tx, family, now, RULES)
    assert len(await rows(db, "tally", what=Figure.FAMILY_NO)) == 1
    async with db.write() as tx:
        await book(tx, family, 1, at, ["Anna", "Bo"], now, RULES)
        assert not await declining.told_staff_no(tx, family, now, RULES)  # a visit is booked
    found = {row.what for row in await rows(db, "tally")}
    assert Figure.FAMILY_YES in found
    assert not found & {Figure.FAMILY_NO, Figure.VISITS_ENDED}
