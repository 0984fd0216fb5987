from datetime import timedelta

import pytest
import vobject

from bot.settings import Settings
from messaging import staff_calendar_texts as words
from programme.busy import CalendarFault, Unreadable
from services import busy, calendar, visits
from services.booking import book
from tests.cast import RULES, book_visit, local, move_in
from tests.colleagues import ANNA_CHAT, at_work
from tests.handlers.phone import Lotsen, Phone
from tests.handlers.wording import faults
from tests.messaging.test_busy_times import calendar as a_file

STARTS = local("2026-11-09T10:30")
ADDRESS = "https://calendar.example/secret.ics"
LANGUAGES = ("sv", "ar", "so", "en")


@pytest.fixture
def lotsen(lotsen, tmp_path) -> Lotsen:
    lotsen.settings = Settings(
        _env_file=None, data_dir=tmp_path, public_url="https://lotsen.example"
    )
    return lotsen


async def anna(lotsen: Lotsen, code: str = "en") -> Phone:
    await at_work(lotsen.db, language=code)
    return lotsen.phone(ANNA_CHAT)


async def a_visit(lotsen: Lotsen) -> int:
    home = await move_in(lotsen.db)
    return await book_visit(lotsen.db, home.family_id, STARTS, lotsen.clock.now())


async def read_once(lotsen: Lotsen, content: bytes | None) -> None:
    async def fetch(_address: str) -> bytes:
        if content is None:
            raise Unreadable(CalendarFault.NO_ANSWER)
        return content

    await busy.read_all(lotsen.db, fetch, lotsen.clock.now(), RULES.zone)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_every_page_can_be_opened_and_left_in_every_language(lotsen, code):
    phone, t = await anna(lotsen, code), lotsen.languages.get(code)
    await a_visit(lotsen)
    said = await phone.write("/menu")
    said += await phone.tap(t.gettext("My calendar"))
    for data in ("Kf:file", "Kf:none", "Kf:feed", "Kf:new", "Kf:feed", "Kf:end", "Kf:own"):
        said += await phone.press(data)
    said += await phone.press("Kf:set")
    said += await phone.write("hello")
    said += await phone.write(ADDRESS)
    said += await phone.press("Kf:own")
    said += await phone.press("Kf:stop")
    said += await phone.tap(t.gettext("Back"))

    # The address itself is no word of any language.
    shown = [each for each in said if "https://lotsen" not in each.text]
    assert faults(shown, t, lotsen.languages) == []
    assert len(said) == len(shown) + 1


async def test_a_colleague_takes_the_visits_into_their_calendar(lotsen):
    phone = await anna(lotsen)
    await a_visit(lotsen)

    [said] = await phone.press("Kf:file")

    event = vobject.readOne(said.file.decode()).vevent
    assert event.dtstart.value == STARTS
    assert "2" not in event.summary.value.replace("\u2066", "")[:8]
    assert [row.calendar for row in await lotsen.rows("staff") if row.name == "Anna"] == [True]


async def test_the_link_is_shown_once_and_leads_to_the_visits(lotsen):
    phone = await anna(lotsen)
    await a_visit(lotsen)

    [said] = await phone.press("Kf:new")

    link = said.text.partition("<code>")[2].partition("</code>")[0]
    assert link.startswith("https://lotsen.example/calendar/")
    token = link.rpartition("/")[2].removesuffix(".ics")
    found = await calendar.feed(lotsen.db, token, lotsen.languages, lotsen.clock.now())
    assert b"DTSTART:20261109T093000Z" in found.content
    for page in ("Kf:feed", "Kf:own", "k:calendar:0"):
        [other] = await phone.press(page)
        assert token not in other.text

    await phone.press("Kf:new")
    assert await calendar.feed(lotsen.db, token, lotsen.languages, lotsen.clock.now()) is None


async def test_a_phone_that_opens_the_link_by_itself_cannot_because_it_is_code(lotsen):
    """Telegram fetches a preview of every link in a message: the calendar would be there too."""
    phone = await anna(lotsen)

    [said] = await phone.press("Kf:new")

    assert said.text.count("https://") == said.text.count("<code>https://") == 1


async def test_without_an_address_on_the_internet_there_is_a_sentence(lotsen, tmp_path):
    lotsen.settings = Settings(_env_file=None, data_dir=tmp_path)
    phone = await anna(lotsen)

    [said] = await phone.press("Kf:new")

    assert said.text == words.no_public_address(lotsen.languages.get("en")).text
    assert [row.feed_hash for row in await lotsen.rows("staff")] == [None]


async def test_ended_it_is_there_no_more(lotsen):
    phone = await anna(lotsen)
    await phone.press("Kf:new")

    await phone.press("Kf:end")

    assert [row.feed_hash for row in await lotsen.rows("staff")] == [None]


async def test_the_address_of_their_own_calendar_is_written_once(lotsen):
    phone, t = await anna(lotsen), lotsen.languages.get("en")
    await phone.press("Kf:set")

    [wrong] = await phone.write("http://calendar.example/a.ics")
    [right] = await phone.write(f" {ADDRESS.replace('https', 'webcal')} ")
    [after] = await phone.write(ADDRESS)

    assert wrong.text == words.not_an_address(t).text
    assert right.text == words.own_address_set(t).text
    assert after.text != right.text
    assert [row.busy_url for row in await lotsen.rows("staff")] == [ADDRESS]
    kept = "".join(str(row) for row in await lotsen.rows("inbox"))
    assert "secret.ics" not in kept


async def test_who_leaves_the_question_is_not_asked_any_more(lotsen):
    phone = await anna(lotsen)
    await phone.press("Kf:set")
    await phone.press("k:calendar:0")

    await phone.write(ADDRESS)

    assert [row.busy_url for row in await lotsen.rows("staff")] == [None]


async def test_the_page_says_when_it_was_read(lotsen):
    phone = await anna(lotsen)
    await phone.press("Kf:set")
    await phone.write(ADDRESS)
    await read_once(lotsen, a_file("DTSTART:20261105T090000Z\nDTEND:20261105T100000Z"))

    [said] = await phone.press("Kf:own")

    assert "last read" in said.text
    assert len(await lotsen.rows("busy")) == 1
    await phone.press("Kf:stop")
    assert await lotsen.rows("busy") == []


async def test_a_calendar_that_fails_is_told_of_once_with_the_next_answer(lotsen):
    phone, t = await anna(lotsen), lotsen.languages.get("en")
    await phone.press("Kf:set")
    await phone.write(ADDRESS)
    await read_once(lotsen, None)

    _, told = await phone.write("/help")
    again = await phone.write("/help")

    assert told.text.startswith(t.gettext("This is about your own calendar."))
    assert len(again) == 1
    assert faults([told], t, lotsen.languages) == []
    [page] = await phone.press("Kf:own")
    assert t.gettext("Nothing comes from its address.") in page.text


@pytest.mark.parametrize("data", ["Kf:file", "Kf:new", "Kf:set", "Kf:own", "Kf:x", "Kf:"])
async def test_a_parent_or_a_stranger_gets_nothing_by_these_buttons(lotsen, amina, data):
    dan = lotsen.phone()

    for phone in (amina, dan):
        said = await phone.press(data)
        assert all(each.file is None and "calendar/" not in each.text for each in said)
    assert await lotsen.rows("staff") == []


async def test_a_button_that_was_never_there_is_answered_politely(lotsen):
    phone = await anna(lotsen)

    [said] = await phone.press("Kf:never")

    assert "Traceback" not in said.text
    assert said.buttons


async def test_each_change_comes_to_a_colleague_as_a_file_with_its_news(lotsen, office):
    phone = await anna(lotsen)
    home = await move_in(lotsen.db)
    await phone.press("Kf:file")

    await booked_by_phone(lotsen, home.family_id)
    [booked] = [each for each in await office.to(phone) if each.file]
    await visits_cancel(lotsen, home.family_id)
    [gone] = [each for each in await office.to(phone) if each.file]

    first, last = (vobject.readOne(each.file.content.decode()).vevent for each in (booked, gone))
    assert first.uid.value == last.uid.value
    assert (first.dtstart.value, first.status.value) == (STARTS, "CONFIRMED")
    assert last.status.value == "CANCELLED"
    assert b"red door" not in booked.file.content
    assert b"red door" not in gone.file.content


async def booked_by_phone(lotsen: Lotsen, family_id: int) -> None:
    """Whoever comes hears of it only now."""
    async with lotsen.db.write() as tx:
        await book(tx, family_id, 1, STARTS, ["Anna", "Bo"], lotsen.clock.now(), RULES)


async def visits_cancel(lotsen: Lotsen, family_id: int) -> None:
    lotsen.clock.set(lotsen.clock.now() + timedelta(minutes=1))
    async with lotsen.db.write() as tx:
        await visits.cancel(tx, family_id, 1, lotsen.clock.now(), RULES)


async def test_who_wants_no_files_gets_none(lotsen, office):
    phone = await anna(lotsen)
    home = await move_in(lotsen.db)
    await phone.press("Kf:file")
    await phone.press("Kf:none")

    await booked_by_phone(lotsen, home.family_id)

    said = await office.to(phone)
    assert said
    assert [each.file for each in said] == [None] * len(said)
