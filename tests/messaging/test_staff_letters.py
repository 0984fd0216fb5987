"""Letters to staff name the family by their own word for it, and nothing else of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messaging.i18n import load_languages
from messaging.letters import render
from messaging.plain import markup_fault
from programme.localtime import STOCKHOLM
from programme.news import News
from tests.messaging import team
from tests.messaging.reading_marks import isolates_fault

TONGUES = list(load_languages())


@pytest.mark.parametrize("t", TONGUES, ids=lambda t: t.code)
@pytest.mark.parametrize("name", dict(team.for_staff()))
def test_the_family_s_label_is_said_and_the_first_line_is_neutral(t, name):
    letters = dict(team.for_staff())[name]
    named = render(letters, t, STOCKHOLM, label="the red door")
    numbered = render(letters, t, STOCKHOLM)
    assert "\u2068the red door\u2069" in named.text
    assert "\u20664\u2069" in numbered.text
    greeting = named.text.split("\n")[0]
    assert greeting == t.gettext("Hi from Lotsen!")
    [[button]] = named.rows
    assert (button.data, "the red door" in button.text) == ("kf:4", True)


def test_a_button_says_a_label_as_it_is_written():
    [[button]] = render([team.news(News.BORN)], TONGUES[0], STOCKHOLM, label="A & B").rows
    assert "A & B" in button.text


@pytest.mark.parametrize("t", TONGUES, ids=lambda t: t.code)
@settings(max_examples=30, deadline=None)
@given(label=st.text("<>&{}\u202e\u2069\n a\u0628", min_size=1, max_size=20))
def test_no_label_breaks_a_letter(t, label):
    for _, letters in team.for_staff():
        said = render(letters, t, STOCKHOLM, label=label).text
        assert markup_fault(said) is None
        assert isolates_fault(said) is None
        tame = render(letters, t, STOCKHOLM, label="x").text
        assert len(said.splitlines()) == len(tame.splitlines())
