"""What staff hear about a time: booked, moved, cancelled, wanted; of visits and all else (D7)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.marks import N_
from messaging.meeting_texts import what
from messaging.visit_texts import at
from programme.letters import StaffNews
from programme.news import News
from programme.people import Choice, Meeting
from programme.reasons import Asked

_ABOUT_A_TIME: dict[News, str] = {
    # Translators: to staff; {what} is "Visit 3", "One more visit", or another of these words.
    News.VISIT_BOOKED: N_("Booked with family {family}: {what}, {date} at {time}."),
    News.VISIT_MOVED: N_("Moved with family {family}: {what}, now {date} at {time}."),
    News.VISIT_CHANGED: N_(
        "Changed with family {family}: {what}, {date} at {time}.\nPlease look who comes, and where."
    ),
    News.VISIT_CANCELLED: N_("Cancelled with family {family}: {what}, {date} at {time}."),
    News.RELIEVED: N_(
        "Not yours any more with family {family}: {what}, {date} at {time}.\nA colleague comes."
    ),
    News.INTERPRETER: N_("Family {family} wants an interpreter: {what}, {date} at {time}."),
    News.NO_INTERPRETER: N_(
        "Family {family}: no interpreter is booked yet.\n{what}, {date} at {time}."
    ),
    News.CANCEL_INTERPRETER: N_(
        "Family {family}: please cancel the interpreter.\n{what}, {date} at {time}."
    ),
    News.REBOOK_INTERPRETER: N_(
        "Family {family}: please change the booking of the interpreter.\n"
        "{what}, now {date} at {time}."
    ),
    News.OTHER_TIMES: N_("Family {family} asks for other times: {what}."),
    News.UNANSWERED: N_(
        "Family {family} has not chosen a time: {what}.\nThe times that were held are free again."
    ),
}

ASKED: dict[Asked, str] = {
    # Translators: to staff; a parent has pressed a button. Nobody asks why. So the next three.
    Asked.CALL: N_("Family {family}: a parent asks to be called."),
    Asked.TALK: N_("Family {family}: a parent asks for a talk at the family centre."),
    Asked.WALK: N_("Family {family}: a parent asks for a walk together to the open preschool."),
    Asked.BOKSTART: N_("Family {family}: yes to a Bokstart visit. Please tell the library."),
    Asked.TIMES: N_("Family {family}: a parent asks to be called about a time for a visit."),
}

_ANSWERED: dict[Choice, str] = {
    # Translators: to staff; {what} is "One more visit", "A phone call with us", or the like.
    Choice.YES: N_("Family {family} says yes: {what}, {date} at {time}."),
    Choice.OTHER_TIME: N_("Family {family} wants another time: {what}, {date} at {time}."),
    Choice.NO_THANKS: N_("Family {family} says no thanks: {what}, {date} at {time}."),
}


def body(letter: StaffNews, t: Tongue, zone: ZoneInfo, family: Value) -> str | None:
    """All lines of such news; None if it is of another sort."""
    if letter.asked is not None:
        return t.fill(t.gettext(ASKED[letter.asked]), family=family)
    text = _text(letter, t)
    if text is None:
        return None
    about = what(t, letter.visit or 0, letter.meeting)
    if letter.starts_at is None:
        return t.fill(text, family=family, what=about)
    return at(t, text, letter.starts_at, zone, family=family, what=about)


def answered(
    t: Tongue, family: Value, choice: Choice, meeting: Meeting, starts_at: datetime, zone: ZoneInfo
) -> str:
    """What a family answered to something besides the six visits; never which parent."""
    text = t.gettext(_ANSWERED[choice])
    return at(t, text, starts_at, zone, family=family, what=what(t, 0, meeting))


def _text(letter: StaffNews, t: Tongue) -> str | None:
    besides = letter.meeting is not Meeting.VISIT
    match letter.what:
        case News.INTERPRETER if letter.starts_at is None:
            return t.gettext("Family {family} wants an interpreter at the visits.")
        case News.OTHER_TIMES if letter.evening:
            return t.gettext("Family {family} asks for times in the evening: {what}.")
        case News.ANSWERED if besides and letter.choice and letter.starts_at:
            return t.gettext(_ANSWERED[letter.choice])
        case News.ANSWERED if besides and letter.choice is Choice.NO_THANKS:
            return t.gettext("Family {family} says no thanks: {what}.")
        case News.MOVED if besides and letter.starts_at:
            return t.gettext(_ABOUT_A_TIME[News.VISIT_CANCELLED])
        case what if what in _ABOUT_A_TIME:
            return t.gettext(_ABOUT_A_TIME[what])
        case _:
            return None
