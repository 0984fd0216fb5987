"""Buttons under the message that shows how far a notice is. Checked against who presses."""

from enum import StrEnum

from messaging.callbacks import CallbackData


class Steering(StrEnum):
    """What is done with a notice that leaves."""

    PAUSE = "p"
    RESUME = "r"
    STOP = "s"  # asks once
    STOP_SURE = "y"
    LOOK = "l"  # how far it is, and nothing else


class Steer(CallbackData, prefix="NS"):
    """That, with that notice."""

    notice: int
    act: Steering
