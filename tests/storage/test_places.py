"""Places and their editions: what the documents name to begin with, one edition at a time."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programme.first_places import FIRST_PLACES
from programme.places import Change, Hours, InHouse, Point, Venue, VenueKind
from storage import areas, editions, places
from storage.editions import EditionState, What
from storage.migrate import migrate
from tests.cast import AREA, JOINED

_DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
_HOURS = st.lists(st.builds(Hours, st.integers(0, 700), st.integers(701, 1440)), max_size=2)
_VENUES = st.builds(
    Venue,
    name=st.text(min_size=1),
    kind=st.sampled_from(VenueKind),
    in_house=st.lists(st.sampled_from(InHouse)).map(tuple),
    drop_in=st.none() | st.booleans(),
    week=st.just(()) | st.tuples(*[_HOURS.map(tuple)] * 7),
    changes=st.lists(st.builds(Change, _DAYS, _DAYS, _HOURS.map(tuple))).map(tuple),
    later=st.booleans(),
    opens_on=st.none() | _DAYS,
    point=st.none() | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)),
    way=st.dictionaries(st.sampled_from(["sv", "ar"]), st.text()),
)


@given(venue=_VENUES)
def test_an_edition_gives_back_the_place_it_was_made_of(venue):
    assert places.from_body(places.as_body(venue)) == venue


async def all_of(db) -> list[Venue]:
    async with db.read() as tx:
        return await places.listed(tx)


async def test_a_new_database_has_the_places_the_documents_name_and_nothing_nobody_knows(db):
    found = await all_of(db)
    assert {each.name for each in found} == {each.venue.name for each in FIRST_PLACES}
    assert all(each.checked_on is None and each.point is None for each in found)
    assert all(each.week == () and each.changes == () and not each.way for each in found)
    hjallbo = next(each for each in found if each.name == "Familjecentral Hjällbo")
    async with db.read() as tx:
        assert hjallbo.areas == (await areas.find(tx, AREA),)
    assert InHouse.DENTAL in hjallbo.in_house


async def test_migrating_again_brings_back_no_place_that_staff_took_away(db):
    [first, *_] = await all_of(db)
    async with db.write() as tx:
        await places.end(tx, first.id, JOINED)
    await migrate(db)
    found = await all_of(db)
    assert first.id not in {each.id for each in found}
    assert len(found) == len(FIRST_PLACES) - 1


async def test_a_merged_area_takes_its_places_along_also_where_both_had_them(db):
    async with db.write() as tx:
        gone, into = [await areas.find(tx, name) for name in ("Gårdsten", AREA)]
        number = await places.add(tx, [gone, into])
        await areas.merge(tx, gone, into)
        assert await places.areas_of(tx, number) == (into,)
    found = await all_of(db)
    moved = next(each for each in found if each.name == "BVC Gårdstens vårdcentral")
    assert moved.areas == (into,)


async def test_one_edition_stands_and_the_ones_before_are_kept_newest_first(db):
    [venue, *_] = await all_of(db)
    async with db.write() as tx:
        for n, name in enumerate(("B", "C"), 1):
            assert await places.stand(tx, replace(venue, name=name), JOINED + timedelta(days=n))
        kept = await editions.history(tx, What.PLACE, str(venue.id), "", 9)
        standing = await editions.published(tx, What.PLACE, str(venue.id))
    names = [places.from_body(each.body).name for each in kept]
    assert names == ["C", "B", venue.name]
    assert [each.state for each in kept] == ["published", "old", "old"]
    assert [each.id for each in standing] == [kept[0].id]


async def test_of_two_who_begin_a_draft_at_once_one_does(db):
    async def begin() -> int | None:
        async with db.write() as tx:
            return await editions.begin(tx, What.PLACE, "1", "{}", None, JOINED)

    made = await asyncio.gather(begin(), begin(), begin())
    assert len([each for each in made if each is not None]) == 1


async def test_of_two_who_publish_at_once_one_does_and_what_is_published_is_not_changed(db):
    async with db.write() as tx:
        number = await editions.begin(tx, What.PLACE, "1", "{}", None, JOINED)
        found = await editions.get(tx, number)

    async def publish() -> bool:
        async with db.write() as tx:
            return await editions.publish(tx, found, EditionState.DRAFT, None, JOINED)

    assert sorted(await asyncio.gather(publish(), publish())) == [False, True]
    async with db.write() as tx:
        assert not await editions.write(tx, number, "other", None)
        assert (await editions.get(tx, number)).body == "{}"


async def test_nobody_s_draft_is_run_over_by_a_file(db):
    [venue, *_] = await all_of(db)
    async with db.write() as tx:
        await editions.begin(tx, What.PLACE, str(venue.id), "{}", None, JOINED)
        assert not await places.stand(tx, replace(venue, name="B"), JOINED)


async def test_pages_in_two_languages_are_two_things(db):
    async with db.write() as tx:
        for language in ("sv", "ar"):
            assert await editions.begin(tx, What.PAGE, "teeth", "x", None, JOINED, language)
        assert await editions.begin(tx, What.PAGE, "teeth", "x", None, JOINED, "ar") is None
        assert len(await editions.all_open(tx, What.PAGE)) == 2
