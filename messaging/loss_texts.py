"""What parents read after something hard has happened: little, calm, and never again.

It thanks for nothing, asks nothing, offers nothing, and does not name what has happened.
"""

from messaging.callbacks import Loss, LossUndo
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, Rows, lay_out


def loss_button(t: Tongue) -> Button:
    """The button under *Stop*."""
    # Translators: on a button. Whoever has lost a child presses it. Do not name what has happened.
    return Button(t.gettext("Something hard has happened"), Loss().pack())


def gone_quiet(t: Tongue) -> Message:
    """The one answer to whoever pressed it. With Undo."""
    # Translators: the last message to parents after a loss. Calm and warm; no thanks, no faith.
    text = t.gettext(
        "It will be quiet here now. No more messages come.\n"
        "You do not need to do anything or explain anything.\n"
        "Your team is told that it should be quiet here.\n"
        "If you want to talk to a person, you can call BVC (the child health centre), "
        "or 1177 day and night.\n"
        "We are thinking of you."
    )
    return Message(text, _undo(t))


def resting(t: Tongue, may_undo: bool) -> Message:
    """Whatever is written or pressed afterwards. Undo is only for who knows what it takes back."""
    text = t.gettext(
        "Messages from Lotsen rest now.\n"
        "You reach a person by phone: BVC (the child health centre), or 1177 day and night.\n"
        "Call 112 if someone is in danger."
    )
    return Message(text, _undo(t) if may_undo else ())


def speaking_again(t: Tongue) -> str:
    """It was taken back."""
    return t.gettext("Now messages come again, as before.")


def undo_is_over(t: Tongue) -> str:
    """After a day only a person can take it back."""
    # Translators: staff at BVC can turn the messages on again; a button cannot any more.
    return t.gettext(
        "This button does not work any more.\n"
        "If you want messages again: call BVC (the child health centre)."
    )


def _undo(t: Tongue) -> Rows:
    return lay_out([Button(t.gettext("Undo"), LossUndo().pack())], t.one_per_row)
