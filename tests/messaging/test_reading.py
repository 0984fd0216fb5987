import tomllib

import pytest

from bench.search import HELD_OUT, QUESTIONS
from messaging import reading
from messaging.i18n import Languages
from messaging.reading import guess_language, is_emergency
from messaging.tip_texts import BOKSTART_TEXTS, EARLY_TEXTS, STRENGTH_TEXTS, TIP_TEXTS


@pytest.mark.parametrize(
    "text",
    [
        "Det är AKUT!",
        "han slår mig",
        "ambulans...",
        "إسعاف!",
        "زوجي يضربني",
        "لا يَتَنَفَّس",
        "Xaalad degdeg ah",
        "Ninkaygu wuu i garaacaa, i garaacay",
        "He hits  me",
        "my baby is not breathing",
        "112?",
        "بالإسعاف",  # by ambulance
        "وضربني",  # and he hit me
        "اتصلوا للشرطه",  # to the police, with another last letter
        "والشرطة وين",
        "ولا يتنفس",  # and does not breathe
        "عـــنف",
        "ring polisen",
        "brandkaren",  # no ring on the a
        "Han slar mig",
        "booliiska ii wac",
        "i garaacey, i garaacay",
        "dabka!",
        "he cant breathe",
    ],
)
def test_danger_words_are_known_in_every_language(text, languages: Languages):
    assert is_emergency(text, languages)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Hej!",
            "Vi kan inte på fredag",
            "شكرا",
            "Mahadsanid",
            "Which library?",
            "",
            "🙂",
            "akutan",
        ),
        "run dhab ah",  # true: not dab, a fire
        "ولد",  # a boy
        "حضانة الأطفال",
        "when can she start daycare",
        "förskola",
    ],
)
def test_everyday_words_are_no_danger(text, languages: Languages):
    assert not is_emergency(text, languages)


def test_no_question_and_no_tip_is_taken_for_danger(languages: Languages):
    questions = [
        question
        for file in (QUESTIONS, HELD_OUT)
        for pages in tomllib.loads(file.read_text("utf-8")).values()
        for asked in pages.values()
        for question in asked
    ]
    tips = [
        t.gettext(text)
        for t in languages
        for table in (TIP_TEXTS, BOKSTART_TEXTS, EARLY_TEXTS, STRENGTH_TEXTS)
        for text in table.values()
    ]
    assert len(questions) > 250
    assert [text for text in questions + tips if is_emergency(text, languages)] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kan vi få en annan tid?", "sv"),
        ("när kommer ni", "sv"),
        ("متى تأتون؟", "ar"),
        ("Goorma ayaa booqashada?", "so"),
        ("When is the next visit?", "en"),
        ("ok", None),
        ("", None),
        ("123", None),
    ],
)
def test_the_language_of_a_text_is_guessed_only_when_it_is_clear(text, code, languages: Languages):
    assert guess_language(text, languages) == code


def test_the_listed_words_are_brought_to_one_spelling_once_and_not_for_each_message(
    languages: Languages, monkeypatch
):
    """Every message is looked at for danger before anything else."""
    is_emergency("hej", languages)
    looked_at = []
    monkeypatch.setattr(reading, "plain_words", lambda text: looked_at.append(text) or [])
    is_emergency("hej igen", languages)
    assert looked_at == ["hej igen"]
