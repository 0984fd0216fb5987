import re

import pytest

from tests.bot.installed import INVITE, look, named
from tests.messaging.test_busy_times import NINE, calendar

NOW = "2027-03-01T09:00"
ANNA = ("--area", "Hjällbo", "--name", "Anna")
BUSY, FEED = ("staff", "busy", *ANNA), ("staff", "feed", *ANNA)
PUBLIC = "https://lotsen.example"


@pytest.fixture
def anna(typed, data):
    """Anna, who has no chat: she came with the first booking."""
    named(data)
    typed(*INVITE, "--born", "2027-02-10", "--label", "the red door", NOW=NOW)
    ended = typed(
        *(
            "visit",
            "book",
            "1",
            "1",
            "--at",
            "2027-03-08T10:30",
            "--staff",
            "Anna,Bo",
            "--outside",
            "late",
        ),
        NOW=NOW,
    )
    assert ended.code == 0, ended.err


@pytest.fixture
def file(tmp_path):
    def write(content: bytes):
        path = tmp_path / "their.ics"
        path.write_bytes(content)
        return str(path)

    return write


def test_busy_times_of_a_file_are_taken_over_and_a_second_one_replaces_them(
    typed, data, anna, file
):
    ended = typed(*BUSY, "--file", file(calendar(f"{NINE}\nRRULE:FREQ=WEEKLY;COUNT=3")), NOW=NOW)
    assert (ended.code, ended.last) == (0, "Anna in Hjällbo: 3 busy times in the next six months.")

    ended = typed(*BUSY, "--file", file(calendar(NINE)), NOW=NOW)

    assert ended.last == "Anna in Hjällbo: 1 busy time in the next six months."
    assert look(data, "SELECT starts_at, source FROM busy") == [
        ("2027-03-22 08:00:00.000000", "file")
    ]
    assert "Plantedtitle" not in ended.out + ended.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a calendar"),
        (calendar(NINE, "DTSTART:soon"), "not a calendar"),
        (calendar(f"{NINE}\nRRULE:FREQ=SECONDLY"), "too many entries"),
        (b"x" * 10_000_000, "larger than 5 MB"),
    ],
)
def test_a_bad_file_is_one_sentence_and_changes_nothing(typed, data, anna, file, content, said):
    typed(*BUSY, "--file", file(calendar(NINE)), NOW=NOW)

    ended = typed(*BUSY, "--file", file(content), NOW=NOW)

    assert ended.code == 1
    assert said in ended.err
    assert "Nothing was changed." in ended.err
    assert len(ended.err.splitlines()) == 1
    assert len(look(data, "SELECT * FROM busy")) == 1


def test_an_address_is_kept_sealed_and_can_be_ended(typed, data, anna):
    ended = typed(*BUSY, "--address", "webcal://calendar.example/secret.ics", NOW=NOW)
    [(kept,)] = look(data, "SELECT busy_url FROM staff WHERE name = 'Anna'")
    assert ended.code == 0, ended.err
    assert kept and "calendar.example" not in kept

    assert typed(*BUSY, "--stop", NOW=NOW).code == 0
    assert look(data, "SELECT busy_url FROM staff WHERE name = 'Anna'") == [(None,)]


@pytest.mark.parametrize(
    "address", ["http://calendar.example/a.ics", "hello", "file:///etc/passwd"]
)
def test_an_address_that_is_none_is_refused(typed, data, anna, address):
    ended = typed(*BUSY, "--address", address, NOW=NOW)

    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    assert "https://" in ended.err


@pytest.mark.parametrize("options", [(), ("--stop", "--address", "https://x.example/a.ics")])
def test_one_thing_at_a_time(typed, anna, options):
    assert typed(*BUSY, *options, NOW=NOW).code == 2


def test_nobody_of_that_name_is_a_sentence(typed, anna, file):
    path = file(calendar(NINE))

    ended = typed("staff", "busy", "--area", "Hjällbo", "--name", "Zed", "--file", path, NOW=NOW)

    assert (ended.code, len(ended.err.splitlines())) == (1, 1)


def test_who_has_no_chat_gets_a_private_calendar_and_a_new_one_ends_the_old(typed, data, anna):
    first = typed(*FEED, NOW=NOW, PUBLIC_URL=f"{PUBLIC}/").last
    [(before,)] = look(data, "SELECT feed_hash FROM staff WHERE name = 'Anna'")
    second = typed(*FEED, NOW=NOW, PUBLIC_URL=PUBLIC).last
    [(after,)] = look(data, "SELECT feed_hash FROM staff WHERE name = 'Anna'")

    for link in (first, second):
        assert re.fullmatch(rf"{PUBLIC}/calendar/[A-Za-z0-9_-]{{22}}\.ics", link)
    assert first != second
    assert before != after
    assert typed(*FEED, "--end", NOW=NOW).code == 0
    assert look(data, "SELECT feed_hash FROM staff WHERE name = 'Anna'") == [(None,)]


def test_without_an_address_on_the_internet_the_setting_is_named(typed, data, anna):
    ended = typed(*FEED, NOW=NOW)

    assert ended.code == 1
    assert "LOTSEN_PUBLIC_URL" in ended.err
    assert look(data, "SELECT feed_hash FROM staff WHERE name = 'Anna'") == [(None,)]


def test_the_day_of_who_has_no_chat_can_be_printed(typed, data, anna, tmp_path):
    page = tmp_path / "day.html"

    ended = typed(
        *("staff", "day", *ANNA, "--date", "2027-03-08", "--html", str(page)),
        NOW=NOW,
    )

    assert ended.code == 0, ended.err
    for text in (ended.out, page.read_text("utf-8")):
        assert "10:30–11:30" in text
        assert "the red door" in text
        assert "hemma hos familjen" in text
    assert "Inget är bokat" in typed("staff", "day", *ANNA, NOW=NOW).out


def test_the_list_is_in_another_language_on_demand(typed, anna):
    ended = typed("staff", "day", *ANNA, "--date", "2027-03-08", "--language", "en", NOW=NOW)

    assert "at the family's home" in ended.out
    assert typed("staff", "day", *ANNA, "--language", "xx", NOW=NOW).code == 1
    assert typed("staff", "day", *ANNA, "--date", "08/03/2027", NOW=NOW).code == 2
