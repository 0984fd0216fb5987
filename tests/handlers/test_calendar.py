from datetime import timedelta

import pytest
import vobject

from messaging import calendar_texts
from services import areas as acts
from services import booking, visits
from storage import areas
from tests.cast import AREA, RULES, local
from tests.handlers.phone import Lotsen, Phone
from tests.handlers.post_office import PostOffice
from tests.handlers.wording import faults, too_long

STARTS, MOVED = local("2026-11-09T10:30"), local("2026-11-12T13:00")
LANGUAGES = ("sv", "ar", "so", "en")


async def book(lotsen: Lotsen, starts_at=STARTS, staff=("Anna", "Bo")) -> int:
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        now = lotsen.clock.now()
        return await booking.book(tx, family.id, 1, starts_at, staff, now, RULES)


async def cancel(lotsen: Lotsen) -> None:
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        await visits.cancel(tx, family.id, 1, lotsen.clock.now(), RULES)


def later(lotsen: Lotsen) -> None:
    lotsen.clock.set(lotsen.clock.now() + timedelta(minutes=1))


async def wants_files(phone: Phone) -> None:
    await phone.press("K:file")


def event(content: bytes):
    return vobject.readOne(content.decode()).vevent


@pytest.mark.parametrize("code", LANGUAGES)
async def test_under_the_thanks_a_parent_takes_the_visit_into_the_calendar(lotsen, code):
    phone, t = lotsen.phone(), lotsen.languages.get(code)
    await phone.join(code)
    number = await book(lotsen)

    [thanks] = await phone.press(f"v:{number}:0:yes")
    [said] = await phone.tap(calendar_texts.to_calendar(t).text)

    assert event(said.file).dtstart.value == STARTS
    assert faults([thanks, said], t, lotsen.languages) == []
    assert too_long([said]) == []
    assert [row.calendar for row in await lotsen.rows("guardian")] == [True]


async def test_under_what_is_coming_too(lotsen, amina):
    await book(lotsen)

    await amina.write("/plan")
    await amina.press("g:1")
    label = calendar_texts.to_calendar(lotsen.languages.get("so")).text
    [said] = await amina.tap(label)

    assert event(said.file).dtstart.value == STARTS


async def test_from_then_on_each_change_comes_as_a_file_with_its_letter(lotsen, amina, office):
    await book(lotsen)
    await wants_files(amina)
    await office.to(amina)

    later(lotsen)
    await book(lotsen, MOVED)
    [moved] = await office.to(amina)
    later(lotsen)
    await cancel(lotsen)
    [gone] = await office.to(amina)

    first, last = event(moved.file.content), event(gone.file.content)
    assert first.uid.value == last.uid.value
    assert (first.dtstart.value, first.status.value) == (MOVED, "CONFIRMED")
    assert last.status.value == "CANCELLED"
    assert int(first.sequence.value) < int(last.sequence.value)
    assert moved.file.name == "lotsen.ics"


async def test_a_visit_on_hold_comes_as_cancelled_and_stands_again_after_the_pause(
    lotsen, amina, office
):
    await book(lotsen)
    await wants_files(amina)
    await office.to(amina)
    files = []
    for act in (acts.pause, acts.resume):
        later(lotsen)
        async with lotsen.db.write() as tx:
            await act(tx, await areas.find(tx, AREA), lotsen.clock.now(), RULES)
        [said] = await office.to(amina)
        files.append(event(said.file.content))

    held, again = files
    assert (held.status.value, again.status.value) == ("CANCELLED", "CONFIRMED")
    assert int(held.sequence.value) < int(again.sequence.value)
    assert held.uid.value == again.uid.value


async def test_without_a_wish_no_letter_carries_a_file(lotsen, amina, office: PostOffice):
    await book(lotsen)

    [said] = await office.to(amina)

    assert said.file is None


async def test_a_reminder_carries_none(lotsen, amina, office):
    await book(lotsen)
    await wants_files(amina)
    await office.to(amina)

    lotsen.clock.set(local("2026-11-08T17:00"))
    said = await office.to(amina)

    assert said
    assert [each.file for each in said] == [None] * len(said)


async def test_no_more_files_is_one_tap_and_so_is_the_way_back(lotsen, amina, office):
    t = lotsen.languages.get("so")
    await book(lotsen)
    await wants_files(amina)

    [done] = await amina.tap(t.gettext("No more files"))
    await office.to(amina)
    later(lotsen)
    await book(lotsen, MOVED)
    [said] = await office.to(amina)
    assert said.file is None
    assert faults([done], t, lotsen.languages) == []

    [again] = await amina.tap(t.gettext("To my calendar"))
    assert event(again.file).dtstart.value == MOVED


async def test_before_a_visit_is_booked_the_wish_is_kept(lotsen, amina, office):
    [said] = await amina.press("K:file")
    assert said.file is None

    later(lotsen)
    await book(lotsen)
    [letter] = await office.to(amina)

    assert event(letter.file.content).dtstart.value == STARTS


async def test_what_a_parent_changes_themselves_comes_with_the_answer(lotsen, amina):
    number = await book(lotsen)
    await wants_files(amina)

    await amina.press(f"v:{number}:0:no_thanks")
    answer, file = await amina.press(f"n:{number}:0")
    assert answer.file is None
    assert event(file.file).status.value == "CANCELLED"

    later(lotsen)
    _, back = await amina.press(f"nu:{number}")
    assert event(back.file).status.value == "CONFIRMED"
    assert int(event(back.file).sequence.value) > int(event(file.file).sequence.value)


async def test_who_wants_no_files_gets_none_with_the_answer(lotsen, amina):
    number = await book(lotsen)

    await amina.press(f"v:{number}:0:no_thanks")

    assert [each.file for each in await amina.press(f"n:{number}:0")] == [None]


async def test_who_has_files_already_is_not_asked_again(lotsen, amina):
    number = await book(lotsen)
    await wants_files(amina)

    [thanks] = await amina.press(f"v:{number}:0:yes")

    assert not [data for _, data in thanks.buttons if data.startswith("K")]


async def test_a_stranger_s_press_brings_nothing(lotsen, amina):
    await book(lotsen)
    dan = lotsen.phone()

    said = await dan.press("K:file") + await dan.press("K:none")

    assert all(each.file is None for each in said)
    assert [row.calendar for row in await lotsen.rows("guardian")] == [False]


async def test_after_a_loss_there_is_no_file_for_anybody(lotsen, amina, office):
    await book(lotsen)
    await wants_files(amina)
    await office.to(amina)

    await amina.press("h")
    said = await amina.press("K:file")
    later(lotsen)
    await cancel(lotsen)

    assert all(each.file is None for each in said)
    assert await office.to(amina) == []
