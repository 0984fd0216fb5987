"""Typed buttons of a colleague who is ill, or has left (mission D10)."""

from messaging.callbacks import CallbackData


class WhoIsIll(CallbackData, prefix="Hx"):
    """Staff ask: who is ill?"""


class IllUntil(CallbackData, prefix="Hu"):
    """That one is ill until the end of that day; no day yet: ask."""

    staff: int
    last_day: str | None = None  # ISO: the label named this day, however late the press


class Settle(CallbackData, prefix="Hd"):
    """Show that one's visits, or give them on now."""

    staff: int
    now: bool
