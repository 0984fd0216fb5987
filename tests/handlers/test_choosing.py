"""A parent chooses a time with a tap; what is gone, old or taken gets a clear sentence (D3-D5)."""

from datetime import timedelta

import pytest

from messaging import texts
from programme.news import News
from services.visits import missed
from storage import availability, quarters
from tests.cast import JOINED, RULES, local
from tests.colleagues import ANNA_CHAT, BO_CHAT
from tests.handlers.home import (
    FOUR,
    a_parent,
    counted,
    data,
    delivered,
    labels,
    the_other_parent,
    with_visit,
)
from tests.handlers.wording import faults, too_long
from tests.working_hours import proposed, team

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def shown_times(lotsen, family_id, visit=1):
    """Times are held for the family, and its parents have heard of them."""
    found = await proposed(lotsen.db, family_id, visit, lotsen.clock.now())
    said = await delivered(lotsen)
    return found, said


def pressable(said):
    """What the buttons of a pushed message send, in order."""
    return [button["callback_data"] for row in said.keyboard["inline_keyboard"] for button in row]


async def booked(lotsen):
    return [row for row in await lotsen.rows("booking") if row.state == "booked"]


async def held(lotsen):
    return [row for row in await lotsen.rows("quarter") if row.held_until is not None]


# ---- from the offer to the visit


@pytest.mark.parametrize("code", FOUR)
async def test_one_tap_on_a_proposed_time_books_it(lotsen, code):
    await team(lotsen.db)
    phone, family_id = await a_parent(lotsen, code)
    found, said = await shown_times(lotsen, family_id)
    [letter] = [each for each in said if each.chat_id == phone.id]
    assert len(pressable(letter)) == 3  # two times and More
    [answer] = await phone.press(pressable(letter)[0])
    [visit] = await booked(lotsen)
    assert visit.starts_at == found.slots[0].starts_at
    t = lotsen.languages.get(code)
    assert faults([answer], t, lotsen.languages) == [] and too_long([answer]) == []
    assert await held(lotsen) == []
    assert len(await lotsen.rows("quarter")) == 14


async def test_from_the_gentle_offer_to_the_booked_visit_it_is_two_taps(lotsen):
    await team(lotsen.db)
    phone, _ = await a_parent(lotsen)
    phone.taps = 0
    [times] = await phone.press("o:1:yes")
    await phone.press(data(times)[0])
    assert len(await booked(lotsen)) == 1


async def test_looking_alone_holds_nothing_and_two_taps_book(lotsen):
    await team(lotsen.db)
    phone, _ = await a_parent(lotsen)
    [times] = await phone.press("zb:0")
    assert "These times are free" in times.text
    assert await lotsen.rows("quarter") == []
    await phone.press(data(times)[1])
    assert len(await booked(lotsen)) == 1
    assert await counted(lotsen, "picked", "booked") == [("booked", 1, None), ("picked", 1, None)]


async def test_everything_else_is_behind_more_and_each_answer_can_be_reached(lotsen):
    await team(lotsen.db)
    phone, family_id = await a_parent(lotsen)
    found, _ = await shown_times(lotsen, family_id)
    seen = []
    for page in range(4):
        [said] = await phone.press(f"zm:{found.id}:{page}")
        assert len(said.buttons) <= 3
        seen += labels(said)
    for label in ("Other times", "In the evening", "Call me", "No thanks"):
        assert label in seen
    assert len([each for each in seen if each[-3:-2] == ":"]) >= 3  # those that end with an hour


async def test_staff_without_hours_give_no_times_and_the_wish_is_kept(lotsen):
    phone, _ = await a_parent(lotsen)
    [said] = await phone.press("zb:1")
    assert said.text == "Thank you! We will contact you with a time."
    assert News.WANTS_TIME in [row.what for row in await lotsen.rows("event")]


# ---- everybody knows


async def test_the_other_parent_and_both_staff_hear_and_who_pressed_does_not(lotsen):
    await team(lotsen.db)
    amina, family_id = await a_parent(lotsen)
    yusuf = await the_other_parent(lotsen, family_id, "ar")
    found, said = await shown_times(lotsen, family_id)
    assert {each.chat_id for each in said} >= {amina.id, yusuf.id}
    await amina.press(f"zp:{found.slots[0].id}")
    said = await delivered(lotsen)
    assert sorted(each.chat_id for each in said) == sorted([yusuf.id, ANNA_CHAT, BO_CHAT])


async def test_two_parents_choose_differently_and_the_second_hears_what_is_booked(lotsen):
    await team(lotsen.db)
    amina, family_id = await a_parent(lotsen)
    yusuf = await the_other_parent(lotsen, family_id, "en")
    found, _ = await shown_times(lotsen, family_id)
    await amina.press(f"zp:{found.slots[0].id}")
    [said] = await yusuf.press(f"zp:{found.slots[1].id}")
    assert said.text.startswith("You have a time already: ")
    [visit] = await booked(lotsen)
    assert visit.starts_at == found.slots[0].starts_at


async def test_one_asks_for_other_times_while_the_other_chooses(lotsen):
    await team(lotsen.db)
    amina, family_id = await a_parent(lotsen)
    yusuf = await the_other_parent(lotsen, family_id, "en")
    found, _ = await shown_times(lotsen, family_id)
    [other] = await amina.press(f"zo:{found.id}:0")
    assert other.text.startswith("Here are other times")
    await yusuf.press(f"zp:{found.slots[0].id}")  # nobody else has taken it meanwhile
    [visit] = await booked(lotsen)
    assert visit.starts_at == found.slots[0].starts_at
    assert await held(lotsen) == []
    [said] = await amina.press(data(other)[0])
    assert said.text.startswith("You have a time already: ")


# ---- old, past, taken


async def test_yesterdays_times_are_still_to_be_had_while_nobody_took_them(lotsen):
    await team(lotsen.db)
    phone, family_id = await a_parent(lotsen)
    found, _ = await shown_times(lotsen, family_id)
    lotsen.clock.set(found.expires_at + HOUR)
    last = found.slots[-1]
    if last.starts_at > lotsen.clock.now():
        await phone.press(f"zp:{last.id}")
        assert len(await booked(lotsen)) == 1


async def test_a_time_that_has_passed_is_answered_with_others(lotsen):
    await team(lotsen.db)
    phone, family_id = await a_parent(lotsen)
    found, _ = await shown_times(lotsen, family_id)
    lotsen.clock.set(found.slots[0].starts_at + HOUR)
    [said] = await phone.press(f"zp:{found.slots[0].id}")
    assert said.text.startswith("That time has passed.")
    assert await booked(lotsen) == []


async def test_a_time_just_taken_is_answered_with_others_that_are_held(lotsen):
    who = await team(lotsen.db)
    phone, _ = await a_parent(lotsen)
    [times] = await phone.press("zb:1")
    first = min(await lotsen.rows("slot"), key=lambda row: row.starts_at)
    async with lotsen.db.write() as tx:
        taken = {each: [first.starts_at] for each in who}
        assert await quarters.take(tx, taken, lotsen.clock.now())
    [said] = await phone.press(data(times)[0])
    assert said.text.startswith("Sorry, that time is not free any more.\nBut these times are free:")
    assert len(await held(lotsen)) == 3 * 14
    await phone.press(data(said)[0])
    assert len(await booked(lotsen)) == 1


async def test_the_last_time_is_gone_and_staff_hear_of_the_wish(lotsen):
    who = await team(lotsen.db)
    phone, _ = await a_parent(lotsen)
    [times] = await phone.press("zb:1")
    async with lotsen.db.write() as tx:
        for each in who:
            await availability.add_busy(tx, each, JOINED - DAY, JOINED + 90 * DAY)
    [said] = await phone.press(data(times)[0])
    assert said.text.startswith("Sorry, that time is not free any more.\nWe will contact you")
    assert News.WANTS_TIME in [row.what for row in await lotsen.rows("event")]


@pytest.mark.parametrize("press", ["zp:{}", "zm:{}:0", "zo:{}:1", "zc:{}", "zn:{}"])
async def test_what_is_not_theirs_is_answered_like_what_is_not_there(lotsen, press):
    await team(lotsen.db)
    _, family_id = await a_parent(lotsen)
    found, _ = await shown_times(lotsen, family_id)
    dan = lotsen.phone()
    await dan.join("en")
    for number in (found.id, found.slots[0].id, 0, 10**20):
        [said] = await dan.press(press.format(number))
        assert said.text == texts.old_button(lotsen.languages.get("en"))


# ---- others, evening, a call, no thanks


async def test_no_evening_hours_no_evening_times_and_those_before_stay(lotsen):
    await team(lotsen.db)
    phone, family_id = await a_parent(lotsen)
    found, _ = await shown_times(lotsen, family_id)
    [said] = await phone.press(f"zo:{found.id}:1")
    assert said.text.startswith("I find no other times now.")
    assert len(await held(lotsen)) == 3 * 14
    said = await delivered(lotsen)
    assert any("in the evening" in each.text for each in said if each.chat_id == ANNA_CHAT)


async def test_a_call_about_it_keeps_the_times_and_only_staff_hear(lotsen):
    await team(lotsen.db)
    phone, family_id = await a_parent(lotsen)
    other = await the_other_parent(lotsen, family_id, "en")
    found, _ = await shown_times(lotsen, family_id)
    [said] = await phone.press(f"zc:{found.id}")
    assert said.text.startswith("Thank you! We will contact you")
    assert len(await held(lotsen)) == 3 * 14
    assert other.id not in {each.chat_id for each in await delivered(lotsen)}


async def test_no_thanks_frees_what_was_held(lotsen):
    await team(lotsen.db)
    phone, family_id = await a_parent(lotsen)
    found, _ = await shown_times(lotsen, family_id)
    [said] = await phone.press(f"zn:{found.id}")
    assert said.text.startswith("Thank you for your answer. It is fine to say no.")
    assert await held(lotsen) == []
    assert await counted(lotsen, "times_declined", "visit_declined") == [
        ("times_declined", 1, None),
        ("visit_declined", 1, None),
    ]


# ---- another time, another place, a wish


async def test_another_time_shows_times_at_once_and_moves_the_same_booking(lotsen):
    await team(lotsen.db)
    phone, booking = await with_visit(lotsen)
    [times] = await phone.press(f"v:{booking}:0:other_time")
    assert times.text.startswith("These times are free")
    await phone.press(data(times)[0])
    [visit] = await booked(lotsen)
    assert (visit.id, visit.revision, visit.change) == (booking, 1, "time")
    assert len(await lotsen.rows("quarter")) == 14


async def test_keep_the_old_time_says_yes_to_it(lotsen):
    await team(lotsen.db)
    phone, booking = await with_visit(lotsen)
    await phone.press(f"v:{booking}:0:other_time")
    [found] = await lotsen.rows("proposal")
    [said] = await phone.press(f"zn:{found.id}")
    assert said.text.startswith("That is fine. The time is as before")
    assert [row.choice for row in await lotsen.rows("answer")] == ["yes"]


@pytest.mark.parametrize("code", FOUR)
async def test_another_place_is_two_taps_away_and_everybody_hears(lotsen, code):
    await team(lotsen.db)
    phone, booking = await with_visit(lotsen, code)
    [asked] = await phone.press(f"zl:{booking}:0")
    [said] = await phone.press(f"zh:{booking}:bvc")
    t = lotsen.languages.get(code)
    assert faults([asked, said], t, lotsen.languages) == []
    [visit] = await booked(lotsen)
    assert (visit.place, visit.change, visit.revision) == ("bvc", "place", 1)
    told = {each.chat_id for each in await delivered(lotsen)}
    assert {ANNA_CHAT, BO_CHAT} <= told and phone.id not in told


async def test_on_the_phone_nobody_needs_the_way_and_back_home_they_do(lotsen):
    who = await team(lotsen.db)
    phone, booking = await with_visit(lotsen)
    await phone.press(f"zh:{booking}:phone")
    async with lotsen.db.write() as tx:
        [visit] = await lotsen.rows("booking")
        taken = {who[0]: [visit.starts_at - timedelta(minutes=15)]}
        assert await quarters.take(tx, taken, lotsen.clock.now())
    [said] = await phone.press(f"zh:{booking}:home")
    assert said.text.startswith("We cannot be there at that time.")
    assert [row.place for row in await booked(lotsen)] == ["phone"]


@pytest.mark.parametrize("code", FOUR)
@pytest.mark.parametrize("what", ["call", "talk", "walk"])
async def test_a_wish_reaches_staff_once_and_never_the_other_parent(lotsen, code, what):
    await team(lotsen.db)
    phone, family_id = await a_parent(lotsen, code)
    other = await the_other_parent(lotsen, family_id, "en")
    [menu] = await phone.press("zq")
    assert len(menu.buttons) == 3
    for _ in range(2):
        [said] = await phone.press(f"za:{what}")
    t = lotsen.languages.get(code)
    assert faults([menu, said], t, lotsen.languages) == []
    told = [each.chat_id for each in await delivered(lotsen)]
    assert sorted(each for each in told if each in (ANNA_CHAT, BO_CHAT, other.id)) == [
        ANNA_CHAT,
        BO_CHAT,
    ]
    assert len(await lotsen.rows("request")) == 1


async def test_after_nobody_was_at_home_a_new_time_is_two_taps_away(lotsen):
    await team(lotsen.db)
    phone, _ = await with_visit(lotsen)
    lotsen.clock.set(local("2026-11-09T12:00"))
    async with lotsen.db.write() as tx:
        [guardian] = await lotsen.rows("guardian", chat_id=phone.id)
        await missed(tx, guardian.family_id, 1, lotsen.clock.now(), RULES)
    kind = "We missed each other today. That is all right."
    [letter] = [each for each in await delivered(lotsen) if kind in each.text]
    [times] = await phone.press(pressable(letter)[0])
    await phone.press(data(times)[0])
    assert len(await booked(lotsen)) == 1
