"""Buttons of booking by staff: which visit, how, what of a draft, what becomes of a booking."""

from enum import StrEnum

from messaging.callbacks import CallbackData
from programme.people import Meeting, Place
from programme.reasons import CancelReason, WindowReason

STAFF_BOOK = "book"  # a page of the menu


class How(StrEnum):
    """The way to a time."""

    THREE = "three"  # propose the three best
    NOW = "now"  # book at once, agreed by phone
    PICK = "pick"  # choose among all that are free
    ANY = "any"  # any time, with a reason


class DraftPage(StrEnum):
    """A question about the draft."""

    SHOW = "show"
    CHANGE = "change"  # another time in place of one of them
    PICK = "pick"
    ANY = "any"
    PLACE = "place"
    INTERPRETER = "talk"  # yes or no, turned over
    SEND = "send"
    BOOK = "book"


class ShowVisits(CallbackData, prefix="yv"):
    """The visits of that family."""

    family: int


class OtherMeetings(CallbackData, prefix="yvo"):
    """What else can be booked with that family."""

    family: int


class Begin(CallbackData, prefix="yf"):
    """Choose how to find a time for that visit of that child; 0 for what is besides."""

    family: int
    child: int
    visit: int
    meeting: Meeting


class Find(CallbackData, prefix="yfi"):
    """Find a time that way, for the same."""

    family: int
    child: int
    visit: int
    meeting: Meeting
    how: How


class ShowBooking(CallbackData, prefix="yb"):
    """One booking, and what can be done with it."""

    family: int
    booking: int


class Move(CallbackData, prefix="yj"):
    """Find another time for that booking."""

    family: int
    booking: int
    how: How


class Draft(CallbackData, prefix="yk"):
    """An act on the draft with that number; `n`: which of its times."""

    draft: int
    page: DraftPage
    n: int = 0


class TakeTime(CallbackData, prefix="yki"):
    """That one of the shown times is the draft's only one."""

    draft: int
    n: int


class SetHome(CallbackData, prefix="ykh"):
    """With that one of two homes, 0: with both; then find a time that way."""

    draft: int
    home: int
    how: How


class SetPlace(CallbackData, prefix="ykp"):
    """It is there."""

    draft: int
    place: Place


class SetReason(CallbackData, prefix="ykr"):
    """Why it is outside its window, or outside working hours."""

    draft: int
    why: WindowReason


class PrintSlip(CallbackData, prefix="ybp"):
    """That visit's slip, in that language; none: which one?"""

    family: int
    booking: int
    language: str = ""


class AskCancel(CallbackData, prefix="yr"):
    """Cancel that booking: why?"""

    family: int
    booking: int


class Cancel(CallbackData, prefix="yrc"):
    """Cancel it, for that reason."""

    family: int
    booking: int
    why: CancelReason


class NotHome(CallbackData, prefix="yrn"):
    """Nobody was at home."""

    family: int
    booking: int


class Withdraw(CallbackData, prefix="yrw"):
    """Take proposed times back."""

    family: int
    proposal: int


class RequestDone(CallbackData, prefix="yrd"):
    """What that parent asked for is taken care of."""

    request: int
