"""After a visit, in the chat of staff: one tap, and a few more where it was different."""

from datetime import timedelta

import pytest

from programme.people import Role
from tests.cast import book_visit, local, move_in
from tests.colleagues import at_work
from tests.handlers.home import FOUR, counted, delivered
from tests.handlers.phone import Shown
from tests.handlers.wording import faults

ANNA, BO, AMINA = 2001, 2002, 1001
STARTS = local("2026-11-09T10:30")
AFTER = STARTS + timedelta(minutes=76)
FIGURES = (
    *("visit_done", "took_part", "visit_both_staff", "visit_interpreter", "visit_debrief"),
    *("guided_on", "first_in_time", "other_parent_family", "visit_cancelled", "visit_missed"),
)


@pytest.fixture
async def booked(lotsen):
    """Anna's visit to a family; the booking's number."""
    await at_work(lotsen.db)
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO)
    home = await move_in(lotsen.db, chats=(AMINA, None))
    number = await book_visit(lotsen.db, home.family_id, STARTS, local("2026-11-02T10:00"))
    lotsen.clock.set(AFTER)
    return home.family_id, number


async def letter(lotsen, chat=ANNA) -> Shown:
    """The question to that colleague, as delivered."""
    [found] = [each for each in await delivered(lotsen) if each.chat_id == chat]
    keys = [key for row in found.keyboard["inline_keyboard"] for key in row]
    return Shown(found.text, tuple((key["text"], key["callback_data"]) for key in keys))


async def test_one_tap_says_that_it_was_done_and_counts_it(lotsen, booked):
    asked = await letter(lotsen)
    anna = lotsen.phone(ANNA)
    [page] = await anna.press(asked.data("Done, as usual"))
    assert "Was anything different?" in page.text
    [booking] = await lotsen.rows("booking")
    assert booking.state == "done"
    assert sorted(await counted(lotsen, *FIGURES), key=str) == [
        ("first_in_time", 1, None),
        ("took_part", 1, "birthing"),
        ("visit_both_staff", 1, None),
        ("visit_done", 1, None),
    ]


async def test_what_was_different_is_corrected_and_the_figures_follow(lotsen, booked):
    asked = await letter(lotsen)
    anna = lotsen.phone(ANNA)
    await anna.press(asked.data("Done, as usual"))
    for label in ("Parent who gave birth ✓", "Other parent", "We talked it over"):
        await anna.tap(label)
    await anna.tap("Showed the way to…")
    await anna.tap("Open preschool")
    await anna.tap("Preschool")
    await anna.tap("Preschool ✓")
    figures = sorted(await counted(lotsen, *FIGURES), key=str)
    assert figures == [
        ("first_in_time", 1, None),
        ("guided_on", 1, "open_preschool"),
        ("other_parent_family", None, None),
        ("took_part", 1, "other_parent"),
        ("visit_both_staff", 1, None),
        ("visit_debrief", 1, None),
        ("visit_done", 1, None),
    ]
    await anna.tap("Back")
    await anna.tap("Other parent ✓")
    assert "other_parent_family" not in {what for what, _, _ in await counted(lotsen, *FIGURES)}


async def test_two_colleagues_and_two_taps_count_one_visit(lotsen, booked):
    family, number = booked
    for chat in (ANNA, BO, ANNA):
        await lotsen.phone(chat).press(f"Fd:{family}:{number}")
    assert await counted(lotsen, "visit_done", "took_part") == [
        ("visit_done", 1, None),
        ("took_part", 1, "birthing"),
    ]


async def test_once_one_has_said_it_the_other_is_not_asked_any_more(lotsen, booked):
    family, number = booked
    await lotsen.phone(ANNA).press(f"Fd:{family}:{number}")
    assert [each for each in await delivered(lotsen) if each.chat_id in {ANNA, BO}] == []


async def test_it_was_cancelled_tells_nobody_and_is_counted(lotsen, booked):
    asked = await letter(lotsen)
    await lotsen.phone(ANNA).press(asked.data("It was cancelled"))
    [booking] = await lotsen.rows("booking")
    assert booking.state == "cancelled"
    assert [each for each in await delivered(lotsen) if each.chat_id == AMINA] == []
    assert await counted(lotsen, *FIGURES) == [("visit_cancelled", 1, "other")]


async def test_it_was_cancelled_after_a_colleagues_done_shows_what_is_ticked(lotsen, booked):
    asked = await letter(lotsen, BO)
    anna, bo = lotsen.phone(ANNA), lotsen.phone(BO)
    await anna.press(f"Fd:{booked[0]}:{booked[1]}")
    [page] = await bo.press(asked.data("It was cancelled"))
    assert "Parent who gave birth ✓" in [label for label, _ in page.buttons]
    [said] = await bo.tap("It was not held after all")
    assert "it was not held" in said.text
    [booking] = await lotsen.rows("booking")
    assert booking.state == "cancelled"
    assert await counted(lotsen, *FIGURES) == [("visit_cancelled", 1, "other")]
    assert [each for each in await delivered(lotsen) if each.chat_id == AMINA] == []
    for press in ("Fx", "Fn", "Fd"):  # pressed again, or from an old page
        [said] = await anna.press(f"{press}:{booked[0]}:{booked[1]}")
    assert said.text == "It is noted that it was not held."
    assert await counted(lotsen, *FIGURES) == [("visit_cancelled", 1, "other")]


async def test_nobody_at_home_by_mistake_is_taken_back_and_the_family_hears_nothing(lotsen, booked):
    asked = await letter(lotsen)
    anna = lotsen.phone(ANNA)
    await anna.press(asked.data("Nobody was at home"))
    [said] = await lotsen.phone(BO).press(f"Fd:{booked[0]}:{booked[1]}")
    assert said.data("It was held after all").startswith("Fq:")
    for _ in "twice":
        [page] = await anna.press(f"Fq:{booked[0]}:{booked[1]}")
    assert "Was anything different?" in page.text
    assert sorted(await counted(lotsen, *FIGURES), key=str) == [
        ("first_in_time", 1, None),
        ("took_part", 1, "birthing"),
        ("visit_both_staff", 1, None),
        ("visit_done", 1, None),
    ]
    assert [each for each in await delivered(lotsen) if each.chat_id == AMINA] == []


async def test_who_was_not_at_home_and_is_booked_anew_stays_so(lotsen, booked):
    family, number = booked
    anna = lotsen.phone(ANNA)
    await anna.press((await letter(lotsen)).data("Nobody was at home"))
    await book_visit(lotsen.db, family, STARTS + timedelta(days=2), AFTER)
    await anna.press(f"Fq:{family}:{number}")
    assert sorted(each.state for each in await lotsen.rows("booking")) == ["booked", "missed"]
    assert await counted(lotsen, *FIGURES) == [("visit_missed", 1, None)]


async def test_nothing_is_ticked_for_a_visit_that_lies_ahead(lotsen, booked):
    family, number = booked
    lotsen.clock.set(STARTS - timedelta(hours=1))
    for press in (
        f"Fd:{family}:{number}",
        f"Fn:{family}:{number}",
        f"Fx:{family}:{number}",
        f"Ft:{family}:{number}:birthing",
    ):
        await lotsen.phone(ANNA).press(press)
    [booking] = await lotsen.rows("booking")
    assert booking.state == "booked"
    assert await lotsen.rows("visit_outcome") == []


async def test_a_colleague_of_another_area_can_say_nothing_of_it(lotsen, booked):
    family, number = booked
    await at_work(lotsen.db, "Eva", Role.NURSE, 2009, area="Gårdsten")
    for press in (f"Fd:{family}:{number}", f"Fn:{family}:{number}", f"Fo:{family}:{number}:0"):
        await lotsen.phone(2009).press(press)
    [booking] = await lotsen.rows("booking")
    assert booking.state == "booked"


async def test_how_it_was_is_found_again_on_the_page_of_the_visits(lotsen, booked):
    family, number = booked
    anna = lotsen.phone(ANNA)
    await anna.press(f"Fd:{family}:{number}")
    await anna.press(f"yb:{family}:{number}")
    [page] = await anna.tap("How it was")
    assert "Parent who gave birth ✓" in [label for label, _ in page.buttons]


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_in_the_language_of_the_colleague(lotsen, booked, code):
    family, number = booked
    await at_work(lotsen.db, language=code)
    t, anna = lotsen.languages.get(code), lotsen.phone(ANNA)
    said = [await letter(lotsen)]
    for press in (f"Fd:{family}:{number}", f"Fo:{family}:{number}:1", f"yb:{family}:{number}"):
        said += await anna.press(press)
    for tick in ("interpreter", "birthing", "both_staff", "interpreter"):
        said += await anna.press(f"Ft:{family}:{number}:{tick}")  # all of them, and none
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE booking SET meeting = 'walk'")
    for press in (f"Fd:{family}:{number}", f"yb:{family}:{number}", f"Fx:{family}:{number}"):
        said += await anna.press(press)
    said = [_without_label(each) for each in said]
    assert faults(said, t, lotsen.languages) == []


def _without_label(shown: Shown) -> Shown:
    """Staff's own word for the family is in whatever language they like."""
    named = [(label.replace("the red door", "7"), data) for label, data in shown.buttons]
    return Shown(shown.text.replace("the red door", "7"), tuple(named))
