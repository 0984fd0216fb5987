"""Booking by staff through the real dispatcher: from what is due to a time, in few taps."""

import random
from datetime import date

import pytest

from messaging import booked_texts, texts
from programme.people import BookingState, Role
from programme.reasons import Asked
from services import availability, requests
from services.access import reader_of
from storage import areas, families, staff
from tests.cast import AREA, BORN, JOINED, RULES, book_visit, local, move_in
from tests.colleagues import at_work
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")
ANNA, BO, EVA = 2001, 2002, 2003
AMINA = 1001
NOW = local("2026-12-28T09:00")  # a Monday; visit 2 is from 16 December to 14 February


def seen(shown) -> str:
    return shown.text.translate(dict.fromkeys(range(0x2066, 0x206A)))


async def with_hours(lotsen, who):
    async with lotsen.db.write() as tx:
        await availability.set_hours(tx, who, who.member.id, range(5), [(480, 960)], JOINED, RULES)


@pytest.fixture
async def team(lotsen):
    """Anna and Bo, at work from eight to four."""
    anna = await at_work(lotsen.db)
    bo = await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO)
    for each in (anna, bo):
        await with_hours(lotsen, each)
    lotsen.clock.set(NOW)
    return anna, bo


@pytest.fixture
async def anna(lotsen, team):
    return lotsen.phone(ANNA)


@pytest.fixture
async def home(lotsen, team):
    return await move_in(lotsen.db, chats=(AMINA, None))


async def bookings(lotsen, **where):
    return [
        (row.visit, row.starts_at, row.state)
        for row in sorted(await lotsen.rows("booking", **where), key=lambda row: row.id)
    ]


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


# --- times chosen by hand ----------------------------------------------------------------------


async def test_a_time_is_chosen_among_the_free_ones_and_sent_as_a_question(lotsen, anna, home):
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    [page] = await anna.tap("Choose a time myself")
    assert [label for label, _ in page.buttons][:3] == [
        "Today",
        "Tomorrow",
        "Wednesday 30 December",
    ]
    await anna.tap("Tomorrow")
    await anna.tap("10")
    await anna.tap("10:15")
    [said] = await anna.tap("Ask the family: does it suit?")
    assert "The family can answer until" in said.text
    [slot] = await lotsen.rows("slot")
    assert slot.starts_at == local("2026-12-29T10:15")


async def test_red_days_and_days_without_a_free_time_are_dots(lotsen, anna, home):
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await anna.tap("Choose a time myself")
    await anna.tap("Another day")
    [page] = await anna.tap("›")
    days = {label for label, data in page.buttons if data.startswith("yd:bk")}
    weekdays = {str(n) for n in range(1, 32) if date(2027, 1, n).weekday() < 5}
    assert days == weekdays - {"1", "6"}  # New Year's Day, Epiphany


async def test_another_day_and_hour_needs_a_reason(lotsen, anna, home):
    await anna.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await anna.tap("Choose a time myself")
    await anna.tap("A day or time that is not shown")
    await anna.tap("Tomorrow")
    await anna.tap("17")
    [question] = await anna.tap("17:30")
    assert question.text == "This is outside the usual days or working hours. Why?"
    [page] = await anna.tap("The family wishes it")
    assert "This is outside the usual days or working hours." in page.text
    await anna.tap("Book this time")
    assert await bookings(lotsen) == [(2, local("2026-12-29T17:30"), BookingState.BOOKED)]


async def test_outside_its_ages_a_visit_needs_a_reason_and_the_reason_is_counted(
    lotsen, anna, home
):
    await anna.press(f"yf:{home.family_id}:{home.child_id}:3:visit")
    await anna.tap("Choose a time myself")
    await anna.tap("A day or time that is not shown")
    await anna.tap("Tomorrow")
    await anna.tap("10")
    [question] = await anna.tap("10:00")
    assert "Why?" in question.text
    await anna.tap("The family joined late")
    await anna.tap("Book this time")
    assert (3, local("2026-12-29T10:00"), BookingState.BOOKED) in await bookings(lotsen)
    assert [row.detail for row in await lotsen.rows("tally", what="outside_window")] == ["late"]


async def test_a_visit_whose_window_has_passed_is_late_and_can_still_be_booked(lotsen, anna, home):
    lotsen.clock.set(local("2026-11-25T09:00"))  # visit 1 was until 14 November
    await anna.press("k:book:0")
    assert "visit 1 should have been by Saturday 14 November" in seen(anna.last)
    await anna.tap_data("yf:")
    await anna.tap("Book at once")
    [question] = await anna.tap_data("yki:")
    assert "Why?" in question.text
    await anna.tap("Nobody of us could come in time")
    await anna.tap("Book this time")
    assert [state for _, _, state in await bookings(lotsen)] == [BookingState.BOOKED]


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


# --- what becomes of it ------------------------------------------------------------------------


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


# --- what cannot be done -----------------------------------------------------------------------


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


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_button_is_answered_politely_and_changes_nothing(lotsen, anna, home, data):
    [said] = await anna.press(data)
    assert texts.error(lotsen.languages.get("en")) not in said.text
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
        for _ in range(250)
    ]
    said = await lotsen.take(*presses)
    assert texts.error(lotsen.languages.get("en")) not in "\n".join(each.text for each in said)


async def test_ramadan_and_eid_are_hinted_at_for_everyone_alike(lotsen, anna, home):
    lotsen.clock.set(local("2027-02-20T09:00"))
    await anna.press(f"yf:{home.family_id}:{home.child_id}:3:visit")
    await anna.tap("Choose a time myself")
    await anna.tap("Another day")
    assert "Ramadan is about Monday 8 February to Monday 8 March." in seen(anna.last)
    [page] = await anna.tap("›")
    assert "Eid is about Tuesday 9 March." in seen(page)


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
