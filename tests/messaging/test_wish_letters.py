from datetime import timedelta

import pytest

from messaging.callbacks import Back, Offer, OfferWish, VisitUndo
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message
from messaging.letters import render
from messaging.sentences import age_text, first_sentence
from messaging.tip_texts import EARLY_TEXTS, STRENGTH_TEXTS, TIP_TEXTS
from messaging.visit_texts import TOGETHER
from programme.kinds import Kind
from programme.letters import DayBefore, StrengthLetter
from programme.localtime import STOCKHOLM
from tests.messaging import wishes
from tests.messaging.reading_marks import without_isolates
from tests.messaging.samples import coming, idea, tip

FOUR = ("sv", "ar", "so", "en")


@pytest.fixture
def english(languages: Languages) -> Tongue:
    return languages.get("en")


def said(*letters, t: Tongue, folded: bool = False) -> str:
    return without_isolates(render(letters, t, STOCKHOLM, folded).text)


def data(message: Message) -> list[str]:
    return [button.data for row in message.rows for button in row]


def test_an_offer_says_what_it_is_about_and_that_it_is_free_to_say_no(english):
    assert said(wishes.offer(5), t=english) == (
        "Hi from Lotsen!\n"
        "We would like to meet you. It is voluntary and free.\n"
        "Visit 5 of 6: Leading and following.\n"
        "We talk about playing together, about teeth, and about preschool if you want.\n"
        "May we contact you with a time?"
    )


def test_an_offer_can_be_answered_with_one_tap_and_all_visits_declined_behind_more(english):
    assert data(render([wishes.offer(5)], english, STOCKHOLM)) == [
        Offer(visit=5, wish=wish).pack()
        for wish in (OfferWish.YES, OfferWish.NOT_THIS, OfferWish.MORE)
    ]


def test_the_visit_at_eight_months_says_that_it_is_bvc_s_own_as_well(languages: Languages):
    for t in languages:
        assert "BVC" in t.gettext(TOGETHER[4])
        assert "8" in t.gettext(TOGETHER[4]) or t.code == "ar"
        assert "BVC" in said(wishes.offer(4), t=t)


def test_a_visit_that_the_other_parent_declined_names_and_blames_nobody(english):
    message = render([wishes.off()], english, STOCKHOLM)
    assert without_isolates(message.text) == (
        "Hi from Lotsen!\n"
        "We do not come on Monday 10 May at 10:00. "
        "Your family has said no thanks, and that is fine.\n"
        "Would you like the visit after all?"
    )
    assert data(message) == [VisitUndo(booking=7).pack()]


def test_a_visit_on_hold_asks_for_nothing(english):
    message = render([wishes.on_hold()], english, STOCKHOLM)
    assert "You do not need to do anything." in message.text
    assert message.rows == ()


def test_away_is_told_with_its_last_day_and_the_way_back(english):
    text = said(wishes.away(freed=False), t=english)
    assert text.endswith("I send nothing until Sunday 28 March has passed.")
    freed = render([wishes.away(freed=True)], english, STOCKHOLM)
    assert freed.text.endswith("We will contact you about a new time.")
    assert data(freed) == [Back().pack()]


def test_the_digest_of_a_late_joiner_is_one_line_for_each_tip(english):
    assert said(wishes.digest("apply_preschool", "first_tooth"), t=english) == (
        "Hi from Lotsen!\n"
        "You joined a little later. Some things that are still good to know:\n"
        "Children can start preschool (förskola) when they have turned 1.\n"
        "Start brushing when the first tooth comes."
    )


def test_a_tip_before_the_birth_promises_no_visit_and_asks_nothing(languages: Languages):
    for t in languages:
        text = render([wishes.early()], t, STOCKHOLM).text
        assert "?" not in text
        assert "\u061f" not in text
        assert not any(c.isdigit() for c in text)


def test_late_tips_become_one_digest_of_their_first_sentences(english):
    late = tip("first_tooth"), idea("faces")
    assert said(*late, t=english, folded=True) == (
        "A tip from Lotsen\n"
        "Some things from the last days:\n"
        "Start brushing when the first tooth comes.\n"
        "Your face is the nicest thing your child knows."
    )
    apart, folded = (render(late, english, STOCKHOLM, each) for each in (False, True))
    assert folded.rows == apart.rows


def test_twins_late_tip_is_one_line_and_a_visit_keeps_all_of_its_own(english):
    visit = coming(DayBefore)
    both = said(tip(child=6), tip(child=8), visit, t=english, folded=True)
    visit_part, folded = both.split("\n\n")
    assert visit_part == said(visit, t=english)
    assert folded.count("Bokstart") == 1


def test_an_idea_alone_is_never_folded_by_itself(english):
    letter = StrengthLetter(
        key="k",
        at=wishes.AT,
        not_after=wishes.AT + timedelta(days=1),
        family_id=4,
        guardian_id=5,
        child_id=6,
        code="faces",
    )
    assert "Some things" not in said(letter, t=english)


@pytest.mark.parametrize("code", FOUR)
def test_every_tip_has_a_first_sentence_that_says_something_alone(code, languages: Languages):
    t = languages.get(code)
    tables = {Kind.TIP: TIP_TEXTS, Kind.STRENGTH: STRENGTH_TEXTS, Kind.EARLY_TIP: EARLY_TEXTS}
    titles = [
        first_sentence(age_text(kind, each, t)) for kind, texts in tables.items() for each in texts
    ]
    assert len(set(titles)) == len(titles)
    for title in titles:
        assert 3 <= len(title.split()) <= 30, title
        assert title[-1] in ".!?\u061f:", title


def test_a_sentence_ends_at_its_mark_or_with_its_line():
    assert first_sentence("One. Two.") == "One."
    assert first_sentence("One at 14.30 is fine. Two") == "One at 14.30 is fine."
    assert first_sentence("What? Yes.\nNo.") == "What?"
    assert first_sentence("\u0645\u0646\u061f \u0646\u0639\u0645.") == "\u0645\u0646\u061f"
    assert first_sentence("No mark\nnext line.") == "No mark"
