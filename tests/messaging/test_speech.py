"""What is joined says the same words in the same order as what is written (mission F5)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messaging import dates, proposal_letters, scripts, spoken_dates, visit_letters, visit_speech
from messaging.i18n import load_languages
from messaging.speech import Group, aloud, mark
from messaging.visit_speech import About, Said
from messaging.voice_buttons import ListenVisit
from programme.letters import ComingLetter, TimesProposed, VisitCancelled
from programme.localtime import STOCKHOLM, instant, on_the_clock, walls
from programme.people import Place
from tests.messaging import proposed, samples

LANGUAGES = load_languages()
TONGUES = list(LANGUAGES)
BY_CODE = pytest.mark.parametrize("t", TONGUES, ids=lambda t: t.code)
FIRST = date(2027, 1, 1)
YEAR = [FIRST + timedelta(days=n) for n in range(366)]
AT_WORK = walls(FIRST, time(7), time(20, 45))


def words(text: str) -> list[str]:
    """The words alone, as one hears them: without signs between them."""
    return re.findall(r"\w+", aloud(text))


def heard(spoken) -> list[str]:
    return words(" ".join(each.words for each in spoken))


@BY_CODE
def test_every_day_of_a_year_is_said_as_it_is_written(t):
    for on in YEAR:
        assert heard(spoken_dates.pieces_of_date(t.traits, on)) == words(t.date(on)), on


@BY_CODE
def test_every_quarter_of_a_working_day_is_said_as_it_is_written(t):
    for wall in AT_WORK:
        pieces = spoken_dates.pieces_of_time(t.traits, wall)
        assert heard(pieces) == words(dates.wall(t.traits, wall)), wall


@BY_CODE
def test_every_date_and_time_of_a_visit_can_be_recorded(t):
    wanted = {each.key for each in spoken_dates.wanted(t.traits)}
    needed = {each.key for on in YEAR for each in spoken_dates.pieces_of_date(t.traits, on)}
    needed |= {each.key for wall in AT_WORK for each in spoken_dates.pieces_of_time(t.traits, wall)}
    assert needed == wanted  # and nothing is recorded for nobody


@BY_CODE
def test_a_time_that_nobody_records_has_a_piece_that_nobody_asks_for(t):
    wanted = {each.key for each in spoken_dates.wanted(t.traits)}
    for wall in (time(6), time(14, 10), time(21, 30)):
        assert not {each.key for each in spoken_dates.pieces_of_time(t.traits, wall)} <= wanted


def test_the_arabic_month_is_said_with_both_names():
    arabic = next(t for t in TONGUES if t.code == "ar")
    *_, month = spoken_dates.pieces_of_date(arabic.traits, date(2026, 3, 5))
    assert words(month.words) == ["مارس", "آذار"]


def test_a_language_with_words_in_its_dates_says_them_too():
    traits = TONGUES[0].traits
    with_words = type(traits)(**{**vars(traits), "date": "EEEE 'den' d MMMM"})
    on = date(2026, 3, 5)
    pieces = spoken_dates.pieces_of_date(with_words, on)
    assert heard(pieces) == ["torsdag", "den", "5", "mars"]
    assert {each.key for each in pieces} <= {each.key for each in spoken_dates.wanted(with_words)}


MOMENTS = st.builds(
    lambda days, wall: instant(FIRST + timedelta(days=days), wall),
    st.integers(0, 365),
    st.sampled_from(AT_WORK),
)
FACTS = st.builds(
    lambda about, place, moments, visit, interpreter, moves: Said(
        about, place, tuple(moments), visit, interpreter, moves and about is About.TIMES
    ),
    st.sampled_from(About),
    st.sampled_from(Place),
    st.lists(MOMENTS, min_size=2, max_size=4),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@BY_CODE
@settings(max_examples=40, deadline=None)
@given(said=FACTS)
def test_everything_about_a_visit_is_heard_as_it_is_written_and_can_be_recorded(t, said):
    spoken = visit_speech.scripts_of(said, t, STOCKHOLM)
    body = [each for each in spoken if not each.key.startswith("path:")]
    assert heard(body) == words(visit_speech._written(said, t, STOCKHOLM))
    assert {(each.key, each.words) for each in spoken} <= _known(t)


@cache
def _known(t) -> set[tuple[str, str]]:
    found = scripts.wanted(t, LANGUAGES, t.pages)
    return {(each.key, each.words) for each in found}


@settings(max_examples=200, deadline=None)
@given(said=FACTS)
def test_what_is_heard_fits_into_a_button_and_comes_back_from_it(said):
    packed = ListenVisit.of(said).pack()
    assert len(packed.encode()) <= 64
    assert ListenVisit.unpack(packed).said == said


@pytest.mark.parametrize("moments", ["", ".", "!", "1.2.3.4.5", "zzzzzzzzzzzz", "-1"])
def test_a_forged_button_says_nothing(moments):
    forged = ListenVisit(about=About.BOOKED, place=Place.HOME, flags=0, moments=moments)
    assert forged.said is None


@BY_CODE
def test_a_letter_says_what_stands_in_it(t):
    seen = set()
    for name, letters in (*samples.parcels(), *proposed.parcels()):
        for letter in letters:
            said = visit_speech.said_by(letter)
            if said is None:
                continue
            seen.add(said.about)
            match letter:
                case TimesProposed():
                    written = proposal_letters.heard(letter, t, STOCKHOLM)
                case VisitCancelled() | ComingLetter():
                    written = visit_letters.heard(letter, t, STOCKHOLM)
            assert visit_speech._written(said, t, STOCKHOLM) == written, name
    assert len(seen) >= 6


@BY_CODE
def test_what_is_spoken_of_a_letter_stands_in_its_text(t):
    noon = datetime(2027, 3, 4, 11, tzinfo=UTC)
    for about, visit in product(About, (True, False)):
        said = Said(about, Place.BVC, (noon, noon + timedelta(days=1)), visit)
        for line in visit_speech._written(said, t, STOCKHOLM).split("\n"):
            assert line.strip()


@BY_CODE
def test_buttons_are_counted_from_the_top_for_who_does_not_read(t):
    found = {each.key: each.words for each in scripts.way_in(t, LANGUAGES)}
    asked = found["path:consent"].splitlines()
    assert "1" in asked[-2]
    assert "2" in asked[-1]
    language = next(n for n, each in enumerate(TONGUES, 1) if each.code == t.code)
    assert str(language) in found["path:language"]


@BY_CODE
def test_no_script_has_marks_tags_or_placeholders(t):
    for each in scripts.wanted(t, LANGUAGES, t.pages):
        assert each.words.strip() == each.words != "", each.key
        assert not set("<>{}\u2066\u2068\u2069&") & set(each.words), each.key


@BY_CODE
def test_every_group_has_something_to_record(t):
    groups = {each.group for each in scripts.wanted(t, LANGUAGES, t.pages)}
    assert groups == set(Group)


def test_line_breaks_make_no_other_words_but_words_do():
    assert mark("one\ntwo  three") == mark("one two three")
    assert mark("one two") != mark("one too")


def test_the_hour_is_the_one_on_the_clocks_of_stockholm():
    swedish = TONGUES[0]
    said = Said(About.MORNING, Place.HOME, (datetime(2027, 7, 1, 8, 30, tzinfo=UTC),))
    keys = [each.key for each in visit_speech.scripts_of(said, swedish, STOCKHOLM)]
    assert "before:10" in keys
    assert on_the_clock(said.moments[0], STOCKHOLM).hour == 10
