"""What is booked, in words: one of the six visits, or something besides (mission D12-D14)."""

from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.marks import N_
from messaging.visit_texts import theme
from programme.people import Meeting

BESIDES: dict[Meeting, str] = {
    # Translators: what is booked besides the six visits. It stands on a line of its own, or after
    # a colon. No full stop. So the next three.
    Meeting.EXTRA: N_("One more visit"),
    Meeting.WALK: N_("A walk together to the open preschool (öppen förskola)"),
    Meeting.TALK: N_("A talk with us"),
    Meeting.CALL: N_("A phone call with us"),
}


def which(t: Tongue, visit: int, meeting: Meeting) -> str:
    """The line that says which visit it is, for a parent."""
    if meeting is not Meeting.VISIT:
        return f"{t.gettext(BESIDES[meeting])}."
    text = t.gettext("Visit {visit_number} of 6: {visit_theme}.")
    return t.fill(text, visit_number=visit, visit_theme=theme(t, visit))


def what(t: Tongue, visit: int, meeting: Meeting) -> Ready:
    """The same in a word or two, for staff."""
    if meeting is not Meeting.VISIT:
        return Ready(t.gettext(BESIDES[meeting]))
    return t.fill(t.gettext("Visit {visit}"), visit=visit)
