"""Button data of the guide; see `callbacks.py`."""

from messaging.callbacks import CallbackData


class Guide(CallbackData, prefix="G"):
    """Show the pages of the guide, so many screens on."""

    screen: int = 0


class GuidePage(CallbackData, prefix="Gp"):
    """Show the page with that code."""

    code: str
