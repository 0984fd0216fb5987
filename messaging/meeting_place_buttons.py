"""Buttons about where a visit is: the way there for parents, another place by staff (D16)."""

from messaging.callbacks import CallbackData
from programme.people import Place


class MoreOnVisit(CallbackData, prefix="mv"):
    """No thanks to a visit, or the way there."""

    booking: int
    revision: int


class AskMeetingPlace(CallbackData, prefix="Mp"):
    """Staff want a visit that stands to be elsewhere: where?"""

    family: int
    booking: int


class SetMeetingPlace(CallbackData, prefix="Mq"):
    """There."""

    family: int
    booking: int
    place: Place
