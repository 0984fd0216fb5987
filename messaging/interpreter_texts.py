"""The interpreter in words: what a parent wishes, what staff have booked (mission D9)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.i18n import Tongue
from messaging.interpreter_buttons import (
    ASK,
    WHOM,
    WHOM_ELSE,
    InterpreterBooked,
    WishInterpreter,
)
from messaging.keyboards import Button, Message, lay_out
from messaging.marks import N_
from messaging.plain import plain
from messaging.texts import back_button, menu_rows, more_button
from messaging.visit_texts import at
from programme.people import InterpreterWish, Why

_LINES: dict[InterpreterWish | None, str] = {
    # Translators: on a family's page for staff. {language} is its name, in your language.
    InterpreterWish.WOMAN: N_("Interpreter wanted: {language}, rather a woman."),
    InterpreterWish.MAN: N_("Interpreter wanted: {language}, rather a man."),
    InterpreterWish.PHONE: N_("Interpreter wanted: {language}, rather by phone."),
    InterpreterWish.ANY: N_("Interpreter wanted: {language}."),
    InterpreterWish.NO: N_("No interpreter wanted: {language}."),
    None: N_("Interpreter wanted: {language}."),
}


def do_you_want(t: Tongue) -> Message:
    """Whether an interpreter is wanted at all."""
    text = t.gettext(
        "Would you like an interpreter at our visits? It is free.\n"
        "The interpreter may not tell anybody what you say.\n"
        "A relative or a friend cannot be the interpreter."
    )
    buttons = [
        _wish(t.gettext("Yes, please"), WHOM),
        _wish(t.gettext("No thanks"), InterpreterWish.NO),
        back_button(t),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def whom(t: Tongue) -> Message:
    """Whom they would rather have."""
    buttons = [
        _wish(t.gettext("A woman"), InterpreterWish.WOMAN),
        _wish(t.gettext("A man"), InterpreterWish.MAN),
        more_button(t, WishInterpreter(wish=WHOM_ELSE).pack()),
    ]
    return Message(_whom(t), lay_out(buttons, t.one_per_row))


def whom_else(t: Tongue) -> Message:
    """The other answers."""
    buttons = [
        _wish(t.gettext("By phone"), InterpreterWish.PHONE),
        _wish(t.gettext("It does not matter"), InterpreterWish.ANY),
        _wish(t.gettext("Back"), ASK),
    ]
    return Message(_whom(t), lay_out(buttons, t.one_per_row))


def _whom(t: Tongue) -> str:
    return t.gettext("Whom would you rather have as interpreter?")


def _wish(label: str, wish: str) -> Button:
    return Button(label, WishInterpreter(wish=wish).pack())


def noted(t: Tongue, wished: InterpreterWish, language: str, rest: Why | None) -> Message:
    """The wish is kept."""
    if wished is InterpreterWish.NO:
        text: str = t.gettext(
            "That is fine. We come without an interpreter.\nYou can change your mind when you want."
        )
    else:
        text = t.fill(
            t.gettext(
                "Thank you! We try to book an interpreter who speaks {language}.\n"
                "We cannot always get whom you would rather have."
            ),
            language=language,
        )
    return Message(text, menu_rows(t, rest))


def wanted_line(t: Tongue, wish: InterpreterWish | None, language: str) -> str:
    """What a parent has said, or staff have registered; for a family's page."""
    return t.fill(t.gettext(_LINES[wish]), language=language)


def visit_line(t: Tongue, booked: bool) -> str:
    """Under a visit that needs one."""
    if booked:
        return t.gettext("An interpreter is booked for this visit.")
    return t.gettext("An interpreter is wanted for this visit, and not booked.")


def is_booked_button(
    t: Tongue, family: int, booking: int, starts_at: datetime, zone: ZoneInfo
) -> Button:
    """One tap of staff's: it is booked."""
    label = at(t, t.gettext("Interpreter is booked: {date}"), starts_at, zone)
    return Button(plain(label), InterpreterBooked(family=family, booking=booking).pack())
