"""Places in the chat of a parent: today, this week, near me. A position is never kept."""

import json
from dataclasses import replace
from datetime import date

import pytest

from messaging import place_texts as words
from messaging import texts, thread_texts
from programme.places import Hours, Point, Venue, VenueKind
from storage import areas, places
from tests.cast import AREA, JOINED, local
from tests.handlers.home import FOUR, data
from tests.handlers.phone import Lotsen
from tests.handlers.wording import faults, too_long
from tests.storage.dumping import everything_stored

LATITUDE, LONGITUDE = 57.771234, 12.023456
WEEK = (*((Hours(9 * 60, 15 * 60),),) * 5, (), ())
PRESCHOOL = Venue(
    name="Alfabo",
    kind=VenueKind.OPEN_PRESCHOOL,
    week=WEEK,
    drop_in=True,
    point=Point(57.7735, 12.0254),
    way={
        "sv": "Bakom torget.",
        "ar": "خلف الساحة.",
        "so": "Fagaaraha gadaashiisa.",
        "en": "Behind it.",
    },
)
LIBRARY = Venue(name="Boklada", kind=VenueKind.LIBRARY, point=Point(57.9, 12.1))


async def there(
    lotsen: Lotsen, *venues: Venue, area: str | None = AREA, checked: date | None = None
):
    """Only these places, in that area; their numbers."""
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE place SET ended_at = '2020-01-01 00:00:00'")
        own = [await areas.find(tx, area)] if area else []
        numbers = [await places.add(tx, own, checked) for _ in venues]
        for number, venue in zip(numbers, venues, strict=True):
            assert await places.stand(tx, replace(venue, id=number), JOINED)
    return numbers


@pytest.fixture
async def parent(lotsen):
    phone = lotsen.phone()
    await phone.join("ar")
    return phone


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_about_places_is_in_the_parent_s_language_and_short(lotsen, code):
    t = lotsen.languages.get(code)
    await there(lotsen, PRESCHOOL, LIBRARY, replace(LIBRARY, name="Cirkelhus", point=None))
    phone = lotsen.phone(setting="fi")
    await phone.join(code)

    said = await phone.write("/places")
    assert data(said[0]) == ["Pt:0", "Pw:0", "Pn"]
    said += await phone.tap_data("Pt:0")
    said += await phone.tap_data("Pt:1")
    said += await phone.press("P")
    said += await phone.tap_data("Pw:0")
    said += await phone.tap_data("Pw:1")
    said += await phone.tap_data("Pc:")
    said += await phone.tap_data("Pq:")
    said += await phone.press("Pt:0")
    said += await phone.tap_data("Pc:")
    said += (await phone.tap_data("Pv:"))[1:]  # the pin is not read: it holds a name
    said += await phone.press("Pn")
    assert faults(said, t, lotsen.languages) == []
    assert too_long(said) == []
    assert all(len(each.buttons) <= 3 for each in said)


async def test_places_stand_in_the_menu(lotsen, parent):
    t = lotsen.languages.get("ar")
    await parent.press("m:more")
    await parent.tap(t.gettext("Guide and places"))
    [said] = await parent.tap(t.gettext("Places"))
    assert said.text == words.menu(t).text


async def test_the_family_s_own_area_comes_first_and_places_of_nobody_after_it(lotsen, parent):
    [far] = await there(lotsen, replace(LIBRARY, name="Aaa"), area=None)
    async with lotsen.db.write() as tx:
        near = await places.add(tx, [await areas.find(tx, AREA)])
        other = await places.add(tx, [await areas.find(tx, "Tynnered")])
        for number in (near, other):
            await places.stand(tx, replace(LIBRARY, name=f"Z{number}", id=number), JOINED)
    [first] = await parent.press("Pt:0")
    assert data(first) == [f"Pc:{near}", f"Pc:{far}", "Pt:1"]
    [second] = await parent.press("Pt:1")
    assert data(second) == [f"Pc:{other}", "P"]


async def test_outside_opening_hours_a_place_says_when_it_opens_next(lotsen):
    t = lotsen.languages.get("en")
    phone = lotsen.phone()
    await phone.join("en")
    [number] = await there(lotsen, PRESCHOOL)
    for moment, line in (
        ("2026-11-03T10:00", "Open now, until \u206615:00\u2069."),
        ("2026-11-03T07:00", "Opens today at \u206609:00\u2069."),
        ("2026-11-06T16:00", "Opens on \u2068Monday 9 November\u2069 at \u206609:00\u2069."),
        ("2026-11-07T10:00", "Closed today."),
    ):
        lotsen.clock.set(local(moment))
        [card] = await phone.press(f"Pc:{number}")
        assert line in card.text.splitlines(), moment
        [today] = await phone.press("Pt:0")
        assert line in today.text.splitlines(), moment
    assert t.gettext("You can come without signing up.") in card.text


async def test_what_nobody_has_said_or_checked_is_called_so_and_a_person_is_named(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    bare, checked = replace(LIBRARY, point=None), date(2026, 10, 1)
    [number] = await there(lotsen, bare)
    [card] = await phone.press(f"Pc:{number}")
    assert "We do not know the opening hours." in card.text
    assert "Not checked yet. Ask BVC or us before you go." in card.text
    [number] = await there(lotsen, PRESCHOOL, checked=checked)
    [card] = await phone.press(f"Pc:{number}")
    assert "Checked on \u2068Thursday 1 October 2026\u2069." in card.text
    await there(lotsen)
    for page in ("Pt:0", "Pw:0"):
        [said] = await phone.press(page)
        assert "Ask BVC" in said.text
        assert data(said) == ["P"]


async def test_a_red_day_is_no_ordinary_day(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    [number] = await there(lotsen, PRESCHOOL)
    lotsen.clock.set(local("2026-12-25T10:00"))  # a Friday
    [card] = await phone.press(f"Pc:{number}")
    assert "Today is a public holiday. It may be closed." in card.text
    assert "Opens on \u2068Monday 28 December\u2069" in card.text
    [week] = await phone.press(f"Pq:{number}")
    assert "\u2068Friday\u2069: public holiday, ask first" in week.text


async def test_a_place_that_opens_later_says_the_day_and_one_without_a_day_is_not_shown(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    soon = replace(PRESCHOOL, later=True, opens_on=date(2027, 1, 11))
    number, _ = await there(lotsen, soon, replace(LIBRARY, later=True))
    [today] = await phone.press("Pt:0")
    assert data(today) == [f"Pc:{number}", "P"]
    assert "It has not opened yet. It opens on \u2068Monday 11 January\u2069." in today.text


async def test_a_map_pin_and_the_way_in_one_s_own_language(lotsen, parent):
    [number] = await there(lotsen, PRESCHOOL)
    pin, way = await parent.press(f"Pv:{number}")
    assert (pin.pin, pin.text) == ((57.7735, 12.0254), "Alfabo")
    assert "خلف الساحة." in way.text
    assert faults([way], lotsen.languages.get("ar"), lotsen.languages) == []


# --- near me ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FOUR)
async def test_a_shared_position_is_answered_with_the_nearest_and_the_keys_go_away(lotsen, code):
    t = lotsen.languages.get(code)
    preschool, _ = await there(lotsen, PRESCHOOL, LIBRARY)
    phone = lotsen.phone()
    await phone.join(code)
    [asked] = await phone.press("Pn")
    assert asked.keys == (t.gettext("Show where I am"), t.gettext("Not now"))

    thanks, card = await phone.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})

    assert (thanks.text, thanks.keys) == (words.used_once(t).text, ())
    assert words.distance(t, 300) in card.text
    assert data(card) == [f"Pq:{preschool}", f"Pv:{preschool}", card.buttons[-1][1]]
    [second] = await phone.tap_data("Pm:")
    assert "Boklada" in second.text
    assert data(second)[-1] == "P"
    assert faults([asked, thanks, card, second], t, lotsen.languages) == []
    assert too_long([asked, thanks, card, second]) == []


async def test_a_position_is_in_no_table_and_in_no_log_at_any_time(lotsen, parent, caplog):
    caplog.set_level(0)
    await there(lotsen, PRESCHOOL)
    await parent.press("Pn")
    await parent.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    await parent.tap_data("Pq:")

    kept = await everything_stored(lotsen.db)
    logged = json.dumps([str(record.__dict__) for record in caplog.records])
    for number in ("771234", "023456"):
        assert number not in kept
        assert number not in logged


async def test_a_position_that_nobody_asked_for_is_not_used(lotsen, parent):
    t = lotsen.languages.get("ar")
    await there(lotsen, PRESCHOOL)
    [said] = await parent.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    assert said.text == words.position_not_used(t).text
    assert data(said) == ["Pn", "P"]
    await parent.tap_data("Pn")
    await parent.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    [once_more] = await parent.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    assert once_more.text == said.text  # one yes, one use


async def test_a_venue_that_is_sent_is_a_file_like_any_other(lotsen, parent):
    await parent.press("Pn")
    place = {"latitude": LATITUDE, "longitude": LONGITUDE}
    venue = {"location": place, "title": "Planted", "address": "Planted"}
    [said] = await parent.send(venue=venue, location=place)
    assert said.text == thread_texts.no_files(lotsen.languages.get("ar"), 0).text


async def test_not_now_takes_the_keys_away_in_whatever_language_they_were_shown(lotsen, parent):
    arabic, english = lotsen.languages.get("ar"), lotsen.languages.get("en")
    for key in (arabic.gettext("Not now"), english.gettext("Not now")):
        await parent.press("Pn")
        gone, menu = await parent.write(key)
        assert gone.keys == ()
        assert menu.text == words.menu(arabic).text
    [said] = await parent.write(english.gettext("Not now"))
    assert said.text != words.menu(arabic).text  # nothing was asked: it is a text like any other


async def test_without_any_position_known_a_person_is_named(lotsen, parent):
    t = lotsen.languages.get("ar")
    await there(lotsen, replace(LIBRARY, point=None))
    await parent.press("Pn")
    _, said = await parent.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    assert said.text == words.none_near(t).text
    assert words.ask_a_person(t) in said.text


async def test_who_expects_a_child_sees_the_same(lotsen, parent):
    await there(lotsen, PRESCHOOL)
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET born = NULL, due = '2026-12-01'")
    [said] = await parent.write("/places")
    assert len(said.buttons) == 3
    [today] = await parent.tap_data("Pt:0")
    assert "Alfabo" in today.text


@pytest.mark.parametrize(
    "forged",
    ["Pc:999999", "Pc:x", "Pc:", "Pq:999999", "Pv:-1", "Pm:1:0", "Pm:1-2:5", "Pm::0", "Pm:9-9:0"],
)
async def test_a_place_that_is_not_there_is_answered_politely(lotsen, parent, forged):
    await there(lotsen)
    [said] = await parent.press(forged)
    assert said.text == texts.old_button(lotsen.languages.get("ar"))


async def test_pages_far_behind_the_last_one_name_a_person(lotsen, parent):
    await there(lotsen, PRESCHOOL)
    for page in ("Pt:7", "Pw:7", "Pt:-3"):
        [said] = await parent.press(page)
        assert len(said.buttons) in {1, 2}


async def test_a_stranger_sees_no_places(lotsen):
    phone = lotsen.phone()
    for sent in ("Pt:0", "Pn"):
        [said] = await phone.press(sent)
        assert "l:sv" in data(said)


async def test_nothing_is_shown_after_a_loss(lotsen, parent):
    await there(lotsen, PRESCHOOL)
    await parent.press("h")
    said = [*await parent.press("Pt:0"), *await parent.write("/places")]
    assert not any("Alfabo" in each.text for each in said)
    assert not any(sent.startswith("P") for each in said for sent in data(each))
