"""Booking by staff through the real dispatcher: from what is due to a time, in few taps."""

import pytest

from messaging import texts
from programme.people import BookingState
from programme.reasons import Asked
from services import requests
from services.access import reader_of
from storage import areas, families, staff
from tests.cast import AREA, BORN, JOINED, RULES, book_visit, local
from tests.handlers.booking_days import AMINA, ANNA, BO, NOW, bookings, seen
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")


async def test_a_nurse_books_visit_two_in_six_taps_moves_it_and_cancels_it(lotsen, anna, home):
    anna.taps = 0
    await anna.write("/start")
    await anna.tap("To book")
    assert "Family the red door: book visit 2 by Sunday 14 February." in seen(anna.last)
    await anna.tap("Family \u2068the red door\u2069, visit \u20662\u2069")
    await anna.tap("Book at once")
    await anna.tap_data("yki:")
    await anna.tap("Book this time")
    assert anna.taps == 5
    assert "Booked: Visit 2" in seen(anna.last)
    [(visit, first, state)] = await bookings(lotsen)
    assert (visit, state) == (2, BookingState.BOOKED)

    await anna.tap("Visits: book and change")
    await anna.tap("Move or cancel visit \u20662\u2069")
    await anna.tap("Move it at once")
    await anna.tap_data("yki:")
    await anna.tap("Book this time")
    assert "Moved: Visit 2" in seen(anna.last)
    [(_, second, _)] = await bookings(lotsen)
    assert second != first

    await anna.tap("Visits: book and change")
    await anna.tap("Move or cancel visit \u20662\u2069")
    await anna.tap("Cancel it")
    await anna.tap("The family wishes it")
    assert "Cancelled." in anna.last.text
    [(_, _, state)] = await bookings(lotsen)
    assert state == BookingState.CANCELLED
    [row] = await lotsen.rows("booking")
    assert row.why == "wish"
    assert await lotsen.rows("quarter") == []


async def test_three_times_are_proposed_one_of_them_changed(lotsen, anna, home):
    await anna.press("k:book:0")
    await anna.tap_data("yf:")
    [page] = await anna.tap("Propose three times")
    assert [line[:7] for line in seen(page).splitlines()[2:5]] == ["Time 1:", "Time 2:", "Time 3:"]
    assert "Anna (nurse) and Bo (parent supporter)" in seen(page)
    await anna.tap("Change time \u20662\u2069")
    await anna.tap("Another day")
    await anna.tap("›")
    await anna.tap("21")
    await anna.tap("13")
    await anna.tap("13:00")
    await anna.tap("Change the place")
    await anna.tap("At BVC (the child health centre)")
    [page] = await anna.tap("With an interpreter")
    assert "Thursday 21 January at 13:00" in seen(page)
    [said] = await anna.tap("Send these times to the family")
    assert "The family can choose until Wednesday 30 December at 09:00" in seen(said)
    [row] = await lotsen.rows("proposal")
    assert (row.visit, row.place, bool(row.interpreter_wanted)) == (2, "bvc", True)
    times = [row.starts_at for row in await lotsen.rows("slot")]
    assert local("2027-01-21T13:00") in times
    assert len(times) == 3
    [page] = await anna.press(f"kf:{home.family_id}")
    assert "Visit 2: times are proposed." in seen(page)


async def test_a_changed_time_leaves_room_for_the_others(lotsen, anna, home):
    await anna.press(f"yfi:{home.family_id}:{home.child_id}:2:visit:three")
    [first] = [line for line in seen(anna.last).splitlines() if line.startswith("Time 1")]
    assert "Tuesday 29 December at" in first  # the family has a day to answer
    await anna.tap("Change time \u20662\u2069")
    await anna.tap("Tomorrow")
    offered = {label for label, data in anna.last.buttons if data.startswith(("yh", "yt"))}
    hour = first.split(" at ")[1][:2]
    assert hour not in {label[:2] for label in offered}


@pytest.mark.parametrize("label", ["One more visit", "A phone call with us"])
async def test_something_besides_the_six_is_booked_and_shown(lotsen, anna, home, label):
    await anna.press(f"yv:{home.family_id}")
    await anna.tap("Book something else")
    await anna.tap(label)
    await anna.tap("Book at once")
    await anna.tap_data("yki:")
    [said] = await anna.tap("Book this time")
    assert f"Booked: {label}" in seen(said)
    [row] = await lotsen.rows("booking")
    assert (row.visit, row.meeting) == (0, "extra" if "visit" in label else "call")
    [page] = await anna.tap("Visits: book and change")
    assert f"Also: {label}" in seen(page)
    await anna.tap(label)
    assert "Cancel it" in dict(anna.last.buttons)


async def test_a_joint_walk_is_at_the_open_preschool(lotsen, anna, home):
    await anna.press(f"yvo:{home.family_id}")
    await anna.tap("A walk together to the open preschool (öppen förskola)")
    await anna.tap("Book at once")
    [page] = await anna.tap_data("yki:")
    assert "at the open preschool" in page.text


async def test_nobody_at_home_can_be_told_once_the_visit_has_begun(lotsen, anna, home):
    booked = await book_visit(lotsen.db, home.family_id, local("2026-12-29T10:00"), NOW, 2)
    [page] = await anna.press(f"yb:{home.family_id}:{booked}")
    assert "Nobody was at home" not in dict(page.buttons)
    [said] = await anna.press(f"yrn:{home.family_id}:{booked}")
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    lotsen.clock.set(local("2026-12-29T10:20"))
    await anna.press(f"yb:{home.family_id}:{booked}")
    [said] = await anna.tap("Nobody was at home")
    assert "nobody was at home" in said.text
    [page] = await anna.tap("Visits: book and change")
    assert "Visit 2: nobody was at home on Tuesday 29 December." in seen(page)
    [page] = await anna.tap("Book visit \u20662\u2069")
    assert "Propose three times" in dict(page.buttons)


async def test_proposed_times_are_taken_back(lotsen, anna, home):
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await anna.tap("Propose three times")
    await anna.tap("Send these times to the family")
    await anna.tap("Visits: book and change")
    [page] = await anna.tap("Proposed times for visit \u20662\u2069")
    assert "These times are kept for the family until" in page.text
    await anna.tap("Take these times back")
    assert [row.state for row in await lotsen.rows("proposal")] == ["withdrawn"]
    assert await lotsen.rows("quarter") == []


async def test_times_are_proposed_for_a_booked_visit_which_stands_meanwhile(lotsen, anna, home):
    booked = await book_visit(lotsen.db, home.family_id, local("2026-12-29T10:00"), NOW, 2)
    await anna.press(f"yb:{home.family_id}:{booked}")
    await anna.tap("Propose three new times")
    await anna.tap("Send these times to the family")
    [row] = await lotsen.rows("proposal")
    assert row.booking_id == booked
    assert [state for _, _, state in await bookings(lotsen)] == [BookingState.BOOKED]


async def test_a_family_without_chat_is_phoned_and_booked_at_once(lotsen, anna):
    async with lotsen.db.write() as tx:
        area = await areas.find(tx, AREA)
        family = await families.register(tx, area, "no phone", JOINED)
        await families.add_child(tx, family, BORN, None)
    await anna.press("k:book:0")
    [page] = await anna.tap_data("yf:")
    assert "Nobody in this family reads the chat." in page.text
    assert "Propose three times" not in dict(page.buttons)
    await anna.tap("Book at once")
    [page] = await anna.tap_data("yki:")
    assert "Send" not in "".join(label for label, _ in page.buttons)
    [said] = await anna.tap("Book this time")
    assert "A slip with the time can be printed in their language." in said.text
    assert [visit for visit, _, _ in await bookings(lotsen)] == [2]
    await anna.tap("Print the slip")
    [paper] = await anna.tap("Somali")
    assert "The slip in Somali, to print." in seen(paper)
    assert paper.file.startswith(b"%PDF")
    assert "paper" in {look.seen for look in await lotsen.rows("look")}


async def test_the_parent_supporter_books_for_both(lotsen, anna, home):
    bo = lotsen.phone(BO)
    await bo.press("k:book:0")
    await bo.tap_data("yf:")
    await bo.tap("Book at once")
    await bo.tap_data("yki:")
    await bo.tap("Book this time")
    assert len(await lotsen.rows("booking_staff")) == 2


async def test_what_a_parent_asks_for_stands_there_until_it_is_done(lotsen, anna, home):
    async with lotsen.db.write() as tx:
        await requests.ask(tx, await reader_of(tx, AMINA), Asked.CALL, NOW, RULES)
    [page] = await anna.press("k:book:0")
    assert "Family the red door: a parent asks to be called." in seen(page)
    [page] = await anna.tap("Done: family \u2068the red door\u2069")
    assert "asks to be called" not in page.text
    [row] = await lotsen.rows("request")
    assert (row.done_at, row.done_by) == (NOW, 1)


async def test_with_two_homes_it_is_asked_with_which(lotsen, anna, home):
    async with lotsen.db.write() as tx:
        await families.set_family(tx, home.family_id, split_at=JOINED)
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await anna.tap("Book at once")
    assert anna.last.text == "This family has two homes. With which one?"
    await anna.tap("Home \u20662\u2069")
    [page] = await anna.tap_data("yki:")
    assert "With home 2." in seen(page)
    assert "Ask the family: does it suit?" not in dict(page.buttons)  # nobody of that home reads
    await anna.tap("Book this time")
    [row] = await lotsen.rows("booking")
    assert row.home == 2


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_colleague_s_language(lotsen, home, team, code):
    async with lotsen.db.write() as tx:
        await staff.change(tx, team[0].member.id, language=code)
    anna = lotsen.phone(ANNA, setting="fi")
    said = []
    family, child = home.family_id, home.child_id
    for data in ("k:book:0", f"kf:{family}", f"yv:{family}", f"yvo:{family}"):
        said += await anna.press(data)
    said += await anna.press(f"yf:{family}:{child}:2:visit")
    said += await anna.press(f"yfi:{family}:{child}:2:visit:three")
    draft = next(data for _, data in anna.last.buttons if data.startswith("yk:")).split(":")[1]
    for data in (
        f"yk:{draft}:place:0",
        f"ykp:{draft}:home",
        f"yk:{draft}:talk:0",
        f"yk:{draft}:change:1",
        f"ym:bk:{draft}.1:202701",
        f"yl:bk:{draft}.1:0",
        f"yd:bk:{draft}.1:20270111",
        f"yh:bk:{draft}.1:20270111:10",
        f"yt:bk:{draft}.1:20270111:1000",
        f"yk:{draft}:any:9",
        f"ym:ba:{draft}.9:202702",
        f"yd:ba:{draft}.9:20270112",
        f"yt:ba:{draft}.9:20270112:1745",
        f"ykr:{draft}:wish",
        f"yk:{draft}:book:0",
        f"yk:{draft}:book:0",
        "yb:1:1",
        "yr:1:1",
        "yj:1:1:three",
    ):
        said += await anna.press(data)
    draft = next(data for _, data in anna.last.buttons if data.startswith("yk:")).split(":")[1]
    said += await anna.press(f"yk:{draft}:send:0")
    said += await anna.press("yv:1")
    said += await anna.press("yj:1:1:now")
    said += await anna.press("yrc:1:1:double")
    said += await anna.press(f"yfi:{family}:{child}:4:visit:pick")
    t = lotsen.languages.get(code)
    own = {repr(word) for word in ("the", "red", "door", "bo", "anna")}
    wrong = [
        fault
        for fault in faults(said, t, lotsen.languages)
        if fault.partition(" in ")[0] not in own
    ]
    assert wrong == []
