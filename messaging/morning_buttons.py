"""Buttons of the morning list: what it says now, and when it comes."""

from messaging.callbacks import CallbackData


class Mornings(CallbackData, prefix="Hm"):
    """The morning list as it is now."""


class MorningHours(CallbackData, prefix="Hmt"):
    """When the morning list comes, and other hours to choose."""


class SetMorning(CallbackData, prefix="Hmh"):
    """It comes so many minutes after midnight; below 0: never."""

    minutes: int
