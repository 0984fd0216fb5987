"""Figures of visits: in the visit's month and the area it was counted in, and taken back whole."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.figures import Figure
from programme.follow_up import Offer, Tick
from programme.outcome_figures import counted, held, marks, of_marks
from programme.people import BookingState, Meeting, Role
from services import born, following_up, visits
from storage import areas, bookings, families, visit_outcomes
from storage.bookings import Facts
from tests.cast import BORN, JOINED, RULES, local, move_in
from tests.colleagues import at_work
from tests.databases import ON_SQLITE
from tests.rows import rows

MONTH_END = local("2026-11-30T10:30")
NEXT_MONTH = local("2026-12-02T09:00")
ACTS = ("done", "never_was", "not_held", "move", *Tick, Offer.LIBRARY)


@pytest.fixture
async def team(db):
    """Anna, who works in both areas."""
    anna = await at_work(db)
    await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    async with db.read() as tx:
        return replace(anna, others=(await areas.find(tx, "Gårdsten"),))


async def booked(db, home, starts_at, visit=1, child=None, meeting=Meeting.VISIT):
    """A visit to which Anna and Bo come; its number."""
    child = child or home.child_id
    facts = Facts(child_id=child, visit=visit, starts_at=starts_at, meeting=meeting)
    async with db.write() as tx:
        number = await bookings.add(tx, home.family_id, facts, JOINED)
        await bookings.set_staff(tx, number, [1, 2])
    return number


async def act(db, team, home, number, what, now=NEXT_MONTH):
    async with db.write() as tx:
        about = (tx, team, home.family_id, number)
        match what:
            case "done":
                await following_up.done(*about, now, RULES)
            case "never_was" | "not_held":
                await following_up.never_was(*about, now, RULES, what == "not_held")
            case "move":
                home_area = (await families.home(tx, home.family_id)).area_id
                [other] = {*team.areas} - {home_area}
                await families.set_family(tx, home.family_id, area_id=other)
            case _:
                await following_up.turn(*about, what, now, RULES)


async def figures(db):
    """How often each figure stands: area, month, what, visit, detail."""
    left_out = {Figure.VISIT_CANCELLED}
    return Counter(
        (row.area_id, row.month, row.what, row.visit, row.detail)
        for row in await rows(db, "tally")
        if row.what not in left_out
    )


async def months_of(db, what):
    """The months in which that figure stands."""
    return [row.month for row in await rows(db, "tally", what=what)]


async def as_they_should(db, home):
    """The same, from what is known of each visit."""
    async with db.read() as tx:
        [family] = await families.load(tx, [home.family_id])
        kept = await visit_outcomes.of_family(tx, home.family_id)
    in_chat = {each.id for each in family.bookings if each.starts_at >= JOINED}
    bear = marks(family, {n: each.outcome for n, each in kept.items()}, in_chat, RULES.zone)
    found = Counter()
    for each in family.bookings:
        if each.state is BookingState.DONE:
            mine = kept[each.id]
            its_own = {(Figure.VISIT_LANGUAGE, "so")}
            its_own |= {(Figure.VISIT_CHAT, None)} if each.id in in_chat else set()
            assert mine.marks == bear.get(each.id, frozenset()) | its_own
            own = of_marks(mine.marks, each.visit)
            lines = [held(each), *counted(mine.outcome, each.visit), *own]
            month = f"{each.starts_at.astimezone(RULES.zone):%Y-%m}"
            found.update((mine.area_id, month, *line) for line in lines)
        else:
            assert each.id not in kept
    return found


@ON_SQLITE
@pytest.mark.parametrize("seed", range(2))
async def test_whatever_is_pressed_in_whatever_order_the_figures_are_those_of_what_is_ticked(
    db, team, seed
):
    chance = random.Random(seed)
    home = await move_in(db)
    async with db.write() as tx:
        twin = await families.add_child(tx, home.family_id, BORN, None)
    for visit in range(1, 7):
        child = home.child_id if visit % 2 else twin
        await booked(db, home, MONTH_END - timedelta(days=7 * (6 - visit)), visit, child)
    await booked(db, home, MONTH_END - timedelta(days=20), 1, twin)
    numbers = [row.id for row in await rows(db, "booking")]
    for number in numbers:
        if chance.random() < 0.8:
            await act(db, team, home, number, "done")
    for _ in range(12):
        what = chance.choices(ACTS, weights=[3, 1, 1, 1, 1, 4, 1, 1, 1, 1, 1])[0]
        await act(db, team, home, chance.choice(numbers), what)
    assert await figures(db) == await as_they_should(db, home)


async def test_ticked_in_another_month_and_after_a_move_it_counts_where_and_when_it_was(db, team):
    home = await move_in(db)
    number = await booked(db, home, MONTH_END)
    async with db.write() as tx:
        await families.set_family(tx, home.family_id, centre_id=7)
    await act(db, team, home, number, "done", MONTH_END + timedelta(hours=2))
    await act(db, team, home, number, "move")
    async with db.write() as tx:  # and much else is not as it was
        await families.set_family(tx, home.family_id, centre_id=8, protected=True)
        await families.set_guardian(tx, home.amina, language="sv")
    for what in (Tick.OTHER_PARENT, Offer.LIBRARY):
        await act(db, team, home, number, what)
    here, months = team.areas[0], {month for _, month, *_ in await figures(db)}
    assert months == {"2026-11"}
    counted_for = {row.centre_id for row in await rows(db, "tally")}
    assert {area for area, *_ in await figures(db)} == {here}
    assert (here, "2026-11", "other_parent_family", None, None) in await figures(db)
    assert counted_for == {7}
    await act(db, team, home, number, "not_held")
    assert await figures(db) == Counter()


@pytest.mark.parametrize("how", ["not_held", Tick.OTHER_PARENT])
async def test_the_family_with_the_other_parent_moves_to_the_next_such_visit(db, team, how):
    home = await move_in(db)
    first = await booked(db, home, MONTH_END)
    second = await booked(db, home, NEXT_MONTH - timedelta(days=1), 2)
    for number in (second, first):
        await act(db, team, home, number, "done")
        await act(db, team, home, number, Tick.OTHER_PARENT)
    assert await months_of(db, "other_parent_family") == ["2026-11"]
    await act(db, team, home, first, how)
    assert await months_of(db, "other_parent_family") == ["2026-12"]
    await act(db, team, home, second, how)
    assert await months_of(db, "other_parent_family") == []


async def test_what_the_command_line_called_done_is_counted_and_one_tap_says_the_rest(db, team):
    home = await move_in(db)
    number = await booked(db, home, MONTH_END)
    async with db.write() as tx:
        await visits.done(tx, home.family_id, 1, NEXT_MONTH, RULES)
    of_a_first = {"visit_done", "first_late", "visit_chat", "visit_language", "family_visited"}
    assert {what for _, _, what, *_ in await figures(db)} == of_a_first
    await act(db, team, home, number, "done")
    assert (team.areas[0], "2026-11", "took_part", 1, "birthing") in await figures(db)


async def test_whether_the_first_was_in_time_follows_when_a_date_is_corrected(db, team):
    home = await move_in(db)
    await act(db, team, home, await booked(db, home, MONTH_END), "done")
    assert await months_of(db, "first_late") == ["2026-11"]
    async with db.write() as tx:
        await born.came_home(tx, home.family_id, 1, date(2026, 11, 20), NEXT_MONTH, RULES)
    assert await months_of(db, "first_late") == []
    assert await months_of(db, "first_in_time") == ["2026-11"]
    async with db.write() as tx:
        await born.correct(tx, home.family_id, 1, date(2026, 11, 25), None, NEXT_MONTH, RULES)
    assert await months_of(db, "first_in_time") == ["2026-11"]


async def test_of_a_visit_of_before_nothing_is_ticked_yet_and_a_tick_is_kept(db, team):
    home = await move_in(db)
    number = await booked(db, home, MONTH_END)
    async with db.write() as tx:
        await bookings.set_state(tx, number, BookingState.DONE, MONTH_END)
        page = await following_up.page(tx, team, home.family_id, number, MONTH_END)
    assert page.outcome.ticks == page.outcome.offers == frozenset()
    await act(db, team, home, number, Tick.DEBRIEF)
    assert (team.areas[0], "2026-11", "visit_debrief", 1, None) in await figures(db)


async def test_after_a_colleagues_done_it_was_cancelled_changes_nothing(db, team):
    home = await move_in(db)
    number = await booked(db, home, MONTH_END)
    await act(db, team, home, number, "done")
    before = await figures(db)
    await act(db, team, home, number, "never_was")
    assert await figures(db) == before
    assert await rows(db, "tally", what="visit_cancelled") == []


async def test_a_walk_is_noted_and_nothing_is_ticked(db, team):
    home = await move_in(db)
    number = await booked(db, home, MONTH_END, 0, meeting=Meeting.WALK)
    for what in ("done", "done", Tick.OTHER_PARENT):
        await act(db, team, home, number, what)
    assert await figures(db) == {(team.areas[0], "2026-11", "visit_done", 0, "walk"): 1}
