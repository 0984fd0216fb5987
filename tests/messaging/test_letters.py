import dataclasses
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from messaging.callbacks import MoreOnTip, VisitAnswer, Vote
from messaging.errors import NoText
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message
from messaging.letters import render
from messaging.visit_texts import TOGETHER
from programme import letters
from programme.letters import DayBefore, SameMorning, VisitBooked, VisitMoved
from programme.localtime import STOCKHOLM
from programme.people import Choice, Place
from tests.messaging import samples
from tests.messaging.reading_marks import without_isolates


@pytest.fixture
def english(languages: Languages) -> Tongue:
    return languages.get("en")


def said(*letters, t: Tongue) -> str:
    return without_isolates(render(letters, t, STOCKHOLM).text)


def data(message: Message) -> list[str]:
    return [button.data for row in message.rows for button in row]


def test_a_reminder_says_when_where_what_who_and_that_an_interpreter_comes(english):
    assert said(samples.coming(DayBefore), t=english) == (
        "Hi from Lotsen!\n"
        "See you on Friday 5 March at 14:30. Place: at your home.\n"
        "Visit 3 of 6: Being together.\n"
        "These people will come: Åke (nurse) and سارة (parent supporter).\n"
        "Interpreter comes.\n"
        "Save your questions for us."
    )


def test_a_reminder_names_no_interpreter_and_no_staff_where_there_are_none(english):
    text = said(samples.coming(DayBefore, interpreter=False, staff=()), t=english)
    assert "nterpreter" not in text
    assert "These people" not in text


def test_a_colleague_with_another_role_comes_by_name_alone(english):
    text = said(samples.coming(DayBefore, staff=(samples.COORDINATOR,)), t=english)
    assert "These people will come: Bo.\n" in text


@pytest.mark.parametrize("visit", sorted(TOGETHER))
def test_a_booked_visit_says_once_what_we_do_together_and_its_reminder_does_not(english, visit):
    assert said(samples.coming(VisitBooked, visit=visit), t=english).count(TOGETHER[visit]) == 1
    assert TOGETHER[visit] not in said(samples.coming(DayBefore, visit=visit), t=english)


def test_each_kind_of_news_has_its_own_words(english):
    first = {
        said(letter, t=english).split("\n")[1]
        for letter in (
            samples.coming(VisitBooked),
            samples.coming(VisitMoved),
            samples.coming(DayBefore),
            samples.coming(SameMorning),
            samples.cancelled(),
        )
    }
    assert first == {
        "A visit is booked: Friday 5 March at 14:30. Does it suit you?",
        "The time on Thursday 4 March at 09:15 has changed.",
        "See you on Friday 5 March at 14:30. Place: at your home.",
        "See you today at 14:30. Place: at your home.",
        "We are sorry! We must cancel the visit on Friday 5 March at 14:30.",
    }


def test_on_the_phone_nobody_comes(english):
    for kind in (DayBefore, SameMorning):
        text = said(samples.coming(kind, place=Place.PHONE), t=english)
        assert "We will call you" in text
        assert "come" not in text


def test_an_arabic_reminder_reads_from_right_to_left(languages: Languages):
    assert said(samples.coming(DayBefore), t=languages.get("ar")).split("\n")[1:4] == [
        "نلتقي يوم الجمعة 5 مارس (آذار) الساعة 14:30. المكان: في بيتكم.",
        "هذه هي الزيارة 3 من 6. موضوعها: أن تكونوا معًا.",
        "سيأتي إليكم: الممرضة Åke ومرشد الوالدين سارة (föräldrastödjare).",
    ]


def test_a_coming_visit_can_be_answered_in_three_ways(languages: Languages):
    for t in languages:
        for kind in samples.COMING:
            message = render([samples.coming(kind)], t, STOCKHOLM)
            assert [VisitAnswer.unpack(each) for each in data(message)] == [
                VisitAnswer(booking=7, revision=2, choice=choice) for choice in Choice
            ]


def test_a_cancelled_visit_has_no_buttons(english):
    assert render([samples.cancelled()], english, STOCKHOLM).rows == ()


def under_a_tip(code: str) -> list[str]:
    useful, useless = (Vote(code=code, child=6, useful=each).pack() for each in (True, False))
    return [useful, useless, MoreOnTip(code=code, child=6).pack()]


def test_a_tip_asks_if_it_was_useful_and_has_more(english):
    message = render([samples.tip()], english, STOCKHOLM)
    assert message.text.startswith("A tip from Lotsen\nBokstart")
    assert data(message) == under_a_tip("bokstart")


def test_an_idea_has_its_own_first_line_and_the_same_buttons(english):
    message = render([samples.idea()], english, STOCKHOLM)
    assert message.text.startswith("A small idea from Lotsen\n")
    assert data(message) == under_a_tip("faces")


def test_twins_get_the_same_tip_once(english):
    one = render([samples.tip(child=6)], english, STOCKHOLM)
    both = render([samples.tip(child=6), samples.tip(child=8)], english, STOCKHOLM)
    assert both.text == one.text


def test_proposed_times_stand_on_their_buttons_by_the_clocks_of_the_installation(english):
    message = render([samples.proposed.proposed(2)], english, ZoneInfo("Europe/Helsinki"))
    labels = [without_isolates(button.text) for row in message.rows for button in row]
    assert [label[-5:] for label in labels[:2]] == ["15:30", "15:30"]  # 14:30 in Stockholm
    assert "14:30" not in without_isolates(message.text)


def test_what_travels_together_has_one_greeting_and_the_first_letters_buttons(english):
    visit = samples.coming(DayBefore)
    both = render([samples.idea(), samples.tip(), visit], english, STOCKHOLM)
    alone = render([visit], english, STOCKHOLM)
    assert both.rows == alone.rows
    visit_part, tip_part, idea_part = both.text.split("\n\n")
    assert visit_part == alone.text
    assert tip_part.startswith("Bokstart")
    assert idea_part.startswith("Your face")


def test_a_tip_keeps_its_buttons_to_itself_beside_a_cancelled_visit(english):
    assert render([samples.cancelled(), samples.tip()], english, STOCKHOLM).rows == ()


def test_a_booked_visit_can_be_answered_beside_a_cancelled_one(english):
    later = samples.BEFORE + timedelta(minutes=5)
    message = render(
        [samples.cancelled(), samples.coming(VisitBooked, at=later)], english, STOCKHOLM
    )
    assert len(message.rows) == 3


def test_only_the_same_morning_comes_without_a_sound(english):
    morning = samples.coming(SameMorning)
    assert render([morning], english, STOCKHOLM).silent
    assert not render([samples.coming(DayBefore)], english, STOCKHOLM).silent
    assert not render([morning, samples.tip()], english, STOCKHOLM).silent


def test_a_code_without_words_is_an_error_with_a_sentence(english):
    with pytest.raises(NoText, match="no text for the tip 'gone'"):
        render([samples.tip("gone")], english, STOCKHOLM)


def test_a_message_needs_a_letter(english):
    with pytest.raises(ValueError, match="needs a letter"):
        render([], english, STOCKHOLM)


# What a message may carry (mission C10) --------------------------------------------------------

_PLAIN = {"key", "at", "called", "not_after", "family_id", "guardian_id", "staff_id"}
_VISIT = {"child_id", "booking_id", "revision", "visit", "starts_at", "meeting"}
_COMING = {*_VISIT, "place", "staff", "interpreter", "house"}
_AGE = {"child_id", "code"}
_MAY_CARRY = {
    letters.TipLetter: _AGE,
    letters.StrengthLetter: _AGE,
    letters.BokstartLetter: _AGE,
    letters.EarlyTipLetter: _AGE,
    letters.DigestLetter: {"codes"},
    letters.OfferLetter: {"child_id", "visit"},
    letters.VisitBooked: _COMING,
    letters.VisitMoved: {*_COMING, "old_starts_at"},
    letters.DayBefore: _COMING,
    letters.SameMorning: _COMING,
    letters.VisitChanged: {*_COMING, "change"},
    letters.VisitMissed: _VISIT,
    letters.TimesProposed: {
        *("child_id", "proposal_id", "visit", "meeting", "place", "times", "old_starts_at"),
    },
    letters.VisitCancelled: _VISIT,
    letters.VisitOff: _VISIT,
    letters.VisitOnHold: _VISIT,
    letters.AwayNote: {"last_day", "freed"},
    letters.JoinAsk: {"joiner_id", "name"},  # the name a phone shows, for one question
    letters.Joined: set(),
    letters.Welcomed: set(),
    letters.NotOurs: set(),
    letters.AreaAsk: {"area"},
    letters.Goodbye: set(),
    letters.StaffNews: {
        "booking_id",
        *("what", "visit", "starts_at", "choice", "last_day", "meeting", "asked", "evening"),
        *("home", "interpreters"),
    },
    letters.CallToday: {"visit", "starts_at", "interpreter", "meeting"},
    # The two with a person's own words (F7): to staff, and to the parent who asked.
    letters.TeamAsk: {"thread_id", "text"},
    letters.TeamAnswer: {"text"},
    letters.ErasureNotice: {"day"},
    letters.ConsentAsk: set(),
    letters.ToBook: {"visit", "last_day"},
    letters.FirstVisit: {"last_day"},
    letters.PosterAsk: {"asker_id", "born", "due", "eligible", "language", "again"},
}
_LOCK_SCREEN = {
    "Hej från Lotsen!", "Ett tips från Lotsen", "En liten idé från Lotsen",
    "مرحبًا من Lotsen!", "نصيحة من Lotsen", "فكرة صغيرة من Lotsen",
    "Salaan ka timid Lotsen!", "Talo ka timid Lotsen", "Fikrad yar oo ka timid Lotsen",
    "Hi from Lotsen!", "A tip from Lotsen", "A small idea from Lotsen",
}  # fmt: skip
# Words and figures that would give a family away; tips may speak of BVC, vaccines and forms.
_NEVER = re.compile(
    r"\d{6,}|\d{2,}-\d{2,}|@|\b[Ss]oci?al|[Ss]oc\b|[Ss]kuld|kronor|gatan|vägen \d|depress|diagnos|"
    r"Persson|الشؤون الاجتماعية|ديون|اكتئاب|deymaha|arrimaha bulshada|murugo"
)


def test_a_letter_holds_only_what_it_may_carry():
    every = {kind for kind in vars(letters).values() if _is_a_letter(kind)}
    assert every == set(_MAY_CARRY)
    for kind, allowed in _MAY_CARRY.items():
        assert {field.name for field in dataclasses.fields(kind)} == _PLAIN | allowed, kind


def _is_a_letter(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, letters.Letter) and hasattr(kind, "kind")


def test_the_lock_screen_tells_of_no_child_and_no_programme(languages: Languages):
    for t in languages:
        for name, message in samples.pushed(t).items():
            assert message.text.split("\n")[0] in _LOCK_SCREEN, (t.code, name)


def test_no_pushed_message_holds_what_must_not_leave(languages: Languages):
    for t in languages:
        for name, message in samples.pushed(t).items():
            if name == "to staff: yearly":
                continue  # to a coordinator, of no family: it names the boards that get it (I5)
            said = [message.text, *(b.text for row in message.rows for b in row)]
            assert [_NEVER.search(each) for each in said] == [None] * len(said), (t.code, name)


def test_a_surname_never_leaves(languages: Languages):
    for t in languages:
        text = render([samples.coming(DayBefore)], t, STOCKHOLM).text
        assert "Åke" in text
        assert "Persson" not in text
