"""Buttons of the follow-up report: of which area, of which months, as pictures or as a table."""

from messaging.callbacks import CallbackData

EVERYWHERE = 0  # in place of an area: all of them together


class ReportArea(CallbackData, prefix="Qa"):
    """The report of that area: choose its time; None: choose the area."""

    area: int | None = None


class ReportOf(CallbackData, prefix="Qt"):
    """The figures of those months."""

    area: int
    first: int
    last: int
    so_far: bool = False


class ReportFile(CallbackData, prefix="Qf"):
    """The same as files of that form."""

    area: int
    first: int
    last: int
    so_far: bool
    form: str
