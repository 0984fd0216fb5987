"""Typed button data: what a press says. Its author is the phone: every id is checked again.

Prefixes are short (64 bytes is all there is) and live on in old messages: never reuse one. Larger
tasks have a file of their own, such as `registering_buttons.py`, whose classes build on this one's
CallbackData.
"""

from enum import StrEnum
from typing import Self

import messaging.types_when_needed  # noqa: F401 - for its effect on aiogram  # isort: skip
from aiogram.filters.callback_data import CallbackData as _Any

from programme.kinds import Kind
from programme.people import Choice, GuardianRole

_COUNTED = 2**31  # rows, days and minutes stay below; a database fails at what it cannot count to


class CallbackData(_Any, prefix="-"):
    """What a button says; raises ValueError, as for any other forgery, where a number is absurd."""

    @classmethod
    def unpack(cls, value: str) -> Self:
        """The values as the press brings them."""
        found = super().unpack(value)
        numbers = (each for _, each in found if isinstance(each, int))
        if not all(abs(number) < _COUNTED for number in numbers):
            raise ValueError("no button of ours counts that far")
        return found


class OfferWish(StrEnum):
    """What a parent says to the offer of a visit."""

    YES = "yes"
    NOT_THIS = "not"
    NONE = "none"
    MORE = "more"  # show the other answers


class ChooseLanguage(CallbackData, prefix="l"):
    """Speak this language to me."""

    code: str


class Consent(CallbackData, prefix="c"):
    """Yes or no to messages."""

    yes: bool


class Eligible(CallbackData, prefix="e"):
    """First child, or first in Sweden: yes or no."""

    yes: bool


class Reason(CallbackData, prefix="r"):
    """Why no thanks, in one tap; the area is all that is counted with it."""

    area: int
    code: str


class MoreReasons(CallbackData, prefix="rm"):
    """Show the next answers to "why"."""

    area: int
    page: int = 1


class VisitAnswer(CallbackData, prefix="v"):
    """An answer to one booking as it stood at that revision."""

    booking: int
    revision: int
    choice: Choice


class Why(CallbackData, prefix="w"):
    """Why did I get this? Tips and ideas share no code."""

    code: str
    child: int


class Fewer(CallbackData, prefix="f"):
    """Fewer of these, or as many as before."""

    on: bool


class Menu(CallbackData, prefix="m"):
    """Open a page of the menu: one of the MENU_ names below."""

    page: str


class Stop(CallbackData, prefix="s"):
    """No more messages."""


class Resume(CallbackData, prefix="u"):
    """Messages again."""


class Until(CallbackData, prefix="p"):
    """Messages rest until the end of that day: mine, or all of the family, who are away."""

    away: bool
    last_day: str  # ISO: the label named this day, however late the press


class AwayUndo(CallbackData, prefix="a"):
    """We are not away after all; `rest` is the time away that is taken back."""

    rest: int


class Back(CallbackData, prefix="b"):
    """We are back."""


class QuietDay(CallbackData, prefix="q"):
    """No tips on that weekday (Monday is 0), or tips again."""

    day: int
    quiet: bool


class VisitNo(CallbackData, prefix="n"):
    """No thanks to that visit alone, or to all visits."""

    booking: int
    every: bool


class VisitUndo(CallbackData, prefix="nu"):
    """The visit after all; 0: no certain one, but visits again."""

    booking: int


class Offer(CallbackData, prefix="o"):
    """An answer to the offer of a visit that is not booked."""

    visit: int
    wish: OfferWish


class Plan(CallbackData, prefix="g"):
    """Show what is coming."""

    page: int


class Skip(CallbackData, prefix="x"):
    """One message that is coming: not this one, or this one after all. See `coming.mark`."""

    kind: Kind
    number: int
    code: str
    on: bool


class Vote(CallbackData, prefix="t"):
    """Was it useful? The child is the one whose age called for it."""

    code: str
    child: int
    useful: bool


class MoreOnTip(CallbackData, prefix="tm"):
    """The other buttons of a tip or an idea."""

    code: str
    child: int


MENU_LANGUAGE = "language"
MENU_WHO = "who"
MENU_HOME = "home"
# One page after the other; more than there are ever buttons for.
MENU_MORE = ("more", *(f"more{n}" for n in range(2, 9)))
MENU_READ, MENU_TALK, MENU_SETTINGS = "read", "talk", "settings"  # a few of one sort each
MENU_GROUPS = (MENU_READ, MENU_TALK, MENU_SETTINGS)
MENU_PLAN = "plan"
MENU_PAUSE = ("pause", "pause2", "pause3")
MENU_AWAY = ("away", "away2")
MENU_REST = "rest"  # no messages for a while
MENU_STOPPED = "stopped"  # what else one can do once messages have stopped
MENU_QUIET = "quiet"  # days without tips
MENU_OTHER = "other"  # the other parent
MENU_BORN = "born"  # our child is here


class OtherLanguages(CallbackData, prefix="lo"):
    """My language is not among those: show others."""

    page: int = 0


class Spoken(CallbackData, prefix="ls"):
    """I speak that language; `text`: in which of ours to write, once it is chosen."""

    code: str
    text: str | None = None


class Role(CallbackData, prefix="i"):
    """I am … to the child."""

    role: GuardianRole


class JoinAnswer(CallbackData, prefix="j"):
    """Whether that is the person I gave my link to."""

    joiner: int
    yes: bool


class BornDays(CallbackData, prefix="dp"):
    """Show older days on which a child may have been born."""

    page: int


class BornOn(CallbackData, prefix="d"):
    """Our child was born on that day."""

    day: str  # ISO: the label named this day, however late the press


class BornCount(CallbackData, prefix="dn"):
    """So many children were born on that day."""

    day: str
    count: int


class BornUndo(CallbackData, prefix="du"):
    """They were not, after all; `at`: when it was told."""

    at: int


class FromDue(CallbackData, prefix="dd"):
    """Tips follow the due date of that child and its twins, or the birth date again."""

    child: int
    on: bool


class Loss(CallbackData, prefix="h"):
    """Something hard has happened."""


class LossUndo(CallbackData, prefix="hu"):
    """It has not, after all."""


class AreaAnswer(CallbackData, prefix="am"):
    """Whether another area's team may take over; `asked`: which question that answers."""

    asked: int
    yes: bool


class StaffPage(CallbackData, prefix="k"):
    """Show staff that page of their menu: see STAFF_PAGES."""

    page: str
    n: int = 0


class StaffFamily(CallbackData, prefix="kf"):
    """Show staff that family."""

    family: int


class StaffAct(CallbackData, prefix="kd"):
    """Staff do that with a family: see STAFF_ACTS."""

    family: int
    act: str


class StaffLiving(CallbackData, prefix="kl"):
    """Turn on for these children only: one bit each, in their order."""

    family: int
    living: int


class StaffLivingUndo(CallbackData, prefix="ku"):
    """Undo of that; the children about whom something may be said again."""

    family: int
    silenced: int


class StaffMove(CallbackData, prefix="km"):
    """Ask the parents whether that area's team may take over."""

    family: int
    area: int


STAFF_PHONE, STAFF_ANSWERS, STAFF_FAMILIES = "phone", "answers", "families"
STAFF_LANGUAGE, STAFF_AREA, STAFF_MENU = "language", "area", "menu"
STAFF_PAUSE, STAFF_RESUME = "pause", "resume"

ACT_LOSS, ACT_LOSS_ENDS, ACT_MOVE = "loss", "loss_ends", "move"
ACT_BORN, ACT_BORN_TODAY, ACT_BORN_YESTERDAY = "born", "born_0", "born_1"
