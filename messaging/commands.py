"""The commands of the chat's menu, with their descriptions in each language."""

from messaging.i18n import Tongue
from messaging.marks import N_

COMMANDS: dict[str, str] = {
    # Translators: in Telegram's menu of commands, and on a button.
    "plan": N_("What is coming"),
    "guide": N_("Parent guide"),
    "places": N_("Places and opening hours"),
    "pause": N_("Pause or stop"),
    "stop": N_("Stop messages"),
    "language": N_("Change language"),
    "team": N_("Write to your team"),
    "clear": N_("Clear this chat"),
    "mydata": N_("My data"),
    "forget": N_("Delete my data"),
    "help": N_("Help"),
}


def commands(t: Tongue) -> list[tuple[str, str]]:
    """Each command with its description."""
    return [(name, t.gettext(description)) for name, description in COMMANDS.items()]
