"""Times to choose from, in words, with their buttons (mission D3).

At most three buttons stand under a message (C5): two times, and *More* for the third and for what
else one can answer. All three stand in the text, so that nobody chooses without seeing them.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.i18n import Tongue
from messaging.keyboards import MOST_BUTTONS, Button, Rows, lay_out
from messaging.meeting_texts import which
from messaging.proposal_buttons import CallAboutTimes, MoreTimes, NoTimes, OtherTimes, PickTime
from messaging.visit_texts import at, place
from programme.letters import Letter, Time, TimesProposed


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """All lines of a letter with times to choose from; None if it is none."""
    if not isinstance(letter, TimesProposed):
        return None
    where = t.fill(t.gettext("Place: {place}."), place=place(t, letter.place))
    lines = [_ask(letter, t, zone), which(t, letter.visit, letter.meeting), where]
    return "\n".join([*lines, *times(t, [each.starts_at for each in letter.times], zone)])


def heard(letter: TimesProposed, t: Tongue, zone: ZoneInfo) -> str:
    """What of such a letter is spoken: the question, where, and each time."""
    where = t.fill(t.gettext("Place: {place}."), place=place(t, letter.place))
    starts = [each.starts_at for each in letter.times]
    return "\n".join([_ask(letter, t, zone), where, *times(t, starts, zone)])


def rows(letter: Letter, t: Tongue, zone: ZoneInfo) -> Rows:
    """Two of the times, and More."""
    if not isinstance(letter, TimesProposed):
        return ()
    moves = letter.old_starts_at is not None
    return choices(t, letter.proposal_id, letter.times, 0, moves, zone)


def _ask(letter: TimesProposed, t: Tongue, zone: ZoneInfo) -> str:
    old = letter.old_starts_at
    if old is None:
        return t.gettext("We keep these times for you. Which one suits you?")
    text = t.gettext(
        "We would like to change our time on {date} at {time}. Which of these suits you?"
    )
    return at(t, text, old, zone)


def times(t: Tongue, starts: Sequence[datetime], zone: ZoneInfo) -> list[str]:
    """Each time on a line of its own."""
    # Translators: one of several times to choose from, on a line of its own.
    text = t.gettext("{date} at {time}")
    return [at(t, text, each, zone) for each in starts]


def choices(
    t: Tongue, proposal: int, offered: Sequence[Time], page: int, moves: bool, zone: ZoneInfo
) -> Rows:
    """One page of what can be answered: the times, then everything else; two and More."""
    buttons = [*(_time(t, each, zone) for each in offered), *_else(t, proposal, moves)]
    return paged(t, buttons, page, lambda n: MoreTimes(proposal=proposal, page=n).pack())


def paged(t: Tongue, buttons: Sequence[Button], page: int, turn: Callable[[int], str]) -> Rows:
    """One page of those buttons, with *More* while there are others; `turn`: to that page."""
    pages = _pages(len(buttons))
    page = page if 0 <= page < len(pages) else 0
    shown = [buttons[n] for n in pages[page]]
    if page + 1 < len(pages):
        shown.append(Button(t.gettext("More"), turn(page + 1)))
    return lay_out(shown, t.one_per_row)


def _pages(count: int) -> list[range]:
    """Two on each page beside More; the last one holds three."""
    found, first = [], 0
    while count - first > MOST_BUTTONS:
        found.append(range(first, first + MOST_BUTTONS - 1))
        first += MOST_BUTTONS - 1
    return [*found, range(first, count)]


def _time(t: Tongue, each: Time, zone: ZoneInfo) -> Button:
    return Button(t.moment(each.starts_at, zone), PickTime(slot=each.slot_id).pack())


def _else(t: Tongue, proposal: int, moves: bool) -> list[Button]:
    """What else one can answer."""
    none = t.gettext("Keep the old time") if moves else t.gettext("No thanks")
    return [
        Button(t.gettext("Other times"), OtherTimes(proposal=proposal, evening=False).pack()),
        Button(t.gettext("In the evening"), OtherTimes(proposal=proposal, evening=True).pack()),
        Button(t.gettext("Call me"), CallAboutTimes(proposal=proposal).pack()),
        Button(none, NoTimes(proposal=proposal).pack()),
    ]
