"""A letter on paper goes only where a visit may be offered."""

from datetime import timedelta

import pytest

from messaging import cards
from programme.errors import FamilyRests, NoSuchFamily, NothingToOffer
from services import loss, papers, visits
from storage import families
from tests.cast import JOINED, RULES, book_visit, local, move_in

VISIT = local("2026-11-20T10:00")
AFTER = VISIT + timedelta(days=1)


async def letter(tx, languages, family_id):
    return await papers.letter(tx, languages.get("so"), family_id, AFTER, RULES)


async def test_it_is_about_the_first_visit_that_was_not_held(db, languages):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED + timedelta(hours=1))
    async with db.write() as tx:
        assert await letter(tx, languages, home.family_id) == cards.letter(languages.get("so"), 1)
        await visits.done(tx, home.family_id, 1, AFTER, RULES)
        assert await letter(tx, languages, home.family_id) == cards.letter(languages.get("so"), 2)


async def test_after_a_loss_and_where_no_visit_is_wanted_there_is_none(db, languages):
    home = await move_in(db)
    async with db.write() as tx:
        await families.set_family(tx, home.family_id, visits_ended_at=AFTER)
        with pytest.raises(NothingToOffer):
            await letter(tx, languages, home.family_id)
        await loss.begin(tx, home.family_id, None, AFTER, RULES)
        with pytest.raises(FamilyRests):
            await letter(tx, languages, home.family_id)
        with pytest.raises(NoSuchFamily):
            await letter(tx, languages, 999)
