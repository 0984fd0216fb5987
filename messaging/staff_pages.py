"""One family as its staff see it, line by line, and what they can do there.

What one parent does alone does not stand here: a parent reads the chat, or does not (B14).
"""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from messaging import registering_texts
from messaging.callbacks import (
    ACT_BORN,
    ACT_BORN_TODAY,
    ACT_BORN_YESTERDAY,
    ACT_LOSS,
    ACT_LOSS_ENDS,
    ACT_MOVE,
    STAFF_FAMILIES,
    STAFF_PHONE,
    StaffAct,
    StaffFamily,
    StaffLiving,
    StaffLivingUndo,
    StaffMove,
    StaffPage,
)
from messaging.home_texts import more_button_of
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Button, Message, Rows, one_each
from messaging.marks import N_
from messaging.meeting_texts import what
from messaging.plain import plain
from messaging.series_texts import visits_button
from messaging.visit_texts import at
from programme.people import BookingState, Child, GuardianRole, Meeting

_PARENTS: dict[GuardianRole | None, tuple[str, str]] = {
    # Translators: on a family's page for staff. {language} is its name, in your language.
    GuardianRole.BIRTHING: (
        N_("The birthing parent, {language}: reads the chat."),
        N_("The birthing parent, {language}: does not read the chat."),
    ),
    GuardianRole.OTHER_PARENT: (
        N_("The other parent, {language}: reads the chat."),
        N_("The other parent, {language}: does not read the chat."),
    ),
    GuardianRole.OTHER_ADULT: (
        N_("Another adult, {language}: reads the chat."),
        N_("Another adult, {language}: does not read the chat."),
    ),
    None: (
        N_("A parent, {language}: reads the chat."),
        N_("A parent, {language}: does not read the chat."),
    ),
}

_VISITS: dict[BookingState, str] = {
    # Translators: on a family's page for staff; {what} is "Visit 3", "One more visit"…
    BookingState.BOOKED: N_("{what}: booked on {date} at {time}."),
    BookingState.DONE: N_("{what}: done on {date}."),
    BookingState.DECLINED: N_("{what}: the family said no thanks."),
    BookingState.CANCELLED: N_("{what}: cancelled."),
    BookingState.FREED: N_("{what}: not booked any more."),
    BookingState.MISSED: N_("{what}: nobody was at home on {date}."),
}


def do_not_contact(t: Tongue) -> str:
    """Something hard has happened."""
    return t.gettext("Do not contact through Lotsen.")


def child_line(t: Tongue, child: Child, number: int | None) -> str:
    """Born or expected; with a number where there are several."""
    day = child.born or child.due
    values: dict[str, Value] = {"date": t.date(day, with_year=True) if day else "–"}
    if number is None:
        text = t.gettext("Born on {date}.") if child.born else t.gettext("Expected on {date}.")
        return t.fill(text, **values)
    if child.born:
        text = t.gettext("Child {number}: born on {date}.")
    else:
        text = t.gettext("Child {number}: expected on {date}.")
    return t.fill(text, number=number, **values)


def visit_line(
    t: Tongue,
    state: BookingState,
    visit: int,
    starts_at: datetime,
    zone: ZoneInfo,
    meeting: Meeting = Meeting.VISIT,
) -> str:
    """What has become of one visit, or of a meeting besides."""
    return at(t, t.gettext(_VISITS[state]), starts_at, zone, what=what(t, visit, meeting))


def parent_line(t: Tongue, role: GuardianRole | None, language: str, reads: bool) -> str:
    """One parent: role, language, and whether the chat reaches them."""
    yes, no = _PARENTS[role]
    return t.fill(t.gettext(yes if reads else no), language=language)


def nobody_line(t: Tongue) -> str:
    """A family without the chat."""
    return t.gettext("Nobody of this family uses the chat. Please phone.")


def to_book_line(t: Tongue, family: Value, visit: int, last: date) -> str:
    """A visit's window is open."""
    text = t.gettext("Family {family}: book visit {visit} by {date}.")
    return t.fill(text, family=family, visit=visit, date=t.date(last))


def first_visit_line(t: Tongue, family: Value, last: date) -> str:
    """The fourteen days for the first visit."""
    text = t.gettext("Family {family}: the first visit should be by {date}.")
    return t.fill(text, family=family, date=t.date(last))


def call_line(t: Tongue, family: Value, visit: int, starts_at: datetime, zone: ZoneInfo) -> str:
    """A visit soon, and nobody reads the chat."""
    text = t.gettext(
        "Family {family}: visit {visit} is on {date} at {time}, and nobody reads the chat."
    )
    if not visit:  # none of the six
        text = t.gettext(
            "Family {family}: you meet on {date} at {time}, and nobody reads the chat."
        )
        return at(t, text, starts_at, zone, family=family)
    return at(t, text, starts_at, zone, family=family, visit=visit)


def language_line(t: Tongue, family: Value) -> str:
    """None of our languages is theirs."""
    return t.fill(t.gettext("Family {family}: does not read our languages."), family=family)


def interpreter_line(t: Tongue, languages: str) -> str:
    """Phone with an interpreter, in these languages."""
    # Translators: {languages} is one language, or a list of them.
    return t.fill(t.gettext("Phone with an interpreter: {languages}."), languages=languages)


def summer_line(t: Tongue, visit: int, days: int) -> str:
    """In May and June: how the summer weeks stretch a visit's window."""
    text = t.ngettext(
        "Summer: there is {n} more day for visit {visit}.",
        "Summer: there are {n} more days for visit {visit}.",
        days,
    )
    return t.fill(text, n=days, visit=visit)


def moving_line(t: Tongue) -> str:
    """The parents have been asked whether another area may take over."""
    return t.gettext("The family is asked about the move. There is no answer yet.")


def born_question(t: Tongue, family: int) -> Message:
    """On which of two days; another day is typed on the command line."""
    buttons = [
        Button(t.gettext("Today"), StaffAct(family=family, act=ACT_BORN_TODAY).pack()),
        Button(t.gettext("Yesterday"), StaffAct(family=family, act=ACT_BORN_YESTERDAY).pack()),
        _back_to(t, family),
    ]
    return Message(t.gettext("When was the child born?"), one_each(buttons))


def area_question(t: Tongue, family: int, areas: Sequence[tuple[int, str]]) -> Message:
    """To which area; the parents are asked before anything changes."""
    buttons = [
        Button(_in_area(t, name), StaffMove(family=family, area=number).pack())
        for number, name in areas
    ]
    text = t.gettext("Where does the family move? We ask the parents first.")
    return Message(text, (*one_each(buttons), *one_each([_back_to(t, family)])))


def _in_area(t: Tongue, name: str) -> str:
    # Translators: on a button: the name of an area of the city.
    return plain(t.fill(t.gettext("Area {area}"), area=name))


def _back_to(t: Tongue, family: int) -> Button:
    return Button(t.gettext("Back"), StaffFamily(family=family).pack())


def page_rows(t: Tongue, family: int, expecting: bool, moving: bool, no_link: bool = False) -> Rows:
    """What can be done with a family; links into one of two homes stand on a page of their own."""
    buttons = [
        visits_button(t, family),
        Button(do_not_contact(t), StaffAct(family=family, act=ACT_LOSS).pack()),
    ]
    if not moving:
        label = t.gettext("Move to another area")
        buttons.append(Button(label, StaffAct(family=family, act=ACT_MOVE).pack()))
    if expecting:
        act = StaffAct(family=family, act=ACT_BORN)
        buttons.insert(0, Button(t.gettext("The child is born"), act.pack()))
    buttons += registering_texts.family_page_buttons(t, family, no_link)
    buttons.append(more_button_of(t, family))
    return one_each([*buttons, *_out(t)])


def _out(t: Tongue) -> list[Button]:
    return [
        Button(t.gettext("To phone"), StaffPage(page=STAFF_PHONE).pack()),
        Button(t.gettext("Families"), StaffPage(page=STAFF_FAMILIES).pack()),
    ]


def rest_rows(t: Tongue, family: int, may_undo: bool, choices: Sequence[tuple[int, str]]) -> Rows:
    """After a loss: Undo for a day, then turning on again; and for some of several children."""
    label = t.gettext("Undo") if may_undo else t.gettext("Turn messages on again")
    act = StaffAct(family=family, act=ACT_LOSS_ENDS)
    buttons = [Button(label, act.pack())]
    for living, children in choices:
        # Translators: {children} is a list of "child 1", "child 2".
        text = plain(t.fill(t.gettext("Turn on for {children}"), children=children))
        buttons.append(Button(text, StaffLiving(family=family, living=living).pack()))
    return one_each([*buttons, *_out(t)])


def some_children(t: Tongue, numbers: Sequence[int]) -> str:
    """Such as "child 1 and child 3", as a value."""
    # Translators: inside a list, on a button. Small first letter.
    return plain(t.listing([t.fill(t.gettext("child {number}"), number=n) for n in numbers]))


def only_after_a_talk(t: Tongue) -> str:
    """Who may turn it on."""
    return t.gettext("Turn on only if a person has spoken with the family.")


def turned_on(t: Tongue, family: int, silenced: int) -> Message:
    """Messages again, about the chosen children only. With Undo."""
    undo = Button(t.gettext("Undo"), StaffLivingUndo(family=family, silenced=silenced).pack())
    text = t.gettext(
        "Messages are on again. They are only about the children you chose.\nNothing old is sent."
    )
    return Message(text, one_each([undo, _back_to(t, family)]))


def too_late(t: Tongue, family: int) -> Message:
    """A day has passed."""
    text = t.gettext("More than a day has passed. This cannot be undone any more.")
    return Message(text, one_each([_back_to(t, family)]))
