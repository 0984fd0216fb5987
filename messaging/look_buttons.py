"""Buttons of looks: staff say why they open a family, a parent asks who has opened theirs."""

from enum import StrEnum

from messaging.callbacks import CallbackData


class Because(StrEnum):
    """What staff can say; each is a reason of programme/looks.py."""

    COVERING = "covering"
    TAKING_OVER = "taking_over"
    OTHER = "other"


class OpenWith(CallbackData, prefix="La"):
    """Staff: open that family of a colleague's list, for that reason."""

    family: int
    why: Because


class WhoLooked(CallbackData, prefix="Lb"):
    """Who of the staff has opened my family's page; so many lines are passed."""

    n: int = 0
