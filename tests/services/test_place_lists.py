"""Lists of places and families: all of them or nothing, one clear line for each bad row."""

from datetime import date

import pytest

from programme.places import Change, Hours, InHouse, Point, VenueKind
from services import family_lists, place_lists
from services.lists import BadList, template
from storage import editions, places
from storage.editions import What
from tests.cast import JOINED, RULES
from tests.rows import rows

CODES = ("sv", "ar", "so", "en")
TODAY = date(2026, 11, 2)
SPOKEN = {"so": "so", "somaliska": "so", "tigrinska": "ti"}
FULL = (
    "Namn;Typ;Område;I huset;Utan anmälan;Måndag;Tisdag;Lördag;Stängda dagar;Latitud;Longitud;"
    "Kontrollerad;Väg sv;Väg ar;Väg so;Väg en\n"
    "Alfabo;Öppen förskola;Hjällbo / Gårdsten;Barnmorska, BVC;ja;9-12, 13.00–15:30;stängt;10-14;"
    "2026-12-24, 2026-12-27 till 2027-01-06;57,7735;12.0254;2026-11-01;a;b;c;d\n"
)


async def take(db, text: str, update: bool = False) -> place_lists.Taken:
    async with db.write() as tx:
        return await place_lists.take(tx, text.encode(), CODES, JOINED, TODAY, update)


async def named(db, name: str):
    async with db.read() as tx:
        return next((each for each in await places.listed(tx) if each.name == name), None)


async def test_everything_a_list_says_of_a_place_is_taken_in(db):
    assert await take(db, FULL) == place_lists.Taken(new=1)
    found = await named(db, "Alfabo")
    assert found.kind is VenueKind.OPEN_PRESCHOOL
    assert found.in_house == (InHouse.MIDWIFE, InHouse.BVC)
    assert (found.drop_in, len(found.areas)) == (True, 2)
    assert found.week[0] == (Hours(540, 720), Hours(780, 930))
    assert [len(each) for each in found.week] == [2, 0, 0, 0, 0, 1, 0]
    assert found.changes == (
        Change(date(2026, 12, 24), date(2026, 12, 24)),
        Change(date(2026, 12, 27), date(2027, 1, 6)),
    )
    assert found.point == Point(57.7735, 12.0254)
    assert found.checked_on == date(2026, 11, 1)
    assert found.way == {"sv": "a", "ar": "b", "so": "c", "en": "d"}


async def test_hours_that_the_list_does_not_give_stay_unknown(db):
    await take(db, "name,kind,opens\nAlfabo,library,\nBetabo,library,later\nC,bvc,2027-01-11\n")
    for name, later, opens in (
        ("Alfabo", False, None),
        ("Betabo", True, None),
        ("C", True, date(2027, 1, 11)),
    ):
        found = await named(db, name)
        assert (found.week, found.later, found.opens_on) == ((), later, opens)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("kind", "castle", "'castle' is no kind of place. Kinds: öppen förskola"),
        ("name", "", "a name of at most 60 signs is needed"),
        ("name", "x" * 61, "a name of at most 60 signs is needed"),
        ("area", "Atlantis", "there is no area 'Atlantis'. Areas: Angered Centrum"),
        ("in the house", "dragon", "'dragon' is not known. Words: barnmorska"),
        ("drop in", "perhaps", "'perhaps' is neither yes nor no"),
        ("monday", "9 till 12", "'9 till 12' is no time. Write it as 9-12, 13-15:30"),
        ("monday", "9-25", "'9-25' is no time"),
        ("monday", "9:75-12", "'9:75-12' is no time"),
        ("monday", "12-9", "runs backwards or lies over itself"),
        ("monday", "9-12, 11-15", "runs backwards or lies over itself"),
        ("closed", "jul", "'jul': write 2026-12-24"),
        ("closed", "2026-12-31 till 2026-12-24", "runs backwards"),
        ("opens", "soon", "'soon' is no date"),
        ("latitude", "57.7", "latitude and longitude belong together"),
        ("latitude", "north", "'north' is no position. Write it as 57.7735"),
        ("longitude", "190", "'190' is no position"),
        ("checked", "2026-11-03", "2026-11-03 is after today"),
        ("way sv", "a", "is missing in: ar, so, en"),
        ("way sv", "x" * 91, "longer than 90 signs"),
    ],
)
async def test_each_bad_cell_is_said_with_row_and_column_and_nothing_is_taken(
    db, column, value, said
):
    facts = {"name": "Alfabo", "kind": "library", column: value}
    text = f"{';'.join(facts)}\n{';'.join(facts.values())}\n"
    good = "name;kind\nBetabo;library\n"
    head, row = text.splitlines()
    taken = await take(db, f"{head}\nBetabo;library\n{row}\n")
    assert any(
        str(each).startswith(f"row 3, {column}: ") and said in str(each) for each in taken.faults
    ), [str(each) for each in taken.faults]
    assert await named(db, "Betabo") is None
    assert (await take(db, good)).new == 1


async def test_a_place_that_is_there_or_comes_twice_is_no_new_one(db):
    taken = await take(db, "name;kind\nstadsbiblioteket;bibliotek\nB;bvc\nb;BVC\n")
    assert [str(each) for each in taken.faults] == [
        "row 2, name: is there already. To change it, import with --update",
        "row 4, name: the same place as in row 3",
    ]


async def test_update_makes_a_new_edition_and_leaves_what_the_list_does_not_name(db):
    await take(db, FULL)
    before = await named(db, "Alfabo")
    text = "name;kind;tuesday\nAlfabo;öppen förskola;8-9\nStadsbiblioteket;bibliotek;10-18\n"
    assert await take(db, text, update=True) == place_lists.Taken(changed=2)
    after = await named(db, "Alfabo")
    assert after.week[1] == (Hours(480, 540),)
    assert (after.in_house, after.point, after.way, after.areas, after.changes) == (
        *(before.in_house, before.point, before.way, before.areas, before.changes),
    )
    async with db.read() as tx:
        assert len(await editions.history(tx, What.PLACE, str(after.id), "", 9)) == 2


async def test_what_somebody_is_writing_in_the_chat_is_not_run_over(db):
    await take(db, FULL)
    number = (await named(db, "Alfabo")).id
    async with db.write() as tx:
        await editions.begin(tx, What.PLACE, str(number), "{}", None, JOINED)
    taken = await take(db, FULL, update=True)
    assert [str(each) for each in taken.faults] == [
        "row 2, Namn: somebody is writing a new version of it in the chat"
    ]


async def test_the_template_for_places_can_be_imported_as_it_is(db):
    taken = await take(db, template(place_lists.columns(CODES)))
    assert [str(each) for each in taken.faults] == []
    assert taken.new == 1


# --- families -----------------------------------------------------------------------------------


async def families_of(db, text: str, links: bool = False) -> family_lists.Taken:
    async with db.write() as tx:
        return await family_lists.take(tx, text.encode(), SPOKEN, JOINED, RULES, links)


async def test_families_are_registered_with_what_the_list_says(db):
    taken = await families_of(
        db,
        "Område;Född;Beräknad;Etikett;Tolkspråk;Skyddad\n"
        "Hjällbo;2026-10-31;;röda dörren;Somaliska;\n"
        "Tynnered;;2027-02-01;;;ja\n",
    )
    assert [(each.row, each.code) for each in taken.new] == [(2, None), (3, None)]
    first, second = await rows(db, "family")
    assert (first.label, first.spoken, first.protected) == ("röda dörren", "so", False)
    assert second.protected
    children = await rows(db, "child")
    assert [(each.born, each.due) for each in children] == [
        (date(2026, 10, 31), None),
        (None, date(2027, 2, 1)),
    ]
    assert await rows(db, "invite") == []


async def test_links_are_made_when_they_are_wanted_but_never_for_a_protected_family(db):
    text = "area;born;label;protected\nHjällbo;2026-10-31;a;\nHjällbo;2026-10-31;b;ja\n"
    taken = await families_of(db, text, links=True)
    assert [each.code is not None for each in taken.new] == [True, False]
    assert len(await rows(db, "invite")) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Hjällbo;;;;;", "row 2, born: the birth date or the due date is needed"),
        (";2026-10-31;;;;", "row 2, area: is needed"),
        ("Atlantis;2026-10-31;;;;", "row 2, area: There is no area 'Atlantis'"),
        ("Hjällbo;2026-11-03;;;;", "row 2, born: The birth date 2026-11-03 is after today"),
        ("Hjällbo;1996-11-03;;;;", "row 2, born: The birth date 1996-11-03 is too long ago"),
        ("Hjällbo;31/10/2026;;;;", "row 2, born: '31/10/2026' is no date"),
        ("Hjällbo;2026-10-31;2020-01-01;;;", "row 2, born: "),
        ("Hjällbo;2026-10-31;;x;Klingon;", "row 2, interpreter: 'Klingon' is no language"),
        ("Hjällbo;2026-10-31;;x;;maybe", "row 2, protected: 'maybe' is neither yes nor no"),
        ("Hjällbo;2026-10-31;;20261031-1234;;", "looks like a personal number"),
    ],
)
async def test_a_family_that_cannot_be_stops_the_whole_list(db, row, said):
    head = "area;born;due;label;interpreter;protected"
    taken = await families_of(db, f"{head}\n{row}\nHjällbo;2026-10-31;;good;;\n")
    assert taken.new == ()
    assert any(said in str(each) for each in taken.faults), [str(each) for each in taken.faults]


async def test_families_that_are_there_or_come_twice_are_named_by_row_and_number(db):
    line = "Hjällbo;2026-10-31;röda dörren\n"
    [first] = (await families_of(db, f"area;born;label\n{line}")).new
    other = "Hjällbo;2026-10-31;blå dörren\n"
    taken = await families_of(db, f"area;born;label\n{line}{other}{other}")
    assert [str(each) for each in taken.faults] == [
        f"row 2, label: is there already: family {first.family_id}",
        "row 4, label: the same as row 3. Give each its own label",
    ]


async def test_a_label_is_never_repeated_in_a_fault(db):
    taken = await families_of(db, f"area;born;label\nHjällbo;2026-10-31;{'planted ' * 9}\n")
    assert taken.faults
    assert "planted" not in " ".join(map(str, taken.faults))


async def test_a_list_of_places_is_no_list_of_families(db):
    with pytest.raises(BadList, match="Unknown column"):
        await families_of(db, FULL)
