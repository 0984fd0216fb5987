"""What is on, in the chat of a parent: today, this week, for my child, near me, what I follow."""

from dataclasses import replace
from datetime import timedelta

import pytest

from messaging import place_texts, texts
from programme.activities import ActivityKind, ActivityState, ForWhom, SigningUp, Words
from programme.notices import WordingState
from programme.places import Point, Venue, VenueKind
from storage import activities, areas, places, seats, wordings
from storage.wordings import Of
from tests.cast import AREA, JOINED, local
from tests.handlers.home import FOUR, a_parent, data
from tests.handlers.wording import faults, too_long
from tests.storage.dumping import everything_stored

NOW = local("2026-11-10T09:00")  # a Tuesday
LATITUDE, LONGITUDE = 57.771234, 12.023456
HOUSE = Venue(name="Alfahuset", kind=VenueKind.FAMILY_CENTRE, point=Point(57.7735, 12.0254))
TITLES = {
    "sv": "Sångstund",
    "ar": "غناء مع الأطفال",
    "so": "Heesaha carruurta",
    "en": "Songs {x}",
}


async def planned(
    lotsen,
    *days: int,
    area: str = AREA,
    kind: ActivityKind = ActivityKind.OPEN_PRESCHOOL,
    for_whom: ForWhom = ForWhom.EVERYBODY,
    state: ActivityState = ActivityState.OPEN,
    titles: dict[str, str] | None = None,
    place: bool = True,
    signing_up: SigningUp = SigningUp.DROP_IN,
    **facts: object,
) -> int:
    """An activity that begins at ten so many days from now; its number."""
    async with lotsen.db.write() as tx:
        own = await areas.find(tx, area)
        place_id = None
        if place:
            place_id = await places.add(tx, [own])
            await places.stand(tx, replace(HOUSE, id=place_id), JOINED)
        number = await activities.add(
            tx,
            [own],
            kind=kind,
            state=state,
            made_at=JOINED,
            for_whom=for_whom,
            signing_up=signing_up,
            place_id=place_id,
            free=True,
            **facts,
        )
        for code, title in (titles or TITLES).items():
            words = Words(title)
            of = Of(activity_id=number)
            await wordings.write(tx, of, code, words, state=WordingState.APPROVED)
        for n in days:
            starts_at = NOW + timedelta(days=n, hours=1)
            await activities.add_occasion(tx, number, starts_at, 90, JOINED)
    return number


@pytest.fixture
async def parent(lotsen):
    phone, _ = await a_parent(lotsen, "en")
    lotsen.clock.set(NOW)
    return phone


def titles_in(shown) -> int:
    return sum(each.text.count("Songs") for each in shown)


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_parent_s_language_and_short(lotsen, code):
    phone, _ = await a_parent(lotsen, code)
    lotsen.clock.set(NOW)
    t = lotsen.languages.get(code)
    number = await planned(lotsen, 0, 7, months_to=18)
    await planned(lotsen, 0, 1, kind=ActivityKind.LANGUAGE, place=False)
    said = []
    for press in ("wo", "wom", "wol:today:0", "wol:week:0", "wol:week:1", "wol:mine:0", "wfl:0"):
        said += await phone.press(press)
    for press in (f"woc:{number}:0", f"woc:{number}:1", f"wf:open_preschool:1:{number}", "wfl:0"):
        said += await phone.press(press)
    said += await phone.press("wol:followed:0")
    said += await phone.press("won")
    said += await phone.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    said += await phone.press("wf:open_preschool:0:0")
    assert faults(said, t, lotsen.languages) == []
    assert too_long(said) == []
    assert all(len(each.buttons) <= 3 for each in said)
    assert sum(TITLES[code] in each.text for each in said) >= 6


async def test_from_the_menu_to_today_in_two_taps(lotsen, parent):
    await planned(lotsen, 0)
    await parent.press("m:read")
    await parent.tap("What's on")
    [shown] = await parent.tap("Today")
    assert "Songs" in shown.text
    assert "10:00–11:30" in shown.text


async def test_what_has_begun_is_no_longer_on(lotsen, parent):
    await planned(lotsen, 0)
    lotsen.clock.set(NOW + timedelta(hours=1, minutes=1))
    [shown] = await parent.press("wol:today:0")
    assert "I know of nothing more today." in shown.text


async def test_another_area_s_activities_are_not_shown_and_cannot_be_opened(lotsen, parent):
    theirs = await planned(lotsen, 0, area="Gårdsten")
    own = await planned(lotsen, 0, titles={"en": "Rhymes"})
    [shown] = await parent.press("wol:week:0")
    assert "Rhymes" in shown.text
    assert "Songs" not in shown.text
    [card] = await parent.press(f"woc:{own}:0")
    assert "Rhymes" in card.text
    [answer] = await parent.press(f"woc:{theirs}:0")
    assert texts.old_button(lotsen.languages.get("en")) in answer.text
    assert "Songs" not in answer.text


async def test_a_draft_cannot_be_opened_by_a_forged_button(lotsen, parent):
    number = await planned(lotsen, 0, state=ActivityState.DRAFT)
    [answer] = await parent.press(f"woc:{number}:0")
    assert texts.old_button(lotsen.languages.get("en")) in answer.text
    assert "Songs" not in answer.text


async def test_what_is_called_off_says_so_to_who_still_has_its_button(lotsen, parent):
    number = await planned(lotsen, 1, state=ActivityState.CANCELLED)
    [card] = await parent.press(f"woc:{number}:0")
    assert "Cancelled." in card.text


async def test_what_has_no_words_in_one_s_language_is_not_shown(lotsen, parent):
    await planned(lotsen, 0, titles={"sv": "Sångstund"})
    await planned(lotsen, 0, titles={"en": "Rhymes"})
    [shown] = await parent.press("wol:week:0")
    assert "Rhymes" in shown.text
    assert "Sångstund" not in shown.text


async def test_two_on_a_page_and_the_rest_behind_more(lotsen, parent):
    await planned(lotsen, 0, 1, 2)
    [first] = await parent.press("wol:week:0")
    [second] = await parent.press("wol:week:1")
    assert (titles_in([first]), titles_in([second])) == (2, 1)
    assert data(first)[-1] == "wol:week:1"
    assert data(second)[-1] == "wo"


async def test_to_follow_is_one_s_own_and_is_undone_in_one_tap(lotsen, parent):
    number = await planned(lotsen, 0)
    await parent.press(f"woc:{number}:0")
    await parent.tap("More")
    await parent.tap("Tell me of more")
    [row] = await lotsen.rows("follow")
    [guardian] = await lotsen.rows("guardian", chat_id=parent.id)
    assert (row.kind, row.guardian_id) == ("open_preschool", guardian.id)
    [page] = await parent.press("wfl:0")
    assert "Open preschool" in page.text
    await parent.tap("No longer")
    assert await lotsen.rows("follow") == []


async def test_the_nearest_is_found_from_a_position_that_is_nowhere_kept(lotsen, parent):
    await planned(lotsen, 1)
    await parent.press("won")
    used, near = await parent.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    assert used.text == place_texts.used_once(lotsen.languages.get("en")).text
    assert "Songs" in near.text
    assert "metres away" in near.text
    again = await parent.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    assert again  # nobody has asked for this one
    assert not any("Songs" in each.text for each in again)
    kept = await everything_stored(lotsen.db)
    assert str(LATITUDE) not in kept
    assert "57.77" not in kept.replace("57.7735", "")


async def test_who_does_not_want_to_show_where_they_are_gets_the_rest(lotsen, parent):
    await planned(lotsen, 1)
    await parent.press("won")
    right, menu = await parent.write("Not now")
    assert right.keys == ()
    assert data(menu)[0] == "wol:today:0"
    after = await parent.send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
    assert after
    assert not any("Songs" in each.text for each in after)


async def test_the_way_to_it_is_on_the_map(lotsen, parent):
    number = await planned(lotsen, 1)
    await parent.press(f"woc:{number}:0")
    pin, _ = await parent.tap("Find the way")
    assert pin.pin == (57.7735, 12.0254)


async def test_signs_of_a_markup_in_staff_s_words_are_shown_as_they_are(lotsen, parent):
    number = await planned(lotsen, 1, titles={"en": "Songs & <b>play"})
    [listed] = await parent.press("wol:week:0")
    [card] = await parent.press(f"woc:{number}:0")
    assert "<b>Songs &amp; &lt;b&gt;play</b>" in listed.text
    assert "<b>Songs &amp; &lt;b&gt;play</b>" in card.text
    assert "About \u2068Songs & <b>play\u2069" in [label for label, _ in listed.buttons]


async def test_where_one_signs_up_it_is_one_tap_from_the_page(lotsen, parent):
    number = await planned(lotsen, 1, signing_up=SigningUp.ONCE)
    async with lotsen.db.write() as tx:
        await seats.set_capacity(tx, number, 8, JOINED)
    [card] = await parent.press(f"woc:{number}:0")
    assert data(card) == [f"sg:{number}:0", data(card)[1], f"woc:{number}:1"]
    [asked] = await parent.tap("Sign up")
    assert "Songs" in asked.text
    assert await lotsen.rows("signup") == []


async def test_a_drop_in_has_no_button_to_sign_up(lotsen, parent):
    number = await planned(lotsen, 1)
    [card] = await parent.press(f"woc:{number}:0")
    assert not any(each.startswith("sg") for each in data(card))
