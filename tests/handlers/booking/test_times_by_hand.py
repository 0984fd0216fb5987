"""Times that staff choose by hand: the calendar, hours, reasons, windows (D6)."""

from datetime import date

from programme.people import BookingState
from tests.cast import local
from tests.handlers.booking_days import bookings, seen


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


async def test_ramadan_and_eid_are_hinted_at_for_everyone_alike(lotsen, anna, home):
    lotsen.clock.set(local("2027-02-20T09:00"))
    await anna.press(f"yf:{home.family_id}:{home.child_id}:3:visit")
    await anna.tap("Choose a time myself")
    await anna.tap("Another day")
    assert "Ramadan is about Monday 8 February to Monday 8 March." in seen(anna.last)
    [page] = await anna.tap("›")
    assert "Eid is about Tuesday 9 March." in seen(page)
