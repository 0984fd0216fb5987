"""Typed buttons of two homes and of protected identity (mission B15)."""

from messaging.callbacks import CallbackData

ASK, YES = "ask", "yes"  # show what it means; go on, to the booked visits if there are any
MORE, SPLIT, JOIN, PROTECT, PROTECTED, CHAT = "more", "split", "join", "pask", "prot", "chat"


class TwoHomes(CallbackData, prefix="H"):
    """A parent splits the family; `keeps`: who has the booked visits, or ASK, YES."""

    keeps: str


class StaffHomes(CallbackData, prefix="Hs"):
    """Staff see or do that: one of the words above."""

    family: int
    act: str


class SecondHome(CallbackData, prefix="Hg"):
    """That parent lives in the second home, 0: nobody yet; `keeps`: as above."""

    family: int
    guardian: int
    keeps: str


class HomeLink(CallbackData, prefix="Hl"):
    """A link that opens that one of two homes."""

    family: int
    home: int


class ChangeHome(CallbackData, prefix="Hc"):
    """That parent lives in the other of the two homes."""

    family: int
    guardian: int
