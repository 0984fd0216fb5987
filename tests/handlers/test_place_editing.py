"""Staff look after places by chat: draft, a second person, published, history, checked today."""

from dataclasses import replace
from datetime import date

import pytest

from messaging import place_edit_texts as words
from messaging import texts
from programme.people import Role
from programme.places import Hours, InHouse, Point, Venue, VenueKind
from services.place_editing import Outcome
from storage import areas, places
from tests.cast import AREA, JOINED
from tests.colleagues import at_work
from tests.handlers.home import FOUR, data
from tests.handlers.phone import Lotsen, Phone
from tests.handlers.wording import faults

ANNA, BO, CARLA, EVA, TOM = 2001, 2002, 2003, 2004, 2005
LIBRARY = Venue(name="Boklada", kind=VenueKind.LIBRARY)


async def working(
    lotsen: Lotsen, name: str, chat: int, role=Role.NURSE, area=AREA, code="en"
) -> Phone:
    await at_work(lotsen.db, name, role, chat, area, code)
    return lotsen.phone(chat)


@pytest.fixture
async def place(lotsen) -> int:
    """The only place there is."""
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE place SET ended_at = '2020-01-01 00:00:00'")
        number = await places.add(tx, [await areas.find(tx, AREA)])
        await places.stand(tx, replace(LIBRARY, id=number), JOINED)
    return number


@pytest.fixture
async def anna(lotsen) -> Phone:
    return await working(lotsen, "Anna", ANNA)


@pytest.fixture
async def bo(lotsen) -> Phone:
    return await working(lotsen, "Bo", BO, Role.PARENT_SUPPORTER)


async def standing(lotsen, number: int) -> Venue | None:
    async with lotsen.db.read() as tx:
        return await places.find(tx, number)


async def publish(phone: Phone, place: int):
    """The button below the draft as it is now; who is shown none presses one that is forged."""
    [page] = await phone.press(f"Pa:{place}:draft")
    shown = (data for _, data in page.buttons if data.startswith("Pu:"))
    return await phone.press(next(shown, f"Pu:{place}:forged"))


async def hours(phone: Phone, place: int, days: int, opens: str, closes: str):
    """The taps that give those hours."""
    await phone.press(f"Pi:{place}:{days}")
    await phone.tap_data(f"yh:plo:{place}.{days}:20000103:{int(opens[:2])}")
    await phone.tap_data(f"yt:plo:{place}.{days}:20000103:{opens}")
    minutes = int(opens[:2]) * 60 + int(opens[2:])
    await phone.press(f"yt:plc:{place}.{days}.{minutes}:20000103:{closes}")


async def test_a_change_is_seen_by_families_only_after_a_second_person_has_looked(
    lotsen, anna, bo, place
):
    await hours(anna, place, 7, "0900", "1500")
    await hours(anna, place, 5, "1000", "1400")
    [sent] = await anna.press(f"Pa:{place}:send")
    assert words.edit_done(lotsen.languages.get("en"), "sent") in sent.text
    assert (await standing(lotsen, place)).week == ()

    [own] = await publish(anna, place)  # she wrote it
    assert words.edit_refused(lotsen.languages.get("en"), Outcome.SECOND) in own.text
    assert (await standing(lotsen, place)).week == ()

    [listed] = await bo.press("Pl:0")
    assert listed.buttons[0][0] == "Please look at it: \u2068Boklada\u2069"
    await bo.tap_data("Pe:")
    [draft] = await bo.tap("See the new version")
    assert "10:00–14:00" in draft.text
    [done] = await bo.tap("It is right: publish")
    assert words.edit_done(lotsen.languages.get("en"), "published") in done.text
    week = (await standing(lotsen, place)).week
    assert week[0] == week[4] == (Hours(540, 900),)
    assert (week[5], week[6]) == ((Hours(600, 840),), ())


async def test_who_changes_what_waits_has_written_it_and_cannot_publish_it(lotsen, anna, bo, place):
    await anna.press(f"Pf:{place}:doctor:1")
    await anna.press(f"Pa:{place}:send")
    await bo.press(f"Pf:{place}:librarian:1")
    await publish(bo, place)
    assert (await standing(lotsen, place)).in_house == ()
    await bo.press(f"Pa:{place}:send")
    await publish(anna, place)
    assert (await standing(lotsen, place)).in_house == (InHouse.DOCTOR, InHouse.LIBRARIAN)


async def test_what_was_written_after_the_second_person_looked_is_not_published(
    lotsen, anna, bo, place
):
    await anna.press(f"Pf:{place}:doctor:1")
    await anna.press(f"Pa:{place}:send")
    await bo.press(f"Pa:{place}:draft")
    await anna.press(f"Pf:{place}:librarian:1")
    await anna.press(f"Pa:{place}:send")
    [refused] = await bo.tap("It is right: publish")
    assert "Somebody else was faster. Please look again." in refused.text
    assert (await standing(lotsen, place)).in_house == ()
    await publish(bo, place)
    assert (await standing(lotsen, place)).in_house == (InHouse.DOCTOR, InHouse.LIBRARIAN)


async def test_publishing_is_refused_while_a_language_is_missing(lotsen, anna, bo, place):
    t = lotsen.languages.get("en")
    for code in ("sv", "ar", "so"):
        await anna.press(f"Py:{place}:{code}")
        await anna.write(f"way in {code}")
    [refused] = await anna.press(f"Pa:{place}:send")
    assert words.edit_missing(t, ["en"]) in refused.text
    await anna.press(f"Py:{place}:en")
    await anna.write("Behind the square.")
    await anna.press(f"Pa:{place}:send")
    async with lotsen.db.write() as tx:  # a language that came after it was sent
        await tx.exec_driver_sql(
            "UPDATE edition SET body = replace(body, 'way in so', '') WHERE state = 'review'"
        )
    [refused] = await publish(bo, place)
    assert words.edit_missing(t, ["so"]) in refused.text
    await anna.press(f"Py:{place}:so")
    await anna.write("Fagaaraha")
    await anna.press(f"Pa:{place}:send")
    await publish(bo, place)
    assert set((await standing(lotsen, place)).way) == set(FOUR)


async def test_a_new_place_needs_a_name_and_belongs_to_the_area_of_who_made_it(
    lotsen, anna, bo, place
):
    await anna.press("Pj")
    await anna.tap("Library")
    [number] = [row.id for row in await lotsen.rows("place", ended_at=None) if row.id != place]
    [refused] = await anna.press(f"Pa:{number}:send")
    assert "It has no name yet." in refused.text
    await anna.press(f"Pa:{number}:name")
    await anna.write("  Bok\u202ehuset\n")
    await anna.press(f"Pa:{number}:in")
    await anna.press(f"Pa:{number}:send")
    await publish(bo, number)
    made = await standing(lotsen, number)
    async with lotsen.db.read() as tx:
        own = await areas.find(tx, AREA)
    assert (made.name, made.drop_in, made.areas) == ("Bokhuset", True, (own,))


async def test_days_with_other_hours_are_added_and_taken_away_by_tapping(lotsen, anna, bo, place):
    await anna.press(f"Pa:{place}:add")
    await anna.press(f"yd:plf:{place}:20261224")
    await anna.press(f"yd:pll:{place}.20261224:20261226")
    await anna.tap("Closed")
    await anna.press(f"Po:{place}:20261231:20261231")
    await anna.press(f"yt:psc:{place}.20261231.20261231.540:20000103:1200")
    [page] = await anna.press(f"Pa:{place}:changes")
    assert page.text.count("\n") == 2
    await anna.press(f"Pa:{place}:send")
    await publish(bo, place)
    first, second = (await standing(lotsen, place)).changes
    assert (first.first, first.last, first.hours) == (date(2026, 12, 24), date(2026, 12, 26), ())
    assert second.hours == (Hours(540, 720),)
    await anna.press(f"Px:{place}:20261224:20261226")
    await anna.press(f"Pa:{place}:send")
    await publish(bo, place)
    assert (await standing(lotsen, place)).changes == (second,)


async def test_hours_over_others_take_their_place_and_hours_beside_them_are_added(
    lotsen, anna, bo, place
):
    await hours(anna, place, 0, "0900", "1200")
    await hours(anna, place, 0, "1300", "1600")
    await hours(anna, place, 1, "0900", "1200")
    await hours(anna, place, 1, "1100", "1500")
    await anna.press(f"Pa:{place}:send")
    await publish(bo, place)
    week = (await standing(lotsen, place)).week
    assert week[:2] == ((Hours(540, 720), Hours(780, 960)), (Hours(660, 900),))


async def test_the_position_of_a_place_is_kept_and_the_keys_go_away(lotsen, anna, bo, place):
    [asked] = await anna.press(f"Pa:{place}:where")
    assert len(asked.keys) == 2
    gone, _ = await anna.send(location={"latitude": 57.75, "longitude": 12.03})
    assert gone.keys == ()
    await anna.press(f"Pa:{place}:send")
    await publish(bo, place)
    assert (await standing(lotsen, place)).point == Point(57.75, 12.03)
    await anna.press(f"Pa:{place}:where")
    gone, page = await anna.write("Not now")
    assert gone.keys == ()
    assert "It is on the map." in page.text


async def test_checked_today_is_one_tap_and_old_ones_are_counted_in_the_list(lotsen, anna, place):
    [before] = await anna.press("Pl:0")
    assert "\u20661\u2069 place was never checked" in before.text
    assert before.buttons[0][0].startswith("Check again")
    await anna.tap_data("Pe:")
    await anna.tap("Checked today")
    assert (await standing(lotsen, place)).checked_on == date(2026, 11, 2)
    [after] = await anna.press("Pl:0")
    assert "never checked" not in after.text
    [row] = await lotsen.rows("place", id=place)
    assert row.checked_by is not None


async def test_back_to_an_earlier_version_goes_by_a_second_person_too(lotsen, anna, bo, place):
    await anna.press(f"Pf:{place}:doctor:1")
    await anna.press(f"Pa:{place}:send")
    await publish(bo, place)
    [history] = await anna.press(f"Pg:{place}:0")
    assert "\u2068Anna\u2069, looked at by \u2068Bo\u2069" in history.text
    assert history.text.count("\n") == 2
    oldest = data(history)[1]
    await anna.press(oldest)
    await anna.tap("Bring this version back")
    assert (await standing(lotsen, place)).in_house == (InHouse.DOCTOR,)
    await anna.press(f"Pa:{place}:send")
    await publish(bo, place)
    assert (await standing(lotsen, place)).in_house == ()


async def test_a_draft_can_be_thrown_away_and_a_place_can_be_gone(lotsen, anna, place):
    await anna.press(f"Pf:{place}:doctor:1")
    await anna.press(f"Pa:{place}:drop")
    assert (await lotsen.rows("edition", state="draft")) == []
    [asked] = await anna.press(f"Pa:{place}:gone")
    assert "Boklada" in asked.text
    await anna.tap("Yes, it is gone")
    assert await standing(lotsen, place) is None


@pytest.mark.parametrize(
    ("name", "role", "area"),
    [("Eva", Role.NURSE, "Tynnered"), ("Tom", Role.TRANSLATOR, AREA)],
)
async def test_another_area_s_place_is_answered_like_one_that_is_not_there(
    lotsen, place, name, role, area
):
    stranger = await working(lotsen, name, EVA, role, area)
    t = lotsen.languages.get("en")
    before = await lotsen.rows("edition")
    for pressed in (
        *(f"Pe:{place}", f"Pa:{place}:check", f"Pa:{place}:draft", f"Pa:{place}:gone2"),
        *(f"Pf:{place}:doctor:1", f"Pg:{place}:0", f"Pz:{before[-1].id}", f"Pb:{before[-1].id}"),
        *(f"Pd:{place}:0", f"Ph:{place}:0", f"Ps:{place}:20270101:20270102", "Pe:999999"),
        f"yd:pla:{place}:20270101",
    ):
        [said] = await stranger.press(pressed)
        assert said.text == texts.old_button(t), pressed
    assert await lotsen.rows("edition") == before
    assert (await standing(lotsen, place)).checked_on is None


async def test_parents_cannot_press_the_buttons_of_staff(lotsen, place):
    parent = lotsen.phone()
    await parent.join("en")
    for pressed in ("Pl:0", f"Pe:{place}", f"Pa:{place}:check", f"Pf:{place}:doctor:1"):
        [said] = await parent.press(pressed)
        assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await lotsen.rows("edition", state="draft") == []


@pytest.mark.parametrize(
    "forged",
    [
        *("Pa:{}:nothing", "Pf:{}:dragon:1", "Py:{}:xx", "Pd:{}:9", "Pd:{}:-1", "Pk:castle"),
        *("yt:plc:{}:20000103:1200", "yd:pll:{}.5:20270101", "Ps:{}:20270105:20270101"),
        *("Pz:999999", "Pb:x", "yh:plc:{}.0:20000103:9", "Ps:{}:99999999:20270101"),
        "Pi:-1:2",
    ],
)
async def test_a_forged_button_changes_nothing(lotsen, anna, place, forged):
    [said] = await anna.press(forged.format(place))
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await lotsen.rows("edition", state="draft") == []


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_for_staff_is_in_their_language(lotsen, place, code):
    t = lotsen.languages.get(code)
    carla = await working(lotsen, "Carla", CARLA, Role.COORDINATOR, code=code)
    said = await carla.press("Pl:0")
    for pressed in (
        *(
            f"Pe:{place}",
            f"Pa:{place}:draft",
            f"Pa:{place}:hours",
            f"Pd:{place}:7",
            f"Pi:{place}:7",
        ),
        *(f"Pa:{place}:changes", f"Pa:{place}:add", f"Pa:{place}:house", f"Pa:{place}:way"),
        *(f"Pa:{place}:later", f"Pa:{place}:where", f"Pa:{place}:name", f"Py:{place}:sv"),
        *(f"Pf:{place}:doctor:1", f"Ps:{place}:20270101:20270102", f"Pa:{place}:send"),
        *(f"Pe:{place}", f"Pa:{place}:draft", f"Pg:{place}:0", "Pj", f"Pa:{place}:gone"),
        f"yd:pll:{place}.20270101:20270102",
    ):
        said += await carla.press(pressed)
    assert faults(said, t, lotsen.languages) == []
