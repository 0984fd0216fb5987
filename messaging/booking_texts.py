"""The pages on which staff find a time for a visit, and change one that is booked."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from messaging import outcome_texts
from messaging.booking_buttons import (
    AskCancel,
    Cancel,
    Draft,
    DraftPage,
    Find,
    How,
    Move,
    SetHome,
    SetPlace,
    SetReason,
    ShowBooking,
    TakeTime,
    Withdraw,
)
from messaging.help_texts import checklist_buttons
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Button, Message, Rows, one_each
from messaging.marks import N_
from messaging.meeting_place_buttons import AskMeetingPlace, SetMeetingPlace
from messaging.meeting_texts import which
from messaging.plain import plain
from messaging.series_texts import back_to_visits
from messaging.slip_texts import slip_button
from messaging.visit_texts import PLACES, at, people
from messaging.who_comes_buttons import WhoComes
from programme.people import Booking, Meeting, Place, Proposal, Role, Slot, StaffMember
from programme.reasons import CancelReason, WindowReason

CANCEL_REASONS: dict[CancelReason, str] = {
    # Translators: on a button: why staff cancel a visit.
    CancelReason.ILL: N_("One of us is ill or cannot come"),
    CancelReason.WISH: N_("The family wishes it"),
    CancelReason.DOUBLE: N_("Booked by mistake"),
    CancelReason.OTHER: N_("Another reason"),
}

WINDOW_REASONS: dict[WindowReason, str] = {
    # Translators: on a button: why a visit is at an unusual time.
    WindowReason.LATE: N_("The family joined late"),
    WindowReason.WISH: N_("The family wishes it"),
    WindowReason.STAFF: N_("Nobody of us could come in time"),
    WindowReason.OTHER: N_("Another reason"),
}


# Staff read of the family's home; a parent reads of their own.
PLACES_FOR_STAFF = {**PLACES, Place.HOME: N_("at the family's home")}


def visit_heading(t: Tongue, family: Value, visit: int, meeting: Meeting) -> str:
    """Which family, and which visit."""
    called = t.fill(t.gettext("Family {family}"), family=family)
    return f"{called}\n{which(t, visit, meeting)}"


def window_line(t: Tongue, first: date, last: date) -> str:
    """When it should be."""
    text = t.gettext("It should be from {first} to {last}.")
    return t.fill(text, first=t.date(first, with_year=True), last=t.date(last, with_year=True))


def nobody_reads_line(t: Tongue) -> str:
    """A family without the chat."""
    return t.gettext(
        "Nobody in this family reads the chat. Phone them, and book the time that you agree on."
    )


def how_rows(
    t: Tongue, family: int, child: int, visit: int, meeting: Meeting, *, reads: bool
) -> Rows:
    """The ways to a time."""

    def way(how: How) -> str:
        new = Find(family=family, child=child, visit=visit, meeting=meeting, how=how)
        return new.pack()

    buttons = [Button(label, way(how)) for how, label in _ways(t, reads)]
    return one_each([*buttons, back_to_visits(t, family)])


def _ways(t: Tongue, reads: bool) -> list[tuple[How, str]]:
    ways = [
        (How.NOW, t.gettext("Book at once")),
        (How.PICK, t.gettext("Choose a time myself")),
    ]
    return [(How.THREE, t.gettext("Propose three times")), *ways] if reads else ways


def proposed_lines(t: Tongue, proposal: Proposal, zone: ZoneInfo) -> list[str]:
    """The times that are held, and until when."""
    until = t.gettext("These times are kept for the family until {date} at {time}:")
    slots = [time_line(t, each, zone, None) for each in proposal.slots]
    return [at(t, until, proposal.expires_at, zone), *slots]


def withdraw_button(t: Tongue, family: int, proposal: int) -> Button:
    """Take them back."""
    return Button(
        t.gettext("Take these times back"), Withdraw(family=family, proposal=proposal).pack()
    )


def time_line(t: Tongue, slot: Slot, zone: ZoneInfo, number: int | None) -> str:
    """A time and who would come."""
    if number is None:
        text = t.gettext("Time: {date} at {time}. Who comes: {staff}.")
    else:
        text = t.gettext("Time {number}: {date} at {time}. Who comes: {staff}.")
    staff = people(t, slot.staff)
    return at(t, text, slot.starts_at, zone, number=number or 0, staff=staff)


def where_line(t: Tongue, place: Place) -> str:
    """Where it is."""
    return t.fill(t.gettext("Place: {place}."), place=t.gettext(PLACES_FOR_STAFF[place]))


def interpreter_line(t: Tongue, wanted: bool) -> str:
    """Whether an interpreter is wanted."""
    return t.gettext("With an interpreter.") if wanted else t.gettext("Without an interpreter.")


def unusual_line(t: Tongue) -> str:
    """Outside the window, or outside working hours."""
    return t.gettext("This is outside the usual days or working hours.")


def draft_rows(
    t: Tongue, draft: int, family: int, count: int, *, reads: bool, interpreter: bool
) -> Rows:
    """What can be done with the times that are chosen."""

    def act(label: str, page: DraftPage, n: int = 0) -> Button:
        return Button(label, Draft(draft=draft, page=page, n=n).pack())

    buttons = []
    if count == 1:
        buttons.append(act(t.gettext("Book this time"), DraftPage.BOOK))
    if reads:
        send = t.ngettext("Ask the family: does it suit?", "Send these times to the family", count)
        buttons.append(act(send, DraftPage.SEND))
    if count == 1:
        buttons.append(act(t.gettext("Change the time"), DraftPage.CHANGE))
    else:
        for n in range(count):
            label = plain(t.fill(t.gettext("Change time {number}"), number=n + 1))
            buttons.append(act(label, DraftPage.CHANGE, n))
    buttons.append(who_button(t, draft, now=False))
    buttons.append(act(t.gettext("Change the place"), DraftPage.PLACE))
    turned = (
        t.gettext("Without an interpreter") if interpreter else t.gettext("With an interpreter")
    )
    buttons.append(act(turned, DraftPage.INTERPRETER))
    return one_each([*buttons, back_to_visits(t, family)])


def which_time(t: Tongue, draft: int, slots: Sequence[Slot], family: int, zone: ZoneInfo) -> Rows:
    """The three best, to book one at once."""
    buttons = [
        Button(
            plain(at(t, t.gettext("{date} at {time}"), each.starts_at, zone)),
            TakeTime(draft=draft, n=n).pack(),
        )
        for n, each in enumerate(slots)
    ]
    other = Draft(draft=draft, page=DraftPage.PICK, n=0).pack()
    buttons.append(Button(t.gettext("Another time"), other))
    buttons.append(who_button(t, draft, now=True))
    return one_each([*buttons, back_to_visits(t, family)])


def who_button(t: Tongue, draft: int, *, now: bool) -> Button:
    """Others are to come than those who came last time."""
    return Button(t.gettext("Choose who comes"), WhoComes(draft=draft, now=now).pack())


def ask_who(
    t: Tongue, role: Role | None, offered: Sequence[StaffMember], chosen: WhoComes, family: int
) -> Message:
    """Who of those? `chosen`: the answers so far; without a role anybody may come alone."""
    match role:
        case Role.NURSE:
            text = t.gettext("Which nurse will come?")
        case Role.PARENT_SUPPORTER:
            text = t.gettext("Which parent supporter will come?")
        case _:
            text = t.gettext("Who will it be?")
    slot = "second" if chosen.first else "first"
    buttons = [
        Button(plain(people(t, [each])), chosen.model_copy(update={slot: each.id}).pack())
        for each in offered
    ]
    back = Button(t.gettext("Back"), Draft(draft=chosen.draft, page=DraftPage.SHOW).pack())
    last = back_to_visits(t, family) if chosen.now else back
    return Message(text, one_each([*buttons, last]))


def ask_which_time(t: Tongue) -> str:
    """Which time did you agree on?"""
    return t.gettext("Which time did you agree on?")


def ask_day(t: Tongue) -> str:
    """A day with free times."""
    return t.gettext("Choose a day. A dot is a day without a free time.")


def ask_time(t: Tongue) -> str:
    """A free time."""
    return t.gettext("Choose a time.")


def any_day(t: Tongue) -> str:
    """A day, free or not."""
    return t.gettext("Choose any day. Say afterwards why it is at an unusual time.")


def any_button(t: Tongue, draft: int, n: int) -> Button:
    """Any time at all."""
    return Button(
        t.gettext("A day or time that is not shown"),
        Draft(draft=draft, page=DraftPage.ANY, n=n).pack(),
    )


def ramadan_line(t: Tongue, first: date, last: date) -> str:
    """For everyone alike: never about a family (mission A15)."""
    text = t.gettext("Ramadan is about {first} to {last}.")
    return t.fill(text, first=t.date(first), last=t.date(last))


def eid_line(t: Tongue, day: date) -> str:
    """The feast after Ramadan, or the one of sacrifice; the moon decides the day."""
    return t.fill(t.gettext("Eid is about {date}."), date=t.date(day))


def choose_place(t: Tongue, draft: int) -> Message:
    """Where."""
    buttons = [
        Button(_upper(t.gettext(words)), SetPlace(draft=draft, place=place).pack())
        for place, words in PLACES_FOR_STAFF.items()
    ]
    back = Button(t.gettext("Back"), Draft(draft=draft, page=DraftPage.SHOW).pack())
    return Message(t.gettext("Where will it be?"), one_each([*buttons, back]))


def choose_new_place(t: Tongue, family: int, booking: int, now: Place) -> Message:
    """Where a visit that stands will be instead."""
    buttons = [
        Button(
            _upper(t.gettext(words)),
            SetMeetingPlace(family=family, booking=booking, place=place).pack(),
        )
        for place, words in PLACES_FOR_STAFF.items()
        if place is not now
    ]
    back = Button(t.gettext("Back"), ShowBooking(family=family, booking=booking).pack())
    return Message(t.gettext("Where will it be?"), one_each([*buttons, back]))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def ask_home(t: Tongue, draft: int, family: int, how: How) -> Message:
    """With which of two homes (mission B15)."""
    labels = [plain(t.fill(t.gettext("Home {home}"), home=home)) for home in (1, 2)]
    homes = dict(zip((1, 2, 0), [*labels, t.gettext("Both homes")], strict=True))
    buttons = [
        Button(label, SetHome(draft=draft, home=home, how=how).pack())
        for home, label in homes.items()
    ]
    text = t.gettext("This family has two homes. With which one?")
    return Message(text, one_each([*buttons, back_to_visits(t, family)]))


def with_home_line(t: Tongue, home: int) -> str:
    """With which of two homes."""
    return t.fill(t.gettext("With home {home}."), home=home)


def ask_reason(t: Tongue, draft: int) -> Message:
    """Why it is at an unusual time."""
    buttons = [
        Button(t.gettext(words), SetReason(draft=draft, why=why).pack())
        for why, words in WINDOW_REASONS.items()
    ]
    back = Button(t.gettext("Back"), Draft(draft=draft, page=DraftPage.ANY).pack())
    text = t.gettext("This is outside the usual days or working hours. Why?")
    return Message(text, one_each([*buttons, back]))


def booking_rows(
    t: Tongue, family: int, booking: int, visit: int, *, reads: bool, begun: bool
) -> Rows:
    """What can be done with a booking that stands."""
    if begun:
        buttons = outcome_texts.ask_buttons(t, family, booking)
    else:
        buttons = [
            Button(label, Move(family=family, booking=booking, how=how).pack())
            for how, label in _moves(t, reads)
        ]
        elsewhere = AskMeetingPlace(family=family, booking=booking).pack()
        buttons.append(Button(t.gettext("Change the place"), elsewhere))
        if not reads and visit:
            buttons.append(slip_button(t, family, booking))
        cancel = AskCancel(family=family, booking=booking).pack()
        buttons.append(Button(t.gettext("Cancel it"), cancel))
    checklist = checklist_buttons(t, visit, family, booking)
    return one_each([*buttons, *checklist, back_to_visits(t, family)])


def _moves(t: Tongue, reads: bool) -> list[tuple[How, str]]:
    ways = [
        (How.NOW, t.gettext("Move it at once")),
        (How.PICK, t.gettext("Choose a new time myself")),
    ]
    return [*ways, (How.THREE, t.gettext("Propose three new times"))] if reads else ways


def booked_lines(t: Tongue, booking: Booking, zone: ZoneInfo) -> list[str]:
    """A booking as it stands."""
    slot = Slot(starts_at=booking.starts_at, staff=booking.staff)
    lines = [time_line(t, slot, zone, None), where_line(t, booking.place)]
    if booking.interpreter:
        return [*lines, t.gettext("An interpreter is booked.")]
    if booking.interpreter_wanted:
        return [*lines, t.gettext("An interpreter is wanted, and not booked yet.")]
    return lines


def ask_cancel(t: Tongue, family: int, booking: int) -> Message:
    """Why it is cancelled."""
    buttons = [
        Button(t.gettext(words), Cancel(family=family, booking=booking, why=why).pack())
        for why, words in CANCEL_REASONS.items()
    ]
    back = Button(t.gettext("Back"), ShowBooking(family=family, booking=booking).pack())
    text = t.gettext("Why is it cancelled? The family is told that it is cancelled, not why.")
    return Message(text, one_each([*buttons, back]))
