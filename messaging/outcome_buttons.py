"""What the buttons after a visit say."""

from messaging.callbacks import CallbackData
from programme.follow_up import Offer, Tick


class VisitDone(CallbackData, prefix="Fd"):
    """It was done, as usual."""

    family: int
    booking: int


class NeverWas(CallbackData, prefix="Fn"):
    """It was not held, and everybody knew."""

    family: int
    booking: int


class NotHeld(CallbackData, prefix="Fx"):
    """It was called done, and was not: all that was counted of it is taken back."""

    family: int
    booking: int


class WasHeld(CallbackData, prefix="Fq"):
    """Nobody was at home, somebody said; but it was held."""

    family: int
    booking: int


class ShowOutcome(CallbackData, prefix="Fo"):
    """What is ticked for a visit; `offers`: the page of what the family was shown the way to."""

    family: int
    booking: int
    offers: bool = False


class TurnTick(CallbackData, prefix="Ft"):
    """That was so, or was not."""

    family: int
    booking: int
    tick: Tick


class TurnOffer(CallbackData, prefix="Fg"):
    """The family was shown the way to that, or was not."""

    family: int
    booking: int
    offer: Offer
