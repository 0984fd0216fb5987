"""A visit's slip: on paper for a family without the chat, in its own language (mission B13).

It says what the reminder says, and so holds no name of a child and no address. A paper has no
buttons: it says whom to call if the time does not suit, by hand, for we know no numbers of staff.
"""

from zoneinfo import ZoneInfo

from messaging import visit_letters
from messaging.i18n import Tongue
from messaging.plain import plain
from messaging.visit_texts import together
from programme.letters import DayBefore

_WHEN, _REST = 20, 15  # points: read at arm's length, on a refrigerator
_LINES_BY_HAND = 2


def _lines(letter: DayBefore, t: Tongue, zone: ZoneInfo) -> list[str]:
    """When and where, which visit, who comes, interpreter; and what we do together."""
    said = (visit_letters.body(letter, t, zone) or "").split("\n")
    return [*said[:2], together(t, letter.visit), *said[2:], *_instead(t)]


def _instead(t: Tongue) -> tuple[str, str]:
    # Translators: on paper, about the time of a visit; below stands "Call us:" with a line for it.
    text = t.gettext(
        "Does the time not suit you? Call us, and we find another one. "
        "The visit is voluntary and free."
    )
    return text, t.gettext("Call us:")


def text(letter: DayBefore, t: Tongue, zone: ZoneInfo) -> str:
    """The slip as plain text."""
    return plain("\n".join(_lines(letter, t, zone)))


def sheet(letter: DayBefore, t: Tongue, zone: ZoneInfo) -> bytes:
    """The slip as one page to print, in big letters: PDF, A5."""
    from messaging.paper import Sheet, Size  # noqa: PLC0415 - its library, only for who wants paper

    when, *others = _lines(letter, t, zone)
    page = Sheet(Size.A5, t.code)
    page.page()
    page.lines(t, when, _WHEN, bold=True)
    for line in others:
        page.space(4)
        page.lines(t, line, _REST)
    for _ in range(_LINES_BY_HAND):
        page.space(10)
        page.rule()
    return page.pdf()
