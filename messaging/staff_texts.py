"""What staff say or hand over, in the family's language."""

from messaging.i18n import Tongue


def invitation(t: Tongue) -> str:
    """To be said aloud, or written, with a family's personal link."""
    return t.gettext(
        "Open this link on your phone, in Telegram.\n"
        "There you get reminders of home visits, and tips, in your language.\n"
        "It is free and voluntary."
    )
