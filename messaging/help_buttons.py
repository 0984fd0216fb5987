"""Buttons of the help for staff."""

from messaging.callbacks import CallbackData


class StaffHelp(CallbackData, prefix="Hp"):
    """The pages there are."""


class OpenHelp(CallbackData, prefix="Hpg"):
    """One of them; opened from a booking, the way back leads there."""

    code: str
    family: int = 0
    booking: int = 0
