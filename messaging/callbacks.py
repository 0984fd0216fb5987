"""Typed button data: what a press says. Its author is the phone: every id is checked again.

Prefixes are short (64 bytes is all there is) and live on in old messages: never reuse one.
"""

from aiogram.filters.callback_data import CallbackData

from programme.people import Choice


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
    """Open a page of the menu: see MENU_LANGUAGE and MENU_WHO."""

    page: str


class Stop(CallbackData, prefix="s"):
    """No more messages."""


class Resume(CallbackData, prefix="u"):
    """Messages again."""


MENU_LANGUAGE = "language"
MENU_WHO = "who"
