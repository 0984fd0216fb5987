"""Buttons about calendars: files for parents and staff, private calendars, printed days."""

from messaging.callbacks import CallbackData

TO_CALENDAR, NO_FILES = "file", "none"


class ParentCalendar(CallbackData, prefix="K"):
    """A parent wants the visits as a file, or no more files."""

    act: str


STAFF_CALENDAR = "calendar"  # a page of the staff menu

GET_FILE, STAFF_NO_FILES = "file", "none"
FEED, NEW_FEED, END_FEED = "feed", "new", "end"
OWN, SET_OWN, END_OWN = "own", "set", "stop"


class StaffCalendar(CallbackData, prefix="Kf"):
    """What a colleague wants with calendars: one of the names above."""

    act: str


class DayList(CallbackData, prefix="Kp"):
    """The list of one day to print; 0: whose is asked. `day`: ISO, or empty to be asked."""

    staff: int = 0
    day: str = ""
