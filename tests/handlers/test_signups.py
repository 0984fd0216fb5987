"""Parents sign up in two taps, wait in line, answer offers, cancel; in all four languages (E7)."""

from datetime import timedelta

import pytest

from programme.activities import SigningUp
from services import loss, signing_up, waiting_list
from services.access import reader_of
from storage import activities, seats
from tests.cast import JOINED, RULES, local
from tests.gatherings import STARTS, TITLES, adds_up, gathering, leave, press
from tests.handlers.home import FOUR, a_parent, data, delivered, labels, the_other_parent
from tests.handlers.phone import Shown
from tests.handlers.wording import faults, too_long
from tests.messaging.reading_marks import without_isolates

HOUR = timedelta(hours=1)
EVENING_BEFORE = local("2026-11-11 17:00")


def as_shown(said) -> Shown:
    """A pushed message as it stands on the phone."""
    rows = said.keyboard["inline_keyboard"] if said.keyboard else []
    return Shown(said.text, tuple((b["text"], b["callback_data"]) for row in rows for b in row))


async def to(lotsen, phone, at=None):
    """What is pushed to that phone when the waiting list has moved and all is planned."""
    if at:
        lotsen.clock.set(at)
    await waiting_list.offer_free(lotsen.db, lotsen.clock.now(), RULES)
    return [as_shown(each) for each in await delivered(lotsen) if each.chat_id == phone.id]


def clean(shown, code, lotsen):
    t = lotsen.languages.get(code)
    assert faults(shown, t, lotsen.languages) == []
    assert too_long(shown) == []


@pytest.mark.parametrize("code", FOUR)
async def test_two_taps_and_they_are_in(lotsen, code):
    number, _ = await gathering(lotsen.db)
    phone, _ = await a_parent(lotsen, code)
    [ask] = await phone.press(f"sg:{number}:0")
    [done] = await phone.press(data(ask)[0])
    [row] = await lotsen.rows("signup")
    assert (row.adults, row.children, row.state) == (1, 1, "in")
    assert TITLES[code] in done.text
    clean([ask, done], code, lotsen)
    await adds_up(lotsen.db)


@pytest.mark.parametrize("code", FOUR)
async def test_another_number_is_chosen_and_changed_and_all_of_it_reads_well(lotsen, code):
    number, _ = await gathering(lotsen.db, capacity=20)
    phone, _ = await a_parent(lotsen, code)
    [ask] = await phone.press(f"sg:{number}:0")
    seen = [ask]
    for pick in (1, 1, 2, 0):  # another number; two adults; more; three children... in order
        seen += await phone.press(data(seen[-1])[pick])
    [row] = await lotsen.rows("signup")
    assert (row.adults, row.children) == (2, 2)
    [changed] = await phone.press(f"sgc:{row.id}:1:0")
    [row] = await lotsen.rows("signup")
    assert (row.adults, row.children) == (1, 0)
    clean([*seen, changed], code, lotsen)
    await adds_up(lotsen.db)


@pytest.mark.parametrize("code", FOUR)
async def test_a_full_list_asks_and_the_place_that_is_free_is_offered(lotsen, code):
    number, [place] = await gathering(lotsen.db, capacity=2)
    first, _ = await a_parent(lotsen)
    held = await press(lotsen.db, first.id, place, children=1, now=lotsen.clock.now())
    phone, _ = await a_parent(lotsen, code)
    [ask] = await phone.press(f"sg:{number}:0")
    [full] = await phone.press(data(ask)[0])
    assert len(await lotsen.rows("signup")) == 1
    [waits] = await phone.press(data(full)[0])
    assert [row.state for row in await lotsen.rows("signup")] == ["in", "waiting"]
    assert await to(lotsen, phone) == []

    await leave(lotsen.db, first.id, held.signup.id, lotsen.clock.now())
    [offer] = await to(lotsen, phone)
    [again] = await phone.press(f"sg:{number}:0")
    [done] = await phone.press(data(offer)[0])
    assert [row.state for row in await lotsen.rows("signup")] == ["left", "in"]
    [twice] = await phone.press(data(offer)[0])
    [old] = await phone.press(data(offer)[1])
    assert [row.state for row in await lotsen.rows("signup")] == ["left", "in"]
    clean([full, waits, offer, again, done, twice, old], code, lotsen)


@pytest.mark.parametrize("code", FOUR)
async def test_it_is_reminded_of_the_day_before_and_they_can_say_that_they_cannot_come(
    lotsen, code
):
    number, _ = await gathering(lotsen.db)
    phone, _ = await a_parent(lotsen, code)
    [ask] = await phone.press(f"sg:{number}:0")
    await phone.press(data(ask)[0])
    await to(lotsen, phone, EVENING_BEFORE - timedelta(minutes=1))
    [reminder] = await to(lotsen, phone, EVENING_BEFORE)
    assert TITLES[code] in reminder.text
    [standing] = await phone.press(data(reminder)[0])
    [gone] = await phone.press(data(reminder)[1])
    [same] = await phone.press(data(reminder)[1])
    assert [row.state for row in await lotsen.rows("signup")] == ["left"]
    [again] = await phone.press(data(gone)[0])
    clean([reminder, standing, gone, same, again], code, lotsen)
    await adds_up(lotsen.db)


@pytest.mark.parametrize("code", FOUR)
async def test_another_time_and_a_cancelled_one_are_told_at_once(lotsen, code):
    starts = [STARTS + timedelta(days=7 * n) for n in range(2)]
    number, _ = await gathering(lotsen.db, starts=starts)
    phone, _ = await a_parent(lotsen, code)
    [ask] = await phone.press(f"sg:{number}:0")
    await phone.press(data(ask)[0])
    lotsen.clock.set(JOINED + HOUR)
    now = lotsen.clock.now()
    async with lotsen.db.write() as tx:
        first, second = (await activities.occasions(tx, [number]))[number]
        await activities.move_occasion(tx, first.id, STARTS + HOUR, 60, now)
        await activities.cancel_occasion(tx, second.id, now)
        await signing_up.changed(tx, number, now, RULES)
    told = await to(lotsen, phone)
    text = "\n".join(each.text for each in told)
    assert "17:30" in text
    assert "18:30" in text
    assert "19 " in text  # Thursday 19 November is off
    clean(told, code, lotsen)
    later = await to(lotsen, phone, STARTS + timedelta(days=6))
    assert not [each for each in later if "19 " in each.text]


@pytest.mark.parametrize("code", FOUR)
async def test_what_has_no_room_at_all_or_is_over_gets_a_clear_sentence(lotsen, code):
    number, [place] = await gathering(lotsen.db, capacity=2)
    phone, _ = await a_parent(lotsen, code)
    [many] = await phone.press(f"sgy:{place}:2:3:0")
    [two] = await phone.press(f"sgy:{place}:1:1:0")
    [row] = await lotsen.rows("signup")
    async with lotsen.db.write() as tx:
        await seats.set_capacity(tx, number, 3, lotsen.clock.now())
    other, _ = await a_parent(lotsen)
    await press(lotsen.db, other.id, place, now=lotsen.clock.now())
    [kept] = await phone.press(f"sgc:{row.id}:1:2")
    lotsen.clock.set(STARTS)
    over = [
        *await phone.press(f"sg:{number}:0"),
        *await phone.press(f"sgy:{place}:1:1:0"),
        *await phone.press(f"sgc:{row.id}:1:0"),
    ]
    assert len({each.text for each in over}) == 1
    clean([many, two, kept, *over], code, lotsen)
    await adds_up(lotsen.db)


@pytest.mark.parametrize("code", FOUR)
async def test_one_of_many_times_is_chosen(lotsen, code):
    starts = [STARTS + timedelta(days=7 * n) for n in range(5)]
    number, ids = await gathering(lotsen.db, starts=starts, signing=SigningUp.EACH)
    phone, _ = await a_parent(lotsen, code)
    [first] = await phone.press(f"sg:{number}:0")
    [second] = await phone.press(data(first)[-1])
    assert [*data(first)[:2], *data(second)] == [f"sgf:{each}" for each in ids]
    [ask] = await phone.press(data(second)[0])
    [done] = await phone.press(data(ask)[0])
    [row] = await lotsen.rows("signup")
    assert row.seats_id == ids[2]
    clean([first, second, ask, done], code, lotsen)


async def test_where_nobody_signs_up_one_just_comes(lotsen):
    number, _ = await gathering(lotsen.db, signing=SigningUp.DROP_IN)
    phone, _ = await a_parent(lotsen)
    [told] = await phone.press(f"sg:{number}:0")
    assert told.text == "You can come without signing up."
    assert data(told) == ["wo", "m:home"]  # no dead end


async def test_the_other_parent_signs_up_for_themselves_and_sees_nothing_of_the_first(lotsen):
    number, [place] = await gathering(lotsen.db)
    phone, family_id = await a_parent(lotsen)
    other = await the_other_parent(lotsen, family_id, "en")
    mine = await press(lotsen.db, phone.id, place, children=1, now=lotsen.clock.now())
    [ask] = await other.press(f"sg:{number}:0")
    assert "We are 1 adult" in without_isolates(labels(ask)[0])
    for forged in (f"sgm:{mine.signup.id}", f"sgx:{mine.signup.id}", f"sgc:{mine.signup.id}:1:0"):
        await other.press(forged)
    [row] = await lotsen.rows("signup")
    assert (row.state, row.children) == ("in", 1)


async def test_a_reminder_stands_in_the_plan_and_can_be_skipped(lotsen):
    _, [place] = await gathering(lotsen.db, starts=(local("2026-11-04 09:00"),))
    phone, _ = await a_parent(lotsen)
    await press(lotsen.db, phone.id, place, now=lotsen.clock.now())
    [page] = await phone.write("/plan")
    assert "You are signed up for: Fathers' group" in without_isolates(page.text)
    first = next(each for each in data(page) if "activity_reminder" in each)
    [skipped] = await phone.press(first)
    assert "You have skipped this" in skipped.text
    got = await to(lotsen, phone, local("2026-11-03 17:00"))
    assert not [each for each in got if "Fathers" in each.text]


async def test_after_a_loss_nothing_leaves(lotsen):
    _, [place] = await gathering(lotsen.db)
    phone, family_id = await a_parent(lotsen)
    await press(lotsen.db, phone.id, place, now=lotsen.clock.now())
    async with lotsen.db.write() as tx:
        reader = await reader_of(tx, phone.id)
        await loss.begin(tx, family_id, reader.guardian.id, lotsen.clock.now(), RULES)
    assert await to(lotsen, phone, EVENING_BEFORE) == []
    [row] = await lotsen.rows("seats")
    assert row.taken == 0


@pytest.mark.parametrize("code", FOUR)
async def test_it_stands_in_what_is_saved_about_them_and_not_about_the_other(lotsen, code):
    _, [place] = await gathering(lotsen.db)
    phone, family_id = await a_parent(lotsen, code)
    other = await the_other_parent(lotsen, family_id, code)
    await press(lotsen.db, phone.id, place, children=2, now=lotsen.clock.now())
    mine, theirs = [await each.write("/mydata") for each in (phone, other)]
    assert [each for each in mine if TITLES[code] in each.text]
    assert not [each for each in theirs if TITLES[code] in each.text]
    clean([each for each in mine if TITLES[code] in each.text], code, lotsen)
