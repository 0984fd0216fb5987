"""Letters to staff, in words: what a family did, whom to call, what to book.

A letter holds no name; delivery looks up staff's own word for the family and gives it here.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from messaging import (
    colleague_letters,
    desk_letters,
    home_texts,
    morning_texts,
    outcome_texts,
    poster_texts,
    staff_pages,
    staff_texts,
    thread_texts,
    time_news,
)
from messaging.errors import NoText
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Rows, one_each
from messaging.marks import N_
from messaging.visit_texts import at
from programme.desk_letters import MorningList
from programme.letters import CallToday, FirstVisit, Letter, PosterAsk, StaffNews, TeamAsk, ToBook
from programme.news import News
from programme.outcome_letters import OutcomeAsk
from programme.people import Choice, Meeting

_NEWS: dict[News, str] = {
    # Translators: to staff, about a family; {family} is staff's own word for it, or its number.
    News.WANTS_TIME: N_("Family {family} would like a time for a visit."),
    News.ENDED: N_("Family {family} says no thanks to all visits. Tips may go on."),
    News.AWAY: N_("Family {family} is away. Booked visits in that time are free."),
    News.BACK: N_("Family {family}: messages and visits are on again."),
    News.BORN: N_("Family {family}: the child is here."),
    News.PHONE: N_(
        "Family {family}: a parent does not read the chat.\n"
        "Please phone, with an interpreter if it is needed."
    ),
    News.LOSS: N_("Family {family}: do not contact through Lotsen."),
    News.MOVED: N_("Family {family} moves to this area. Please contact them about new times."),
    News.LEFT: N_("Family {family} moves out of the programme. Visits end, tips may go on."),
    News.SPLIT: N_(
        "Family {family} has two homes now. Each parent sees only their own visits.\n"
        "Please say nothing to one parent about the other."
    ),
    News.ONE_HOME: N_("Family {family} has one home again. Both parents see all visits."),
    News.PROTECTED: N_(
        "Family {family} has a protected identity: no chat and no links.\nPlease phone."
    ),
    News.CHAT_AGAIN: N_("Family {family}: the chat may be used again."),
}


def body(letter: Letter, t: Tongue, zone: ZoneInfo, family: Value) -> str:
    """All lines of a letter to staff; NoText for one that is for parents."""
    if isinstance(letter, OutcomeAsk):
        return outcome_texts.ask(letter, t, zone, family)
    if isinstance(letter, MorningList):
        return morning_texts.body(letter, t, zone)
    about_work = desk_letters.body(letter, t, zone)
    about_work = colleague_letters.body(letter, t, zone) if about_work is None else about_work
    return _about_family(letter, t, zone, family) if about_work is None else about_work


def _about_family(letter: Letter, t: Tongue, zone: ZoneInfo, family: Value) -> str:
    match letter:
        case StaffNews(home=int() as home):
            return f"{_told(letter, t, zone, family)}\n{home_texts.about_home(t, home)}"
        case StaffNews():
            return _told(letter, t, zone, family)
        case CallToday():
            return _call(letter, t, zone, family)
        case TeamAsk():
            return thread_texts.ask_body(t, family, letter.text)
        case ToBook():
            return staff_pages.to_book_line(t, family, letter.visit, letter.last_day)
        case FirstVisit():
            return staff_pages.first_visit_line(t, family, letter.last_day)
        case PosterAsk():
            return poster_texts.is_it_ours(letter, t)
        case _:
            raise NoText("kind of letter to staff", letter.kind)


def _told(letter: StaffNews, t: Tongue, zone: ZoneInfo, family: Value) -> str:
    about = time_news.body(letter, t, zone, family)
    said = _news(letter, t, zone, family) if about is None else about
    return "\n".join([said, *(_to_cancel(t, each, zone) for each in letter.interpreters)])


def _to_cancel(t: Tongue, starts_at: datetime, zone: ZoneInfo) -> str:
    # Translators: after a loss; the interpreter is told nothing but that there is no visit.
    text = t.gettext(
        "Please cancel the interpreter on {date} at {time}. Say only that there is no visit."
    )
    return at(t, text, starts_at, zone)


def rows(letter: Letter, t: Tongue, zone: ZoneInfo, family: Value) -> Rows:
    """The family's page is one tap away; of who came by a poster, the answer."""
    if isinstance(letter, PosterAsk):
        return poster_texts.answer_rows(t, letter.asker_id)
    if isinstance(letter, MorningList):
        return morning_texts.rows(letter, t)
    if letter.family_id is None:
        return desk_letters.rows(letter, t, zone) or colleague_letters.rows(letter, t)
    page = staff_texts.family_button(t, letter.family_id, family)
    if isinstance(letter, OutcomeAsk):
        return one_each([*outcome_texts.ask_buttons(t, letter.family_id, letter.booking_id), page])
    if isinstance(letter, TeamAsk):
        return one_each([thread_texts.answer_button(t, letter.thread_id), page])
    return one_each([page])


def _news(letter: StaffNews, t: Tongue, zone: ZoneInfo, family: Value) -> str:
    match letter:
        case StaffNews(what=News.MOVED, choice=Choice.NO_THANKS):
            text = t.gettext("Family {family} does not want another team. Nothing changes.")
        case StaffNews(what=News.MOVED, visit=int() as visit) if letter.starts_at:
            text = t.gettext(
                "Family {family} moves.\nVisit {visit} on {date} at {time} is taken away."
            )
            return at(t, text, letter.starts_at, zone, family=family, visit=visit)
        case StaffNews(choice=Choice() as choice, visit=int() as visit) if letter.starts_at:
            return staff_texts.answered(t, family, choice, visit, letter.starts_at, zone)
        case StaffNews(what=News.ANSWERED, choice=Choice.NO_THANKS, visit=int() as visit):
            text = t.gettext("Family {family} says no thanks to visit {visit}, which was offered.")
            return t.fill(text, family=family, visit=visit)
        case StaffNews(what=News.WANTS_TIME, visit=int() as visit) if visit:
            text = t.gettext("Family {family} would like a time for visit {visit}.")
            return t.fill(text, family=family, visit=visit)
        case StaffNews(what=News.AWAY) if letter.last_day:
            text = t.gettext(
                "Family {family} is away, up to and including {date}.\n"
                "Booked visits in that time are free."
            )
            return t.fill(text, family=family, date=t.date(letter.last_day))
        case StaffNews(what=News.ANSWERED):
            raise NoText("answer", str(letter.choice))
        case _:
            text = t.gettext(_NEWS[letter.what])
    return t.fill(text, family=family)


def _call(letter: CallToday, t: Tongue, zone: ZoneInfo, family: Value) -> str:
    text = t.gettext(
        "Please call family {family} today.\n"
        "Visit {visit} is on {date} at {time}, and nobody reads the chat."
    )
    if letter.meeting is not Meeting.VISIT:
        text = t.gettext(
            "Please call family {family} today.\n"
            "You meet on {date} at {time}, and nobody reads the chat."
        )
    said = at(t, text, letter.starts_at, zone, family=family, visit=letter.visit)
    if not letter.interpreter:
        return said
    # Translators: staff need an interpreter for the call, too.
    interpreter = t.gettext("An interpreter is booked for the visit.")
    return f"{said}\n{interpreter}"
