"""Buttons of looks: staff say why they open a family, a parent asks who has opened theirs."""

from messaging.callbacks import CallbackData
from programme.looks import LookWhy


class OpenWith(CallbackData, prefix="La"):
    """Staff: open that family of a colleague's list, for that reason."""

    family: int
    why: LookWhy


class WhoLooked(CallbackData, prefix="Lb"):
    """Who of the staff has opened my family's page; so many lines are passed."""

    n: int = 0
