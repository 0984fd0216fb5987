"""Buttons of trust: clear the chat, my data, forget, write to the team, call me.

Like all buttons their author is the phone: every id is checked against who presses.
"""

from enum import StrEnum

from messaging.callbacks import CallbackData


class TrustPage(StrEnum):
    """What is shown before anything is done."""

    EXIT = "exit"
    MY_DATA = "data"
    FORGET = "forget"
    TEAM = "team"
    CONSENT = "consent"
    TEAM_NO = "no_team"  # I do not write after all


class Trust(CallbackData, prefix="T"):
    """Open one of those pages."""

    page: TrustPage


class ClearAll(CallbackData, prefix="Tx"):
    """Clear this chat now."""


class ClearNow(CallbackData, prefix="Tn"):
    """What is to be cleared in ten minutes is cleared now."""


class DeleteSent(CallbackData, prefix="Td"):
    """Delete that message of my own."""

    message: int


class Forget(CallbackData, prefix="Tf"):
    """Delete my data; whether that visit shall be all the same (0: none is booked)."""

    visit: int
    come: bool


class CallMe(CallbackData, prefix="Tc"):
    """Please call me, with an interpreter."""


class AnswerThread(CallbackData, prefix="Ta"):
    """Staff: I answer what a parent wrote."""

    thread: int


class Threads(CallbackData, prefix="Tk"):
    """Staff: what parents have written and nobody has answered."""


class ConsentAgain(CallbackData, prefix="Ty"):
    """Yes or no to the words as they are now."""

    yes: bool
