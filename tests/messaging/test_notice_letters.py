"""A notice on the phone, in every language: staff's words and Lotsen's own lines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from messaging.i18n import Languages
from messaging.keyboards import LONGEST_CAPTION, Picture, parts
from messaging.letters import render
from messaging.plain import markup_fault, plain
from messaging.public_words import LONGEST_BODY, LONGEST_TITLE
from programme.activities import Words
from programme.letters import Letter
from programme.localtime import STOCKHOLM
from programme.notice_letters import (
    NoticeChanged,
    NoticeEdit,
    NoticeLetter,
    NoticeRecall,
    UrgentNotice,
)
from tests.messaging.activity_samples import FATHERS, FIRST, held
from tests.messaging.reading_marks import isolates_fault, runs_from_the_right, without_isolates

ONCE = held(1)
AT = ONCE[0].starts_at - timedelta(days=3)
ABOUT = {
    "key": "k",
    "at": AT,
    "not_after": ONCE[0].starts_at,
    "family_id": 4,
    "guardian_id": 5,
    "notice_id": 7,
}


def notice(code: str, kind: type[NoticeLetter] = NoticeLetter, **facts) -> NoticeLetter:
    usual = {"revision": 0, "words": FATHERS.words[code]}
    if kind is NoticeEdit:
        usual["message_id"] = 9
    return kind(**ABOUT, **{**usual, **facts})


def said(letter: Letter, t) -> str:
    return without_isolates(plain(render([letter], t, STOCKHOLM).text))


KINDS = (NoticeLetter, UrgentNotice, NoticeChanged, NoticeEdit)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_one_language_that_telegram_can_read(kind, languages: Languages):
    for t in languages:
        letter = notice(t.code, kind, activity=FATHERS, occasions=ONCE)
        text = render([letter], t, STOCKHOLM).text
        assert markup_fault(text) is None
        assert isolates_fault(text) is None
        for line in plain(text).splitlines():
            assert not t.rtl or not line or runs_from_the_right(line), line


def test_a_notice_of_its_own_says_the_words_and_nothing_else(languages: Languages):
    text = said(notice("en", words=Words("Closed today", "Sorry.")), languages.get("en"))
    assert text == "Hi from Lotsen!\nClosed today\nSorry."


def test_when_and_where_an_activity_is_lotsen_says_itself(languages: Languages):
    letter = notice("en", activity=FATHERS, occasions=ONCE)
    lines = said(letter, languages.get("en")).splitlines()
    assert lines[:4] == ["Hi from Lotsen!", "Fathers & children", "We play and talk.", ""]
    assert lines[4].startswith("When: ")
    assert f"{FIRST.day} March" in lines[4]
    assert "17:30–19:00" in lines[4]


def test_a_corrected_notice_is_the_same_message_and_a_changed_one_says_so(languages: Languages):
    t = languages.get("en")
    plain_one = said(notice("en", activity=FATHERS, occasions=ONCE), t)
    assert said(notice("en", NoticeEdit, activity=FATHERS, occasions=ONCE), t) == plain_one
    changed = said(notice("en", NoticeChanged, activity=FATHERS, occasions=ONCE), t).splitlines()
    assert changed[1] == "Something has changed. Please read it again:"
    assert changed[2:] == plain_one.splitlines()[1:]


def test_a_picture_carries_the_words_in_one_message(languages: Languages):
    t = languages.get("so")
    message = render([notice("so", picture="AgAD")], t, STOCKHOLM)
    assert message.file == Picture("AgAD")
    assert parts(message) == (message,)


def test_a_notice_without_an_activity_always_fits_under_a_picture(languages: Languages):
    for t in languages:
        longest = Words("ب" * LONGEST_TITLE, "ب" * LONGEST_BODY)
        text = render([notice(t.code, words=longest)], t, STOCKHOLM).text
        assert len(plain(text)) <= LONGEST_CAPTION


def test_what_is_taken_back_says_so_in_every_language(languages: Languages):
    texts = {said(NoticeRecall(**ABOUT, message_id=9), t) for t in languages}
    assert len(texts) == len(languages.codes)


def test_a_notice_never_makes_the_line_of_another_word_for_word(languages: Languages):
    t = languages.get("ar")
    hostile = replace(FATHERS, words={"ar": Words("أهلاً <b>{x}</b> &", "لا")})
    text = render([notice("ar", words=hostile.words["ar"])], t, STOCKHOLM).text
    assert markup_fault(text) is None
