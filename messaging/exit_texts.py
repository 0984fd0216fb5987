"""Clearing the chat: what a person reads who must be careful with their phone (mission B12)."""

from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, Rows, lay_out
from messaging.texts import back_button, emergency
from messaging.trust_buttons import ClearAll, ClearNow


def neutral_line(t: Tongue) -> str:
    """What an old message says after it was cleared: nothing."""
    return t.gettext("Hi from Lotsen!")


def before_clearing(t: Tongue) -> Message:
    """What will happen, and what will stay: said before it is done."""
    text = t.gettext(
        "I can clear this chat.\n"
        "I delete what is from the last 2 days. I make older messages empty.\n"
        "The chat itself stays in your list. You can delete it there yourself.\n"
        "Visits and messages that are coming stay as they are."
    )
    buttons = [Button(t.gettext("Clear now"), ClearAll().pack()), back_button(t)]
    return Message(text, lay_out(buttons, t.one_per_row))


def cleared(t: Tongue) -> Message:
    """It is being done. This, too, is gone after ten minutes."""
    text = t.gettext(
        "Done. The chat is empty now.\n"
        "The chat stays in your list. To remove it: hold your finger on it there, "
        "and choose to delete.\n"
        "Pictures and files that are older than 2 days, and what you wrote before that, "
        "you must delete yourself."
    )
    return Message(text, clear_rows(t))


def danger(t: Tongue) -> Message:
    """Who helps at once; and that question and answer are gone in ten minutes, or now."""
    return Message(f"{emergency(t)}\n{fades_soon(t)}", clear_rows(t))


def fades_soon(t: Tongue) -> str:
    """The line under what nobody should find on the phone later."""
    # Translators: what you wrote, and this answer. As short as it can be.
    return t.gettext("I delete this in 10 minutes.")


def clear_rows(t: Tongue) -> Rows:
    """*Clear now* alone."""
    return lay_out([Button(t.gettext("Clear now"), ClearNow().pack())], t.one_per_row)


def deleted(t: Tongue) -> str:
    """One message of the person's own was deleted."""
    return t.gettext("I have deleted what you sent.")
