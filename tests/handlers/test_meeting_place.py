"""Where a visit is: staff change it from its page, and who is to come finds the way (D16)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programme.places import VenueKind
from storage import quarters
from tests.cast import local
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.handlers.home import (
    FOUR,
    STARTS,
    a_parent,
    data,
    delivered,
    labels,
    the_other_parent,
    with_visit,
)
from tests.handlers.test_places import PRESCHOOL, there
from tests.handlers.wording import faults, too_long
from tests.working_hours import team

BVC = replace(PRESCHOOL, name="Vårdcentralen", kind=VenueKind.HEALTH_CENTRE)


async def place(lotsen):
    [visit] = await lotsen.rows("booking")
    return visit.place, visit.change, visit.revision


def pressable(said):
    return [button["callback_data"] for row in said.keyboard["inline_keyboard"] for button in row]


@pytest.mark.parametrize("code", FOUR)
async def test_staff_change_the_place_in_two_taps_and_everybody_else_hears(lotsen, code):
    await team(lotsen.db, language=code)
    phone, booking = await with_visit(lotsen)
    [parent] = await lotsen.rows("guardian")
    other = await the_other_parent(lotsen, parent.family_id)
    await delivered(lotsen)
    anna = lotsen.phone(ANNA_CHAT)
    said = await anna.press(f"yb:{parent.family_id}:{booking}")
    said += await anna.tap_data("Mp:")
    assert f"Mq:{parent.family_id}:{booking}:home" not in data(said[-1])
    said += await anna.tap_data(f"Mq:{parent.family_id}:{booking}:open_preschool")
    assert faults(said, lotsen.languages.get(code), lotsen.languages) == []
    assert await place(lotsen) == ("open_preschool", "place", 1)
    told = await delivered(lotsen)
    assert sorted(each.chat_id for each in told) == sorted([phone.id, other.id, BO_CHAT])
    [letter] = [each for each in told if each.chat_id == phone.id]
    assert "A new place for our time" in letter.text
    assert await delivered(lotsen) == []


async def test_where_there_is_no_time_for_the_way_the_place_stays(lotsen):
    who = await team(lotsen.db)
    _, booking = await with_visit(lotsen)
    [parent] = await lotsen.rows("guardian")
    anna = lotsen.phone(ANNA_CHAT)
    await anna.press(f"Mq:{parent.family_id}:{booking}:phone")
    async with lotsen.db.write() as tx:
        taken = {who[1]: [STARTS - timedelta(minutes=15)]}
        assert await quarters.take(tx, taken, lotsen.clock.now())
    [said] = await anna.press(f"Mq:{parent.family_id}:{booking}:home")
    assert "cannot be there in time" in said.text
    assert (await place(lotsen))[0] == "phone"


async def test_the_place_of_another_family_or_of_a_visit_that_has_begun_stays(lotsen):
    await team(lotsen.db)
    far = await at_work(lotsen.db, "Cia", chat_id=2009, area="Gårdsten")
    _, booking = await with_visit(lotsen)
    [parent] = await lotsen.rows("guardian")
    press = f"Mq:{parent.family_id}:{booking}:bvc"
    [said] = await lotsen.phone(2009).press(press)
    assert far.areas and "old" in said.text
    lotsen.clock.set(STARTS)
    for data_ in (press, f"Mp:{parent.family_id}:{booking}"):
        await lotsen.phone(ANNA_CHAT).press(data_)
    assert (await place(lotsen))[0] == "home"


@pytest.mark.parametrize("code", FOUR)
async def test_a_letter_about_a_visit_in_a_known_house_leads_to_its_pin(lotsen, code):
    await team(lotsen.db)
    [house] = await there(lotsen, BVC)
    phone, booking = await with_visit(lotsen, code)
    [parent] = await lotsen.rows("guardian")
    await lotsen.phone(ANNA_CHAT).press(f"Mq:{parent.family_id}:{booking}:bvc")
    letters = [each for each in await delivered(lotsen) if each.chat_id == phone.id]
    letters += [
        each
        for each in await delivered(lotsen, local("2026-11-08T17:00"))
        if each.chat_id == phone.id
    ]
    assert [pressable(each)[2] for each in letters] == [f"mv:{booking}:1"] * 2
    [more] = await phone.press(pressable(letters[0])[2])
    assert data(more) == [f"Pv:{house}", f"v:{booking}:1:no_thanks"]
    assert faults([more], lotsen.languages.get(code), lotsen.languages) == []
    assert too_long([more]) == []
    pin, _ = await phone.press(data(more)[0])
    assert pin.pin == (57.7735, 12.0254)


async def test_of_two_houses_neither_is_guessed_and_at_home_no_thanks_stays_in_sight(lotsen):
    await team(lotsen.db)
    await there(lotsen, BVC, replace(BVC, name="En till"))
    phone, booking = await with_visit(lotsen)
    [first] = [each for each in await delivered(lotsen) if each.chat_id == phone.id]
    [parent] = await lotsen.rows("guardian")
    await lotsen.phone(ANNA_CHAT).press(f"Mq:{parent.family_id}:{booking}:bvc")
    [second] = [each for each in await delivered(lotsen) if each.chat_id == phone.id]
    for letter, revision in ((first, 0), (second, 1)):
        assert pressable(letter)[2] == f"v:{booking}:{revision}:no_thanks"


async def test_more_under_an_old_letter_still_says_no_and_of_another_family_nothing(lotsen):
    await there(lotsen, BVC)
    phone, booking = await with_visit(lotsen)
    [more] = await phone.press(f"mv:{booking}:0")
    assert labels(more) == ["No thanks"]
    stranger, _ = await a_parent(lotsen)
    [said] = await stranger.press(f"mv:{booking}:0")
    assert "This button is old" in said.text
