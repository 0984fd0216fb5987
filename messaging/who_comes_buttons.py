"""Buttons by which staff choose who comes, while they propose or book (mission D2)."""

from messaging.callbacks import CallbackData


class WhoComes(CallbackData, prefix="Mw"):
    """Who is to come, as far as that is chosen; then times for them."""

    draft: int
    first: int = 0
    second: int = 0
    now: bool = False  # agreed by phone: one of the times is booked at once
