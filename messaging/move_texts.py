"""What a parent reads after the answer to a move."""

from messaging.i18n import Tongue


def new_team(t: Tongue, area: str) -> str:
    """Yes: another team takes over."""
    text = t.gettext("Thank you! The team in {area} will contact you about new times.")
    return t.fill(text, area=area)


def same_team(t: Tongue) -> str:
    """No: everything stays."""
    return t.gettext("That is fine. Everything stays as it is.")
