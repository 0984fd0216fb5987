"""What staff read when something is booked, proposed, moved or cancelled; and when it cannot be."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from messaging.booking_texts import any_button, where_line, who_button
from messaging.callbacks import StaffPage
from messaging.hours_buttons import STAFF_TIMES
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, Rows, one_each
from messaging.marks import N_
from messaging.meeting_texts import what
from messaging.outcome_texts import was_held_button
from messaging.series_texts import back_to_visits, book_button, menu_button, next_rows
from messaging.slip_texts import slip_button
from messaging.visit_texts import at, people
from programme.people import Booking, Proposal, Role

_NO_HOURS: dict[Role, str] = {
    Role.NURSE: N_("No nurse has working hours here."),
    Role.PARENT_SUPPORTER: N_("No parent supporter has working hours here."),
}


# --- what was done -----------------------------------------------------------------------------


def proposed(t: Tongue, proposal: Proposal, family: int, zone: ZoneInfo) -> Message:
    """The family is asked."""
    count = len(proposal.slots)
    text = t.ngettext(
        "Sent. The family can answer until {date} at {time}. The time is kept free so long.",
        "Sent. The family can choose until {date} at {time}. The times are kept free so long.",
        count,
    )
    said = at(t, text, proposal.expires_at, zone, n=count)
    return Message(said, next_rows(t, family))


def now_booked(
    t: Tongue, booking: Booking, family: int, zone: ZoneInfo, *, reads: bool, moved: bool
) -> Message:
    """It is booked; who hears of it by itself."""
    if moved:
        text = t.gettext("Moved: {what}, {date} at {time}.")
    else:
        text = t.gettext("Booked: {what}, {date} at {time}.")
    which_one = what(t, booking.visit, booking.meeting)
    lines: list[str] = [
        at(t, text, booking.starts_at, zone, what=which_one),
        t.fill(t.gettext("Who comes: {staff}."), staff=people(t, booking.staff)),
    ]
    lines.append(_who_hears(t, booking, reads))
    if booking.interpreter_wanted and not booking.interpreter:
        lines.append(t.gettext("Remember to book the interpreter."))
    return Message("\n".join(lines), _next_of(t, booking, family, reads))


def elsewhere(t: Tongue, booking: Booking, family: int, zone: ZoneInfo, *, reads: bool) -> Message:
    """It is at another place; who hears of it by itself."""
    lines: list[str] = [
        at(t, t.gettext("A new place for our time on {date} at {time}."), booking.starts_at, zone),
        where_line(t, booking.place),
        _who_hears(t, booking, reads),
    ]
    return Message("\n".join(lines), _next_of(t, booking, family, reads))


def way_not_free(t: Tongue) -> str:
    """The time is theirs, the way to the new place is not."""
    return t.gettext(
        "Somebody who comes has something else before or after, and cannot be there in time.\n"
        "The place is as before. Choose another time for that place."
    )


def _next_of(t: Tongue, booking: Booking, family: int, reads: bool) -> Rows:
    """To the next act; paper first for who has no chat."""
    on_paper = [slip_button(t, family, booking.id)] if booking.visit and not reads else []
    return (*one_each(on_paper), *next_rows(t, family))


def _who_hears(t: Tongue, booking: Booking, reads: bool) -> str:
    if reads:
        return t.gettext("The parents and your colleague are told now.")
    if not booking.visit:
        return t.gettext("Nobody in this family reads the chat. Tell them the time.")
    return t.gettext(
        "Nobody in this family reads the chat. Tell them the time.\n"
        "A slip with the time can be printed in their language."
    )


def cancelled(t: Tongue, family: int) -> Message:
    """Everybody is told."""
    text = t.gettext("Cancelled. The parents and your colleague are told.\nFind a new time?")
    return Message(text, next_rows(t, family))


def missed(t: Tongue, family: int, booking: int) -> Message:
    """A kind letter asks about a new time; who pressed by mistake can say so."""
    text = t.gettext(
        "Noted: nobody was at home. The family gets a kind message about a new time.\n"
        "Find a new time?"
    )
    held = one_each([was_held_button(t, family, booking)])
    return Message(text, (*next_rows(t, family), *held))


def withdrawn(t: Tongue, family: int) -> Message:
    """The times are free again."""
    text = t.gettext("The times are taken back and free again.")
    return Message(text, next_rows(t, family))


# --- what cannot be done -----------------------------------------------------------------------


def no_hours(t: Tongue, roles: Sequence[Role], family: int) -> Message:
    """Nothing can be found where nobody has working hours."""
    lines = [t.gettext(_NO_HOURS[role]) for role in roles]
    lines.append(t.gettext("Set them here, or ask your colleague to do it."))
    times = Button(t.gettext("My times"), StaffPage(page=STAFF_TIMES).pack())
    return Message("\n".join(lines), one_each([times, back_to_visits(t, family)]))


def no_times(t: Tongue, draft: int, family: int) -> Message:
    """Nothing is free in the window."""
    text = t.gettext("No time is free for both of you on those days.")
    return Message(text, one_each([any_button(t, draft, 0), back_to_visits(t, family)]))


def not_together(t: Tongue, draft: int, family: int, *, now: bool) -> Message:
    """Those who were chosen have no time that suits."""
    text = t.gettext("These people have no free time on those days. Choose others?")
    buttons = [who_button(t, draft, now=now), any_button(t, draft, 0), back_to_visits(t, family)]
    return Message(text, one_each(buttons))


def taken_line(t: Tongue) -> str:
    """Somebody was faster."""
    return t.gettext("That time has just been taken. Here are others.")


def refused(t: Tongue, why: str, family: int) -> Message:
    """A rule speaks against it; the next step."""
    return Message(why, next_rows(t, family))


def in_past(t: Tongue) -> str:
    """It has passed."""
    return t.gettext("That time has passed. Choose a later one.")


def closed(t: Tongue) -> str:
    """A red day."""
    return t.gettext("There are no visits on that day: it is a weekend, a holiday or an eve.")


def area_paused(t: Tongue) -> str:
    """The area rests then."""
    return t.gettext("The area is paused at that time. Choose a later day.")


def family_away(t: Tongue) -> str:
    """The family is away."""
    return t.gettext("The family is away at that time. Choose another day.")


def do_not_contact(t: Tongue) -> str:
    """After a loss."""
    return t.gettext("Do not contact this family through Lotsen. Nothing is booked.")


def no_child(t: Tongue) -> str:
    """Nothing can be booked before the birth."""
    return t.gettext("The child is not born yet. Visits are booked after the birth.")


def gone(t: Tongue) -> str:
    """Somebody has changed it meanwhile."""
    return t.gettext("This has changed meanwhile. Look at the visits again.")


def draft_gone(t: Tongue) -> Message:
    """An old button: the draft it belongs to is not there any more."""
    text = t.gettext("That button is old. Nothing was changed. Please begin again.")
    return Message(text, one_each([book_button(t), menu_button(t)]))
