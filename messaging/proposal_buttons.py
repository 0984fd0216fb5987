"""Typed buttons on times: choose one, ask for others, look for one alone, another place."""

from messaging.callbacks import CallbackData
from programme.people import Place
from programme.reasons import Asked


class PickTime(CallbackData, prefix="zp"):
    """That time, please; the slot belongs to a family, and is checked against who presses."""

    slot: int


class MoreTimes(CallbackData, prefix="zm"):
    """The next choices under proposed times."""

    proposal: int
    page: int


class OtherTimes(CallbackData, prefix="zo"):
    """None of these: other times, or times in the evening."""

    proposal: int
    evening: bool


class CallAboutTimes(CallbackData, prefix="zc"):
    """None of these: call me."""

    proposal: int


class NoTimes(CallbackData, prefix="zn"):
    """No thanks to all of these times."""

    proposal: int


class BookTime(CallbackData, prefix="zb"):
    """Show me free times for that visit; 0: for the next one."""

    visit: int = 0


class OtherPlaces(CallbackData, prefix="zl"):
    """Where else could it be?"""

    booking: int
    page: int = 0


class ChoosePlace(CallbackData, prefix="zh"):
    """Let it be there."""

    booking: int
    place: Place


class AskMenu(CallbackData, prefix="zq"):
    """What can I ask staff for?"""


class AskStaff(CallbackData, prefix="za"):
    """Please call me; a talk; a walk together."""

    what: Asked
