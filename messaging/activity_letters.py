"""What a parent is told about activities they have signed up for (mission E7, E8).

The public lines are `activity_lines`' own: the same words as in the notice and on the page.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from messaging import activity_lines
from messaging.i18n import Tongue
from messaging.keyboards import Rows
from messaging.signup_texts import is_in, offer_rows, own_rows, party, times
from messaging.visit_texts import at
from programme.activity_letters import ActivityChanged, ActivityReminder, PlaceOffered, TimesAdded
from programme.letters import Letter


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """All lines of a letter about a sign-up; None if it is none."""
    match letter:
        case ActivityReminder():
            return "\n".join(_reminder(letter, t, zone))
        case ActivityChanged():
            return "\n".join(_changed(letter, t, zone))
        case TimesAdded():
            return "\n".join(_added(letter, t, zone))
        case PlaceOffered():
            return "\n".join(_offered(letter, t, zone))
    return None


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """Yes or no to an offer; else a change of the number, or that they cannot come."""
    match letter:
        case PlaceOffered():
            return offer_rows(t, letter.signup_id, letter.offered)
        case ActivityReminder() | TimesAdded():
            return own_rows(t, letter.signup_id)
        case ActivityChanged() if not letter.occasion.cancelled:
            return own_rows(t, letter.signup_id)
    return ()


def _reminder(letter: ActivityReminder, t: Tongue, zone: ZoneInfo) -> Iterator[str]:
    # Translators: {title} is what staff call an activity that the parent has signed up for.
    text = t.gettext("See you on {date} at {time}: {title}")
    title = activity_lines.title(t, letter.activity)
    yield at(t, text, letter.occasion.starts_at, zone, title=title)
    if letter.of > 1:
        # Translators: of a series of meetings: {n} is which one it is, {of} how many there are.
        yield t.fill(t.gettext("This is time {n} of {of}."), n=letter.number, of=letter.of)
    yield from activity_lines.where(t, letter.activity)
    yield from activity_lines.languages(t, letter.activity)
    yield from activity_lines.childcare(t, letter.activity)
    yield is_in(t, letter.adults, letter.children)


def _changed(letter: ActivityChanged, t: Tongue, zone: ZoneInfo) -> Iterator[str]:
    title, old = activity_lines.title(t, letter.activity), letter.old_starts_at
    if letter.occasion.cancelled:
        # Translators: {title} is what staff call an activity that the parent has signed up for.
        text = t.gettext("Cancelled on {date} at {time}: {title}")
        yield at(t, text, old, zone, title=title)
        yield t.gettext("We are sorry. You do not need to do anything.")
        return
    if letter.occasion.starts_at == old:
        # Translators: the time is as before, the place or the link on the internet is another.
        text = t.gettext("It is somewhere else now, on {date} at {time}: {title}")
        yield at(t, text, old, zone, title=title)
        yield from activity_lines.where(t, letter.activity)
        return
    text = t.gettext("A new time, {date} at {time}: {title}")
    yield at(t, text, letter.occasion.starts_at, zone, title=title)
    yield at(t, t.gettext("The old time was {date} at {time}."), old, zone)
    yield from activity_lines.where(t, letter.activity)


def _added(letter: TimesAdded, t: Tongue, zone: ZoneInfo) -> Iterator[str]:
    n = len(letter.occasions)
    # Translators: a series of meetings that the parent has signed up for has more meetings now;
    # their dates stand below. Where a form is for one number only, {n} may be left out.
    text = t.ngettext("{n} more time: {title}", "{n} more times: {title}", n)
    yield t.fill(text, n=n, title=activity_lines.title(t, letter.activity))
    yield from activity_lines.when(t, letter.activity, letter.occasions, zone)
    yield from activity_lines.where(t, letter.activity)
    yield is_in(t, letter.adults, letter.children)


def _offered(letter: PlaceOffered, t: Tongue, zone: ZoneInfo) -> Iterator[str]:
    # Translators: {title} is what staff call an activity for which the parent stands in line.
    text = t.gettext("There is room for you now: {title}")
    yield t.fill(text, title=activity_lines.title(t, letter.activity))
    yield from times(t, letter.activity, letter.occasions, zone)
    yield from activity_lines.where(t, letter.activity)
    # Translators: {party} is such as "1 adult and 2 children".
    text = t.gettext("You asked for: {party}.")
    yield t.fill(text, party=party(t, letter.adults, letter.children))
    text = t.gettext("We keep it for you until {date} at {time}. Do you want it?")
    yield at(t, text, letter.until, zone)
