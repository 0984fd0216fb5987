"""One word for one thing, and a question is a question, in everything that Lotsen can say."""

from collections.abc import Iterator

from messaging.i18n import LOCALES, Languages, Tongue, read_catalogue
from messaging.language import read_traits
from tests.messaging.one_word import other_words


def _texts(t: Tongue) -> Iterator[tuple[str, str]]:
    """Each English text and what it is in that language, form by form."""
    folder = LOCALES / t.code
    for message in read_catalogue(folder, read_traits(folder)):
        many = isinstance(message.string, tuple | list)
        english = message.id[0] if many else message.id
        yield from ((english, str(form)) for form in (message.string if many else [message.string]))


def test_one_thing_has_one_word_in_every_catalogue(languages: Languages):
    for t in languages:
        for english, text in _texts(t):
            assert not (english and other_words(text, t)), text


def test_one_thing_has_one_word_on_every_page_of_the_guide(languages: Languages):
    for t in languages:
        for page in t.pages:
            assert other_words(f"{page.title}\n{page.text}", t) == [], page.code


def test_what_asks_in_english_asks_in_every_language(languages: Languages):
    labels = {"Ask the family: does it suit?"}  # a button that does it, in three languages
    for t in languages:
        for english, text in _texts(t):
            if english.endswith("?") and english not in labels:
                assert text.endswith(("?", "؟")), text
