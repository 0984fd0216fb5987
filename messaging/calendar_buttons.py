"""Buttons about calendars: files for parents and staff, private calendars, printed days."""

from messaging.callbacks import CallbackData

TO_CALENDAR, NO_FILES = "file", "none"


class ParentCalendar(CallbackData, prefix="K"):
    """A parent wants the visits as a file, or no more files."""

    act: str
