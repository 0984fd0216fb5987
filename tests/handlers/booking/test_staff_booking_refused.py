"""What staff cannot book, and buttons that are old, forged or another's."""

import random
from datetime import date

import pytest

from messaging import booked_texts, texts
from programme.people import BookingState, Role
from services import availability
from tests.cast import RULES, book_visit, local, move_in
from tests.colleagues import at_work
from tests.effort import tries
from tests.handlers.booking_days import (
    ANNA,
    BO,
    EVA,
    NOW,
    bookings,
)


async def test_a_time_that_has_just_been_taken_brings_others(lotsen, anna, home):
    other = await move_in(lotsen.db, chats=(5001, None))
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await anna.tap("Book at once")
    await anna.tap_data("yki:")
    page, number = anna.last, max(anna.screen)
    bo = lotsen.phone(BO)
    await bo.press(f"yf:{other.family_id}:{other.child_id}:2:visit")
    await bo.tap("Book at once")
    await bo.tap_data("yki:")
    await bo.tap("Book this time")
    [said] = await anna.press(page.data("Book this time"), number)
    assert "That time has just been taken." in said.text
    await anna.tap_data("yki:")
    await anna.tap("Book this time")
    times = {starts_at for _, starts_at, _ in await bookings(lotsen)}
    assert len(times) == 2


async def test_a_time_that_passes_while_one_thinks_is_refused(lotsen, anna, home):
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await anna.tap("Choose a time myself")
    await anna.tap("Today")
    await anna.tap("10")
    await anna.tap("10:00")
    lotsen.clock.set(local("2026-12-28T10:01"))
    [said] = await anna.tap("Book this time")
    assert said.text == "That time has passed. Choose a later one."
    assert await bookings(lotsen) == []


async def test_without_hours_it_is_said_whose_and_where_to_set_them(lotsen):
    await at_work(lotsen.db)
    home = await move_in(lotsen.db)
    lotsen.clock.set(NOW)
    anna = lotsen.phone(ANNA)
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    for way in ("Propose three times", "Book at once", "Choose a time myself"):
        await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
        [said] = await anna.tap(way) if way in dict(anna.last.buttons) else [None]
        if said is not None:
            assert said.text.splitlines()[:2] == [
                "No nurse has working hours here.",
                "No parent supporter has working hours here.",
            ]
            [times] = await anna.tap("My times")
            assert "There are no hours yet" in times.text


async def test_where_nothing_is_free_another_time_can_still_be_chosen(lotsen, anna, team, home):
    async with lotsen.db.write() as tx:
        first, last = date(2026, 12, 28), date(2027, 3, 1)
        await availability.add_days_off(tx, team[0], team[0].member.id, first, last, NOW, RULES)
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    [said] = await anna.tap("Book at once")
    assert said.text == "No time is free for both of you on those days."
    assert "A day or time that is not shown" in dict(said.buttons)


async def test_after_a_loss_nothing_is_booked_and_nothing_is_due(lotsen, anna, home):
    await anna.press(f"kd:{home.family_id}:loss")
    for data in (
        f"yv:{home.family_id}",
        f"yf:{home.family_id}:{home.child_id}:2:visit",
        f"yfi:{home.family_id}:{home.child_id}:2:visit:now",
        f"yvo:{home.family_id}",
    ):
        [said] = await anna.press(data)
        assert "Do not contact this family through Lotsen." in said.text
    [said] = await anna.press("k:book:0")
    assert said.text == "Nothing to book now."


async def test_an_expected_child_has_no_visits_yet(lotsen, anna):
    home = await move_in(lotsen.db, born=None)
    [said] = await anna.press(f"yv:{home.family_id}")
    assert "The child is not born yet." in said.text


async def test_a_button_of_an_older_draft_changes_nothing(lotsen, anna, home):
    start = f"yf:{home.family_id}:{home.child_id}:2:visit"
    await anna.press(start)
    await anna.tap("Book at once")
    [old] = await anna.tap_data("yki:")
    await anna.press(start)
    await anna.tap("Book at once")
    [said] = await anna.press(old.data("Book this time"))
    assert said.text == booked_texts.draft_gone(lotsen.languages.get("en")).text
    assert await bookings(lotsen) == []


async def test_a_second_tap_books_nothing_twice(lotsen, anna, home):
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await anna.tap("Book at once")
    [page] = await anna.tap_data("yki:")
    await anna.press(page.data("Book this time"))
    [said] = await anna.press(page.data("Book this time"))
    assert "That button is old." in said.text
    assert len(await bookings(lotsen)) == 1


async def test_another_area_s_family_is_answered_like_one_that_is_not_there(lotsen, anna, home):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, area="Gårdsten")
    eva = lotsen.phone(EVA)
    booked = await book_visit(lotsen.db, home.family_id, local("2026-12-29T10:00"), NOW, 2)
    gone = texts.old_button(lotsen.languages.get("en"))
    family, child = home.family_id, home.child_id
    for data in (
        f"yv:{family}",
        f"yvo:{family}",
        f"yf:{family}:{child}:3:visit",
        f"yfi:{family}:{child}:3:visit:now",
        f"yb:{family}:{booked}",
        f"yj:{family}:{booked}:now",
        f"yr:{family}:{booked}",
        f"yrc:{family}:{booked}:ill",
        f"yrn:{family}:{booked}",
        f"yrw:{family}:1",
    ):
        assert (await eva.press(data))[0].text == gone, data
    assert [state for _, _, state in await bookings(lotsen)] == [BookingState.BOOKED]


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.ADMINISTRATOR])
async def test_who_does_not_meet_families_cannot_book(lotsen, anna, home, role):
    await at_work(lotsen.db, "Tom", role, EVA)
    tom = lotsen.phone(EVA)
    for data in ("k:book:0", f"yv:{home.family_id}", f"yfi:{home.family_id}:1:2:visit:now"):
        [said] = await tom.press(data)
        assert said.text == texts.old_button(lotsen.languages.get("en"))


FORGED = [
    "k:book:-3",
    "yv:x",
    "yv:999",
    "yf:1:1:9:visit",
    "yf:1:99:2:visit",
    "yf:1:1:2:nothing",
    "yfi:1:1:2:visit:later",
    "yfi:1:1:0:visit:now",
    "yb:1:999",
    "yj:1:999:now",
    "yk:1:book:0",
    "yk:1:nothing:0",
    "yki:1:0",
    "ykp:1:moon",
    "ykr:1:none",
    "ykh:1:7:now",
    "yrd:999",
    "yrc:1:999:ill",
    "yrc:1:1:tired",
    "yrw:1:999",
    "yd:bk:1.1:20270105",
    "yd:bk:1:20270105",
    "yt:ba:1.1:20270105:1000",
    "ym:bk:1.1:202701",
]


async def test_forged_buttons_are_answered_politely_and_change_nothing(lotsen, anna, home):
    said = await lotsen.take(*(anna.press_of(data) for data in FORGED))
    assert len(said) == len(FORGED)
    assert texts.error(lotsen.languages.get("en")) not in "\n".join(each.text for each in said)
    assert await bookings(lotsen) == []
    assert await lotsen.rows("proposal") == []


async def test_random_buttons_never_meet_an_apology(lotsen, anna, home):
    await anna.press(f"yfi:{home.family_id}:{home.child_id}:2:visit:three")
    draft = anna.last.data("Change the place").split(":")[1]
    dice = random.Random(11)
    prefixes = ["yv", "yvo", "yf", "yfi", "yb", "yj", "yk", "yki", "ykp", "ykr", "yr", "yrc"]
    prefixes += ["yrn", "yrw", "yd:bk", "yt:bk", "yt:ba", "yh:ba", "ym:bk", "yl:ba", "yd:ba"]
    parts = ["0", "1", "2", "-1", draft, f"{draft}.1", f"{draft}.9", "visit", "walk", "now"]
    parts += ["any", "book", "send", "home", "late", "ill", "20270105", "1000", "202701", ""]
    presses = [
        anna.press_of(
            ":".join(
                [dice.choice(prefixes), *(dice.choice(parts) for _ in range(dice.randint(0, 5)))]
            )
        )
        for _ in range(tries(100, 1000))
    ]
    said = await lotsen.take(*presses)
    assert texts.error(lotsen.languages.get("en")) not in "\n".join(each.text for each in said)
