"""A notice as it stands on a phone: staff's words, then what Lotsen itself tells of the activity.

The preview shows the same that delivery says: both call `letters.render`.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from messaging import activity_lines, public_words
from messaging.i18n import Tongue
from messaging.keyboards import Rows
from messaging.signup_texts import sign_up_rows
from programme.letters import Letter
from programme.notice_letters import NoticeChanged, NoticeLetter, NoticeRecall


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """All lines of a notice, of its correction or withdrawal; None if it is something else."""
    match letter:
        case NoticeLetter():
            return "\n".join(_lines(letter, t, zone))
        case NoticeRecall():
            return taken_back(t)
    return None


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """A notice asks nothing; where one signs up, that is one tap away."""
    if not isinstance(letter, NoticeLetter) or letter.activity is None:
        return ()
    return sign_up_rows(t, letter.activity, letter.occasions, letter.at)


def _lines(letter: NoticeLetter, t: Tongue, zone: ZoneInfo) -> Iterator[str]:
    if isinstance(letter, NoticeChanged):
        yield t.gettext("Something has changed. Please read it again:")
    yield public_words.as_html(letter.words, t.rtl)
    if letter.activity is not None:
        yield ""
        yield from activity_lines.lines(t, letter.activity, letter.occasions, zone, letter.at)


def taken_back(t: Tongue) -> str:
    """In the place of a notice that is withdrawn and cannot be deleted any more."""
    return t.gettext("We have taken this message back. It is no longer right.")
