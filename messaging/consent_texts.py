"""Asked again, because the words about what is saved have changed (mission B5)."""

from zoneinfo import ZoneInfo

from messaging.i18n import Tongue
from messaging.join_texts import ask_consent
from messaging.keyboards import Button, Message, Rows, lay_out
from messaging.texts import menu_rows
from messaging.trust_buttons import ConsentAgain, Trust, TrustPage
from programme.letters import ConsentAsk, Letter
from programme.people import Why


def body(letter: Letter, t: Tongue, _zone: ZoneInfo) -> str | None:
    """The words of that letter; None if it is none."""
    if not isinstance(letter, ConsentAsk):
        return None
    return t.gettext(
        "The words about what we save have changed.\n"
        "Please read them, and say yes or no again.\n"
        "Until then you get messages about your visits, but no tips."
    )


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """To the words themselves."""
    if isinstance(letter, ConsentAsk):
        return lay_out([_read(t)], t.one_per_row)
    return ()


def _read(t: Tongue) -> Button:
    # Translators: on a button: read the words about what is saved, and answer.
    return Button(t.gettext("Read and answer"), Trust(page=TrustPage.CONSENT).pack())


def ask_again(t: Tongue) -> Message:
    """The same question as on the way in, in its new words."""
    yes = Button(t.gettext("Yes, that is fine"), ConsentAgain(yes=True).pack())
    no = Button(t.gettext("No thanks"), ConsentAgain(yes=False).pack())
    return Message(ask_consent(t).text, lay_out([yes, no], t.one_per_row))


def said_yes(t: Tongue, rest: Why | None) -> Message:
    """Everything goes on."""
    return Message(t.gettext("Thank you! Then everything goes on as before."), menu_rows(t, rest))
