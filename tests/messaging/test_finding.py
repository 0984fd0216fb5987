import tomllib

import pytest

from bench.search import HELD_OUT, NOTHING, QUESTIONS, measured
from messaging.finding import Finder, finder
from messaging.i18n import Languages

FOUR = ("sv", "ar", "so", "en")


def asked(file):
    return tomllib.loads(file.read_text("utf-8"))


@pytest.fixture(scope="module")
def ours(languages):
    return Finder(languages)


@pytest.mark.parametrize("code", FOUR)
def test_questions_of_parents_find_their_page_among_three(code, ours):
    result = measured(ours)[code]
    assert result.asked >= 25
    assert result.top_3 >= 0.95, result.missed
    assert result.top_1 >= 0.85, result.missed
    assert result.wrongly == []


@pytest.mark.parametrize("code", FOUR)
def test_questions_that_were_kept_apart_find_it_too(code, ours):
    result = measured(ours, HELD_OUT)[code]
    assert result.asked >= 8
    assert result.top_3 >= 0.9
    assert len(result.wrongly) <= result.idle / 2


def test_the_questions_are_about_every_page(languages: Languages):
    for code in FOUR:
        pages = {page.code for page in languages.get(code).pages}
        assert pages | {NOTHING} == set(asked(QUESTIONS)[code])
        assert set(asked(HELD_OUT)[code]) <= pages | {NOTHING}


def test_no_question_is_written_into_the_pages_search_words(languages: Languages):
    """Else the measure would only measure itself. One or two words are what it is called."""
    for code in FOUR:
        for page in languages.get(code).pages:
            for file in (QUESTIONS, HELD_OUT):
                questions = asked(file)[code].get(page.code, [])
                copied = {word for word in page.words if len(word.split()) > 2} & set(questions)
                assert not copied, page.code


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("tandbostning", "teeth"),  # a letter is missing
        ("forskola", "preschool"),  # no dots
        ("FÖRSKOLA!!!", "preschool"),
        ("förskoleansökningen", "preschool"),  # two words in one
        ("أسنَان", "teeth"),  # a vowel sign
        ("اسنان", "teeth"),  # no hamza
        ("وبالأسنان", "teeth"),  # and, with, the
        ("الاسنـــان", "teeth"),  # stretched
        ("المكتبه", "library"),  # another last letter
        ("talaal", "bvc"),  # one l, of tallaal
        ("tallaalka", "bvc"),  # with the article
        ("hanaano codsi", "preschool"),  # h for x
        ("maktabadda", "library"),
        ("toothbrsuh", "teeth"),  # two letters change places
        ("kindergarden", "preschool"),
        ("بدي مترجم بالbvc", "bvc"),  # an Arabic prefix on a Latin word
    ],
)
def test_a_word_is_known_however_it_is_written(question, page, ours):
    found = ours.find(question)
    assert found.codes[:1] == (page,), found


@pytest.mark.parametrize(
    "text", ["", " ", "?", "🙂", ".", "x" * 4096, "و" * 4096, "و " * 2000, "{name} %s", "12345"]
)
def test_what_is_no_question_finds_nothing(text, ours):
    assert ours.find(text).codes == ()


def test_a_page_that_is_clearly_meant_is_sure_and_an_ambiguous_word_is_not(ours):
    assert ours.find("tandkräm").sure
    assert not ours.find("dentist for children cost").sure


def test_at_most_three_pages_are_named(ours):
    for pages in asked(QUESTIONS).values():
        for question in (text for texts in pages.values() for text in texts):
            assert len(ours.find(question).codes) <= 3


def test_the_pages_are_read_once_for_the_same_languages(languages: Languages):
    assert finder(languages) is finder(languages)
    assert finder(Languages(languages.tongues[:1])) is not finder(languages)


def test_a_language_without_a_guide_is_no_obstacle(languages: Languages):
    assert Finder(Languages(())).find("teeth").codes == ()
