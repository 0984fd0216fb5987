"""One word for one thing, in everything that Lotsen can say."""

from messaging.i18n import LOCALES, Languages, read_catalogue
from messaging.language import read_traits
from tests.messaging.one_word import other_words


def test_one_thing_has_one_word_in_every_catalogue(languages: Languages):
    for t in languages:
        for message in read_catalogue(LOCALES / t.code, read_traits(LOCALES / t.code)):
            forms = message.string if isinstance(message.string, tuple | list) else [message.string]
            for form in forms:
                assert not (message.id and other_words(str(form), t)), form


def test_one_thing_has_one_word_on_every_page_of_the_guide(languages: Languages):
    for t in languages:
        for page in t.pages:
            assert other_words(f"{page.title}\n{page.text}", t) == [], page.code


def test_one_thing_has_one_word_on_every_page_of_the_help_for_staff(languages: Languages):
    for t in languages:
        for page in t.staff_help:
            assert other_words(f"{page.title}\n{page.text}", t) == [], page.code
