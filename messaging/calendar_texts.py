"""What stands in a calendar entry, and what is said about files and private calendars.

An entry is read on lock screens and by whoever shares the calendar: it names no family (C10).
"""

from messaging.calendar_buttons import NO_FILES, TO_CALENDAR, ParentCalendar
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, File, Message, Rows, lay_out
from messaging.marks import N_
from messaging.plain import plain
from messaging.visit_texts import place
from programme.people import Booking, Meeting, Place

CALLED = "Lotsen"  # what every entry, and the calendar, is called for parents

_MEETINGS: dict[Meeting, str] = {
    # Translators: in the calendar of staff, what they meet a family for. No full stop.
    Meeting.EXTRA: N_("Lotsen: one visit more"),
    Meeting.WALK: N_("Lotsen: together to the open preschool (öppen förskola)"),
    Meeting.TALK: N_("Lotsen: a talk"),
    Meeting.CALL: N_("Lotsen: a call"),
}


def title(t: Tongue, booking: Booking, staff: bool, gone: bool) -> str:
    """What a calendar, and its lock screen, shows of an entry."""
    called = _for_staff(t, booking) if staff else CALLED
    if not gone:
        return called
    # Translators: in a calendar, before the title of something that will not be.
    return plain(t.fill(t.gettext("Cancelled: {title}"), title=called))


def _for_staff(t: Tongue, booking: Booking) -> str:
    if booking.meeting is not Meeting.VISIT:
        return t.gettext(_MEETINGS[booking.meeting])
    # Translators: in the calendar of staff.
    text = t.gettext("Lotsen: visit {visit_number} of 6")
    return plain(t.fill(text, visit_number=booking.visit))


def about(t: Tongue, booking: Booking, staff: bool) -> str:
    """What one sees when the entry is opened: the kind of place, never an address."""
    if staff:
        return plain("\n".join([place_line(t, booking), *interpreter_lines(t, booking)]))
    where = t.fill(t.gettext("Place: {place}."), place=place(t, booking.place))
    return plain("\n".join([where, t.gettext("There is more in the chat with Lotsen.")]))


def place_line(t: Tongue, booking: Booking) -> Ready:
    """The kind of place, as staff read it: home is not theirs."""
    home = t.gettext("at the family's home")
    where = home if booking.place is Place.HOME else place(t, booking.place)
    return t.fill(t.gettext("Place: {place}."), place=where)


def interpreter_lines(t: Tongue, booking: Booking) -> list[str]:
    """For staff: booked, or wanted and not booked yet; nothing where nobody wants one."""
    if booking.interpreter:
        # Translators: staff read this in their calendar, and on a printed list.
        return [t.gettext("An interpreter is booked.")]
    if booking.interpreter_wanted:
        return [t.gettext("An interpreter is wanted and not booked yet.")]
    return []


def to_calendar(t: Tongue) -> Button:
    """The visits as a file, from now on with each change."""
    return Button(t.gettext("To my calendar"), ParentCalendar(act=TO_CALENDAR).pack())


def to_calendar_rows(t: Tongue) -> Rows:
    """That button alone."""
    return lay_out([to_calendar(t)], t.one_per_row)


def _no_more(t: Tongue) -> Rows:
    button = Button(t.gettext("No more files"), ParentCalendar(act=NO_FILES).pack())
    return lay_out([button], t.one_per_row)


def with_file(t: Tongue, file: File) -> Message:
    """The visits as a file, and what comes from now on."""
    text = t.gettext(
        "Open the file, and your phone puts the visits into its calendar.\n"
        "When a visit changes, a new file comes here. Open it too.\n"
        "In the calendar it only says: Lotsen."
    )
    return Message(text, _no_more(t), file=file)


def nothing_yet(t: Tongue) -> Message:
    """No visit is booked; the file comes when one is."""
    text = t.gettext("No visit is booked now.\nWhen one is, its file for your calendar comes here.")
    return Message(text, _no_more(t))


def no_more_files(t: Tongue) -> Message:
    """Files are off; the way back stands under it."""
    text = t.gettext("Done. No more files come.\nThe visits are as before.")
    return Message(text, to_calendar_rows(t))


def changed(t: Tongue, file: File) -> Message:
    """What this parent has just changed themselves, for the calendar."""
    text = t.gettext("Open the file, and your calendar is right again.")
    return Message(text, file=file)
