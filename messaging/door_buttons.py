"""Typed buttons of staff on the list for the door; ids are checked against who presses (E8)."""

from messaging.callbacks import CallbackData


class Doors(CallbackData, prefix="D"):
    """What one signs up for, by time; all of it, or of one activity."""

    page: int = 0
    activity: int = 0


class Door(CallbackData, prefix="DL"):
    """Who has a place at that occasion."""

    activity: int
    occasion: int
    page: int = 0


class Tick(CallbackData, prefix="DT"):
    """They came, or they did not."""

    signup: int
    occasion: int
    came: bool
    page: int = 0


class PrintDoor(CallbackData, prefix="DP"):
    """The list on paper."""

    activity: int
    occasion: int
