"""Buttons with which a parent says yes or no to research, for themselves."""

from messaging.callbacks import CallbackData


class Research(CallbackData, prefix="rs"):
    """The page about research."""


class ResearchAnswer(CallbackData, prefix="rw"):
    """My own yes, or no."""

    yes: bool
