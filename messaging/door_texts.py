"""The list for the door, in words: as a page with ticks, and on paper (mission E7, E8).

It says staff's own word for a family, or its number, how many come, and the language: no name.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol
from zoneinfo import ZoneInfo

from messaging import activity_lines
from messaging.activity_buttons import StaffActivity
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.day_texts import printed
from messaging.door_buttons import Door, Doors, PrintDoor, Tick
from messaging.i18n import Tongue
from messaging.isolates import Ready, Value
from messaging.keyboards import Button, File, FileKind, Message, one_each
from messaging.plain import plain
from messaging.signup_texts import party
from messaging.visit_texts import at
from programme.activities import Activity, Occasion

PER_PAGE = 8  # families, beside what else can be pressed
NAME = "lotsen.html"  # neutral: a lock screen shows it


class Guest(Protocol):
    """One sign-up, as the service knows it."""

    @property
    def signup_id(self) -> int:
        """Its number, for the tick."""
        ...

    @property
    def family(self) -> str | int:
        """Staff's own word, or the family's number."""
        ...

    @property
    def language(self) -> str:
        """What they read, by its code."""
        ...

    @property
    def adults(self) -> int:
        """How many grown-ups."""
        ...

    @property
    def children(self) -> int:
        """How many children."""
        ...

    @property
    def came(self) -> bool | None:
        """Whether they came; None: nobody has said."""
        ...

    @property
    def times(self) -> int:
        """How many meetings of the series they came to."""
        ...

    @property
    def of(self) -> int:
        """Of how many."""
        ...


class List(Protocol):
    """The list of one occasion."""

    @property
    def activity(self) -> Activity:
        """What it is."""
        ...

    @property
    def occasion(self) -> Occasion:
        """When."""
        ...

    @property
    def guests(self) -> Sequence[Guest]:
        """Who has a place, in the order in which they asked."""
        ...

    @property
    def adults(self) -> int:
        """All grown-ups."""
        ...

    @property
    def children(self) -> int:
        """All children."""
        ...

    @property
    def waiting(self) -> int:
        """How many sign-ups wait."""
        ...

    @property
    def offered(self) -> int:
        """How many have been asked."""
        ...

    @property
    def capacity(self) -> int | None:
        """How many places there are."""
        ...

    @property
    def ticks(self) -> bool:
        """Whether it is time to tick."""
        ...


def doors_button(t: Tongue, activity: int = 0) -> Button:
    """To the lists; to those of one activity."""
    # Translators: on a button of staff: who has signed up for an activity.
    return Button(t.gettext("Who has signed up"), Doors(activity=activity).pack())


def doors(
    t: Tongue,
    found: Sequence[tuple[Activity, Occasion]],
    page: int,
    zone: ZoneInfo,
    activity: int = 0,
) -> Message:
    """What one signs up for: which list?"""
    shown = found[page * PER_PAGE :][:PER_PAGE]
    buttons = [_to_door(t, activity, each, zone) for activity, each in shown]
    if (page + 1) * PER_PAGE < len(found):
        more = Doors(page=page + 1, activity=activity).pack()
        buttons.append(Button(t.gettext("More"), more))
    to = StaffActivity(activity=activity) if activity else StaffPage(page=STAFF_MENU)
    back = Button(t.gettext("Back"), to.pack())
    if not found:
        text = t.gettext("There is nothing to sign up for in these weeks.")
        return Message(text, one_each([back]))
    return Message(t.gettext("Which list?"), one_each([*buttons, back]))


def _to_door(t: Tongue, activity: Activity, each: Occasion, zone: ZoneInfo) -> Button:
    # Translators: on a button of staff; {title} is what they call the activity.
    text = t.gettext("On {moment}: {title}")
    title = activity_lines.title(t, activity)
    label = plain(t.fill(text, moment=t.moment(each.starts_at, zone), title=title))
    return Button(label, Door(activity=activity.id, occasion=each.id).pack())


def door(t: Tongue, found: List, page: int, zone: ZoneInfo) -> Message:
    """Who has a place; from an hour before it begins one tap says who came."""
    first = page * PER_PAGE
    shown = found.guests[first:][:PER_PAGE]
    lines = [*_heading(t, found, zone), *(_guest(t, each) for each in shown)]
    buttons = [_tick(t, found, each, page) for each in shown] if found.ticks else []
    if first + PER_PAGE < len(found.guests):
        buttons.append(Button(t.gettext("More"), _page(found, page + 1)))
    number, when = found.activity.id, found.occasion.id
    paper = PrintDoor(activity=number, occasion=when).pack()
    buttons.append(Button(t.gettext("Print the list"), paper))
    buttons.append(Button(t.gettext("Back"), Doors(activity=number).pack()))
    return Message("\n".join(lines), one_each(buttons))


def _page(found: List, page: int) -> str:
    return Door(activity=found.activity.id, occasion=found.occasion.id, page=page).pack()


def _heading(t: Tongue, found: List, zone: ZoneInfo) -> Iterator[str]:
    # Translators: above a list of who has signed up; {title} is what staff call the activity.
    text = t.gettext("Signed up for {date} at {time}: {title}")
    title = activity_lines.title(t, found.activity)
    yield at(t, text, found.occasion.starts_at, zone, title=title)
    if not found.guests:
        yield t.gettext("Nobody has signed up yet.")
    else:
        coming = party(t, found.adults, found.children)
        # Translators: {party} is such as "1 adult and 2 children".
        yield t.fill(t.gettext("In all: {party}."), party=coming)
    if found.capacity is not None:
        yield t.fill(t.gettext("Places: {n}."), n=found.capacity)
    if found.waiting or found.offered:
        # Translators: sign-ups on the waiting list, and those who were asked if they want a place.
        text = t.gettext("Waiting: {waiting}. Asked: {offered}.")
        yield t.fill(text, waiting=found.waiting, offered=found.offered)
    if not found.ticks and found.guests:
        yield t.gettext("From an hour before it begins, you can tick who comes.")


def _guest(t: Tongue, each: Guest) -> str:
    # Translators: {family} is staff's own word for a family, or its number; {party} is such as
    # "1 adult and 2 children"; {language} is what they read.
    text = t.gettext("Family {family}: {party}. Language: {language}.")
    language = t.language_name(each.language)
    coming = party(t, each.adults, each.children)
    line = t.fill(text, family=each.family, party=coming, language=language)
    return " ".join([line, *_came(t, each)])


def _came(t: Tongue, each: Guest) -> Iterator[Ready | str]:
    if each.came is not None:
        yield t.gettext("They came.") if each.came else t.gettext("They did not come.")
    if each.of > 1 and each.times:
        # Translators: of a series of meetings: to how many they came.
        yield t.fill(t.gettext("Meetings: {n} of {of}."), n=each.times, of=each.of)


def _tick(t: Tongue, found: List, each: Guest, page: int) -> Button:
    came = not each.came
    data = Tick(signup=each.signup_id, occasion=found.occasion.id, came=came, page=page).pack()
    # Translators: on a button of staff at the door; {family} is their own word for a family.
    text = (
        t.gettext("Came: family {family}") if came else t.gettext("Did not come: family {family}")
    )
    return Button(plain(t.fill(text, family=_value(each))), data)


def _value(each: Guest) -> Value:
    return each.family


def on_paper(t: Tongue, found: List, zone: ZoneInfo) -> Message:
    """The list as a file to print, with a box before each family."""
    title, *lines = _heading(t, found, zone)
    body = "\n".join(
        f'<section><p class="when">&#9744; {_guest(t, each)}</p></section>' for each in found.guests
    )
    about = "\n".join(f"<p>{line}</p>" for line in lines)
    page = printed(t, title, f"{about}\n{body}")
    file = File(FileKind.DOCUMENT, NAME, page.encode())
    back = Button(t.gettext("Back"), _page(found, 0))
    return Message(t.gettext("Open the file to print it."), one_each([back]), file=file)
