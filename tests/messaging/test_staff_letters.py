"""Letters to staff name the family by their own word for it, and nothing else of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messaging.i18n import load_languages
from messaging.letters import render
from messaging.plain import markup_fault
from messaging.translating_texts import what_waits
from programme.desk_letters import CheckAgain
from programme.localtime import STOCKHOLM
from programme.news import News
from tests.messaging import team
from tests.messaging.desk_samples import TO_STAFF
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


@pytest.mark.parametrize("old", ["places", "pages", "activities"])
def test_what_nobody_has_looked_at_for_long_is_one_tap_away(old):
    counts = {"places": 0, "pages": 0, "activities": 0, old: 2}
    [[button]] = render([CheckAgain(**TO_STAFF, **counts)], TONGUES[0], STOCKHOLM).rows
    assert button.data == {"places": "Pl:0", "pages": "PG:0", "activities": "Al:0"}[old]


@pytest.mark.parametrize(("translates", "data"), [(True, "k:menu:0"), (False, "Nd")])
def test_from_the_translations_one_goes_back_to_where_one_came_from(translates, data):
    page = what_waits(TONGUES[0], [], 0, translates)
    assert page.rows[-1][0].data == data
