"""What is undone is not counted any more: in its own month, and nobody else's figure goes."""

from collections import Counter
from datetime import timedelta

import pytest

from programme.figures import Figure
from programme.people import Choice
from services import declining, preferences, visits
from services.answering import answer
from services.two_homes import Keeps, split
from storage import areas, tallies
from tests.cast import (
    AMINA_CHAT,
    AREA,
    JOINED,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    move_in,
    reader,
)
from tests.rows import rows

VISIT = local("2026-12-04T10:00")
SAID = local("2026-11-30T23:50")
UNDONE = local("2026-12-01T00:10")
OTHERS = (  # other families' figures, which are nobody's to take
    *((Figure.ANSWERED, 1, str(each)) for each in Choice),
    *((what, 1, None) for what in (Figure.VISIT_DECLINED, Figure.VISIT_WANTED)),
    *((what, None, None) for what in (Figure.VISITS_ENDED, Figure.STOPPED)),
)


@pytest.fixture
async def home(db):
    found = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    await book_visit(db, found.family_id, VISIT, JOINED)
    async with db.write() as tx:
        area = await areas.find(tx, AREA)
        for day in (SAID.date(), VISIT.date()):
            for each in OTHERS:
                await tallies.count(tx, area, day, *each)
    return found


async def figures(db):
    return Counter((row.month, row.what, row.visit, row.detail) for row in await rows(db, "tally"))


SAY = {
    "not this": lambda tx, amina, now: visits.decline(tx, amina, 1, now, RULES),
    "this after all": lambda tx, amina, now: visits.take_back(tx, amina, 1, now, RULES),
    "none": lambda tx, amina, now: visits.end_all(tx, amina, now, RULES),
    "all after all": lambda tx, amina, now: declining.visits_after_all(tx, amina, now, RULES),
    "after all": lambda tx, amina, now: declining.after_all(tx, amina, 1, now, RULES),
    "stop": preferences.stop,
    "start": lambda tx, amina, now: preferences.undo_rest(tx, amina, now, RULES),
}


@pytest.mark.parametrize("homes", [1, 2])
@pytest.mark.parametrize(
    ("said", "undone"),
    [
        ("not this", "this after all"),
        ("none", "all after all"),
        ("none", "after all"),
        ("stop", "start"),
    ],
)
async def test_an_undo_takes_the_figure_back(db, home, homes, said, undone):
    if homes == 2:
        async with db.write() as tx:
            await split(tx, await reader(db, AMINA_CHAT), Keeps.FIRST, JOINED, RULES)
    before = await figures(db)
    for what, now in ((said, SAID), (undone, UNDONE)):
        amina = await reader(db, AMINA_CHAT)
        async with db.write() as tx:
            await SAY[what](tx, amina, now)
        if what == said:
            assert sum((await figures(db)).values()) == sum(before.values()) + 1
    answered = Counter({("2026-12", Figure.ANSWERED, 1, "yes"): undone == "after all"})
    wanted = Counter({("2026-12", Figure.VISIT_WANTED, 1, None): homes == 2})
    assert await figures(db) - before in (Counter(), +answered, +wanted)
    assert before - await figures(db) == Counter()


async def test_another_answer_takes_the_place_of_the_first(db, home):
    before = await figures(db)
    for choice, now in ((Choice.YES, SAID), (Choice.OTHER_TIME, UNDONE)):
        amina = await reader(db, AMINA_CHAT)
        async with db.write() as tx:
            await answer(tx, amina, 1, 0, choice, now, RULES)
    assert await figures(db) == before + Counter({("2026-12", Figure.ANSWERED, 1, "other_time"): 1})


async def test_no_to_an_offer_and_then_yes_is_a_yes_and_a_second_no_is_one(db, home):
    await book_visit(db, home.family_id, VISIT + timedelta(days=90), JOINED, 2)
    before = await figures(db)
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await declining.not_this(tx, amina, 3, SAID - timedelta(days=9), RULES)
        await declining.not_this(tx, amina, 3, SAID, RULES)
    assert await figures(db) == before + Counter({("2026-11", Figure.VISIT_DECLINED, 3, None): 1})
    async with db.write() as tx:
        await declining.want_time(tx, amina, 3, UNDONE, RULES)
    assert await figures(db) == before + Counter({("2026-12", Figure.VISIT_WANTED, 3, None): 1})


async def test_a_family_that_is_booked_after_its_no_has_not_ended(db, home):
    before = await figures(db)
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await SAY["none"](tx, amina, SAID)
    await book_visit(db, home.family_id, VISIT, UNDONE)
    changed = await figures(db) - before
    assert Figure.VISITS_ENDED not in {what for _, what, *_ in changed}
    assert before - await figures(db) == Counter()
