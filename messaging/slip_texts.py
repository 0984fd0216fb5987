"""A visit's slip in the chat of staff: its button, in which language, the file (mission B13)."""

from collections.abc import Sequence

from messaging.booking_buttons import PrintSlip, ShowBooking
from messaging.i18n import Tongue
from messaging.keyboards import Button, File, Message, one_each


def slip_button(t: Tongue, family: int, booking: int) -> Button:
    """To the slip of a visit that lies ahead."""
    # Translators: on a button: one visit on paper, for a family without the chat.
    label = t.gettext("Print the slip")
    return Button(label, PrintSlip(family=family, booking=booking).pack())


def slip_in_which(t: Tongue, family: int, booking: int, codes: Sequence[str]) -> Message:
    """In which language is it wanted on paper."""
    buttons = [
        Button(
            t.language_name(code).capitalize(),
            PrintSlip(family=family, booking=booking, language=code).pack(),
        )
        for code in codes
    ]
    back = Button(t.gettext("Back"), ShowBooking(family=family, booking=booking).pack())
    text = t.gettext("In which language shall the slip be printed?")
    return Message(text, one_each([*buttons, back]))


def slip_to_print(t: Tongue, code: str, slip: File) -> Message:
    """The file."""
    said = t.fill(t.gettext("The slip in {language}, to print."), language=t.language_name(code))
    return Message(said, file=slip)
