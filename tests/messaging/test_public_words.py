"""What staff type for many families: taken in, refused with a reason, and shown as it was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.activity_field_texts import ask_words
from messaging.i18n import Languages
from messaging.isolates import FSI, LRI, MARKS, PDI
from messaging.plain import markup_fault, plain
from messaging.public_words import LONGEST_BODY, LONGEST_TITLE, Fault, as_html, fault, taken
from programme.activities import Words
from tests.messaging.activity_samples import BARE
from tests.messaging.reading_marks import isolates_fault, runs_from_the_right, without_isolates

HOSTILE = st.text(max_size=60) | st.text(
    "<>&;{}b/ \u202a\u202e\u2066\u2069\u200f\u2028\u0085\r\n\x0b\x00aå1.ب👶🏽", max_size=40
)


def test_the_first_line_is_the_title_and_the_rest_the_body():
    assert taken(" \n Fathers' group \n\nWe meet.\n  Welcome!\n") == Words(
        "Fathers' group", "We meet.\nWelcome!"
    )
    assert taken("Only a title") == Words("Only a title")
    assert taken("  \n ") == Words("")


def test_many_empty_lines_are_one_and_direction_marks_are_gone():
    found = taken("A\u202e\n\n\n\nb\u2067c\n\n\n\n\nd")
    assert found == Words("A", "bc\n\nd")


def test_a_title_that_comes_again_in_the_body_stays_there():
    assert taken("Hej\nHej\nHej") == Words("Hej", "Hej\nHej")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (Words(""), Fault.EMPTY),
        (Words("a" * LONGEST_TITLE, "b" * LONGEST_BODY), None),
        (Words("a" * (LONGEST_TITLE + 1)), Fault.TITLE),
        (Words("👶" * (LONGEST_TITLE // 2 + 1)), Fault.TITLE),  # two units each for Telegram
        (Words("a", "b" * (LONGEST_BODY + 1)), Fault.BODY),
    ],
)
def test_what_is_empty_or_too_long_is_refused_with_its_reason(words, wrong):
    assert fault(words, rtl=False) is wrong


@pytest.mark.parametrize("line", ["BVC مفتوح", "10 أشياء", "👶 أهلاً", "- أهلاً", "&"])
def test_a_line_that_would_run_from_the_wrong_side_is_refused(line):
    assert fault(Words("أهلاً", line), rtl=True) is Fault.LINE
    assert fault(Words(line), rtl=True) is Fault.LINE
    assert fault(Words("أهلاً", line), rtl=False) is None


def test_latin_words_and_numbers_keep_their_order_inside_arabic():
    assert as_html(Words("في BVC", "الساعة 17:30–19:00."), rtl=True) == (
        f"<b>في {LRI}BVC{PDI}</b>\nالساعة {LRI}17:30–19:00{PDI}."
    )


def test_braces_tags_and_entities_are_only_signs():
    shown = as_html(Words("{health_line} <b>", "&amp; {x} </b>"), rtl=False)
    assert plain(shown) == "{health_line} <b>\n&amp; {x} </b>"


@given(text=HOSTILE, rtl=st.booleans())
def test_whatever_is_typed_telegram_can_read_it_and_it_says_that(text: str, rtl: bool):
    words = taken(text)
    assert not MARKS & set(words.title + words.body)
    shown = as_html(words, rtl)
    assert markup_fault(shown) is None
    assert isolates_fault(shown) is None
    said = without_isolates(plain(shown))
    assert said == "\n".join([words.title, *words.body.splitlines()])
    assert taken(f"{words.title}\n{words.body}") == words


@given(text=st.text("ا ب1a-.<\n👶", max_size=40))
def test_what_is_taken_in_arabic_begins_every_line_from_the_right(text: str):
    words = taken(text)
    if fault(words, rtl=True) is None:
        for line in plain(as_html(words, rtl=True)).splitlines():
            assert not line or runs_from_the_right(line)


def test_no_mark_is_left_in_what_is_kept():
    assert taken(f"a{FSI}b{PDI}") == Words("ab")


def test_words_that_are_to_be_written_anew_run_in_their_own_direction(languages: Languages):
    arabic = languages.get("ar")
    for t in languages:
        asked = ask_words(t, BARE, arabic, before=Words("أهلاً", "في BVC"))
        assert f"في {LRI}BVC{PDI}" in asked.text
