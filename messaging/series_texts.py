"""What is to be booked, and a family's six visits step by step, as staff read them (D11, C2)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from messaging.booking_buttons import (
    STAFF_BOOK,
    Begin,
    OtherMeetings,
    RequestDone,
    ShowBooking,
    ShowVisits,
)
from messaging.callbacks import STAFF_MENU, StaffFamily, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Button, Message, Rows, one_each
from messaging.marks import N_
from messaging.meeting_texts import BESIDES, what
from messaging.plain import plain
from messaging.time_news import ASKED
from messaging.visit_texts import at
from programme.people import Booking, Meeting
from programme.reasons import Asked
from programme.series import Due, Step, StepState

_STEPS: dict[StepState, str] = {
    # Translators: on a family's page for staff: one of the six visits.
    StepState.NOT_YET: N_("Visit {visit}: from {first} to {last}."),
    StepState.DUE: N_("Visit {visit}: book it by {last}."),
    StepState.LATE: N_("Visit {visit}: not booked. It should have been by {last}."),
    StepState.PROPOSED: N_("Visit {visit}: times are proposed. The family chooses by {date}."),
    StepState.BOOKED: N_("Visit {visit}: booked on {date} at {time}."),
    StepState.DONE: N_("Visit {visit}: done on {date}."),
    StepState.MISSED: N_("Visit {visit}: nobody was at home on {date}."),
    StepState.DECLINED: N_("Visit {visit}: the family said no thanks."),
}


def due_line(t: Tongue, family: Value, due: Due) -> str:
    """One visit that should be booked now."""
    step = due.step
    values: dict[str, Value] = {"family": family, "visit": step.visit}
    if step.state is StepState.BOOKED:
        text = t.gettext("Family {family} wants another time for visit {visit}.")
    elif due.wanted:
        text = t.gettext("Family {family} waits for a time for visit {visit}.")
    elif due.late:
        text = t.gettext("Family {family}: visit {visit} should have been by {last}.")
        values["last"] = t.date(step.days.last)
    elif step.state is StepState.MISSED:
        text = t.gettext("Family {family}: nobody was at home at visit {visit}. Find a new time.")
    else:
        text = t.gettext("Family {family}: book visit {visit} by {date}.")
        values["date"] = t.date(step.days.last)
    return t.fill(text, **values)


def due_page(
    t: Tongue,
    asked: Sequence[tuple[int, Value, Asked]],
    lines: Sequence[str],
    due: Sequence[tuple[Value, Due]],
    page: int,
    more: bool,
) -> Message:
    """What parents have asked for and what is to be booked, with a button for each."""
    if not due and not asked:
        return Message(t.gettext("Nothing to book now."), one_each([menu_button(t)]))
    wishes = [t.fill(t.gettext(ASKED[what]), family=family) for _, family, what in asked]
    head = [t.gettext("To book:")] if due else []
    buttons = [_done_button(t, number, family) for number, family, _ in asked]
    buttons += [_due_button(t, family, each) for family, each in due]
    if more:
        buttons.append(Button(t.gettext("More"), StaffPage(page=STAFF_BOOK, n=page + 1).pack()))
    text = "\n".join([*wishes, *head, *lines])
    return Message(text, one_each([*buttons, menu_button(t)]))


def _done_button(t: Tongue, request: int, family: Value) -> Button:
    # Translators: on a button: what a parent asked for is taken care of.
    label = t.fill(t.gettext("Done: family {family}"), family=family)
    return Button(plain(label), RequestDone(request=request).pack())


def _due_button(t: Tongue, family: Value, due: Due) -> Button:
    text = t.gettext("Family {family}, visit {visit}")
    label = plain(t.fill(text, family=family, visit=due.step.visit))
    return Button(label, _open(due.family_id, due.step))


def _open(family: int, step: Step) -> str:
    """To the booking if there is one, else to the ways to a time."""
    if step.state in {StepState.BOOKED, StepState.DONE} and step.booking:
        return ShowBooking(family=family, booking=step.booking.id).pack()
    child = step.child.id
    return Begin(family=family, child=child, visit=step.visit, meeting=Meeting.VISIT).pack()


def menu_button(t: Tongue) -> Button:
    """Back to the menu."""
    return Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack())


def book_button(t: Tongue) -> Button:
    """To what is due."""
    # Translators: on a button: the list of visits that staff should book.
    return Button(t.gettext("To book"), StaffPage(page=STAFF_BOOK).pack())


def visits_button(t: Tongue, family: int) -> Button:
    """To the family's visits."""
    return Button(t.gettext("Visits: book and change"), ShowVisits(family=family).pack())


def step_line(t: Tongue, step: Step, zone: ZoneInfo) -> str:
    """One of the six, with what has become of it."""
    text = t.gettext(_STEPS[step.state])
    values: dict[str, Value] = {"visit": step.visit}
    far = step.state is StepState.NOT_YET  # it may be in another year
    values["first"] = t.date(step.days.first, with_year=far)
    values["last"] = t.date(step.days.last, with_year=far)
    if step.state is StepState.PROPOSED and step.proposal:
        return at(t, text, step.proposal.expires_at, zone, **values)
    return (
        at(t, text, step.booking.starts_at, zone, **values)
        if step.booking
        else t.fill(text, **values)
    )


def family_line(t: Tongue, family: Value) -> str:
    """Which family."""
    return t.fill(t.gettext("Family {family}"), family=family)


def step_lines(t: Tongue, steps: Sequence[Step], zone: ZoneInfo) -> list[str]:
    """The six with what has become of each, under its child where there are several births."""
    lines, before = [], None
    for number, step in numbered(steps):
        if number is not None and number != before:
            lines.append(child_heading(t, number))
        before = number
        lines.append(step_line(t, step, zone))
    return lines


def numbered(steps: Sequence[Step]) -> list[tuple[int | None, Step]]:
    """Each step with its child's number, where there are several births."""
    born = list(dict.fromkeys(step.child.id for step in steps))
    several = len(born) > 1
    return [(born.index(each.child.id) + 1 if several else None, each) for each in steps]


def child_heading(t: Tongue, number: int) -> str:
    """Above the six of one of several children."""
    return t.fill(t.gettext("Child {number}:"), number=number)


def other_line(t: Tongue, booking: Booking, zone: ZoneInfo) -> str:
    """Something besides the six that is booked."""
    text = t.gettext("Also: {what}, {date} at {time}.")
    return at(t, text, booking.starts_at, zone, what=what(t, booking.visit, booking.meeting))


def visits_rows(
    t: Tongue, family: int, steps: Sequence[tuple[int | None, Step]], others: Sequence[Booking]
) -> Rows:
    """A button for each visit, and for what is besides."""
    buttons = [_step_button(t, family, step, child) for child, step in steps]
    buttons += [
        Button(
            plain(what(t, each.visit, each.meeting)),
            ShowBooking(family=family, booking=each.id).pack(),
        )
        for each in others
    ]
    more = Button(t.gettext("Book something else"), OtherMeetings(family=family).pack())
    return one_each([*buttons, more, *ways_out(t, family)])


def _step_button(t: Tongue, family: int, step: Step, child: int | None) -> Button:
    if step.state is StepState.BOOKED:
        text = t.gettext("Move or cancel visit {visit}")
    elif step.state is StepState.PROPOSED:
        text = t.gettext("Proposed times for visit {visit}")
    elif step.state is StepState.DONE:
        # Translators: on a button for staff: what was ticked after a visit.
        text = t.gettext("How visit {visit} was")
    else:
        text = t.gettext("Book visit {visit}")
    label = t.fill(text, visit=step.visit)
    if child is not None:
        both = t.gettext("{visit} (child {number})")
        label = t.fill(both, visit=label, number=child)
    return Button(plain(label), _open(family, step))


def ways_out(t: Tongue, family: int) -> list[Button]:
    """To the family, and to what is due."""
    back = Button(t.gettext("To the family"), StaffFamily(family=family).pack())
    return [back, book_button(t)]


def other_meetings(t: Tongue, family: int, child: int) -> Message:
    """What can be booked besides the six."""
    buttons = [
        Button(t.gettext(words), Begin(family=family, child=child, visit=0, meeting=meeting).pack())
        for meeting, words in BESIDES.items()
    ]
    text = t.gettext("What would you like to book?")
    return Message(text, one_each([*buttons, back_to_visits(t, family)]))


def back_to_visits(t: Tongue, family: int) -> Button:
    """Back to the family's visits."""
    return Button(t.gettext("Back"), ShowVisits(family=family).pack())


def next_rows(t: Tongue, family: int) -> Rows:
    """From an act to the next one."""
    return one_each([visits_button(t, family), *ways_out(t, family)])
