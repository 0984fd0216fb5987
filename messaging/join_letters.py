"""Letters to parents about who joins: is this the right person, welcome."""

from zoneinfo import ZoneInfo

from messaging.callbacks import JoinAnswer
from messaging.i18n import Tongue
from messaging.keyboards import Button, Rows, lay_out
from programme.letters import JoinAsk, Joined, Letter


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """The words of such a letter; None if it is none."""
    match letter:
        case JoinAsk():
            return _ask(letter, t)
        case Joined():
            return _welcome(t)
        case _:
            return None


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """Its buttons: yes or no to who opened the link."""
    if not isinstance(letter, JoinAsk):
        return ()
    yes = JoinAnswer(joiner=letter.joiner_id, yes=True)
    no = JoinAnswer(joiner=letter.joiner_id, yes=False)
    buttons = [Button(t.gettext("Yes, it is"), yes.pack()), Button(t.gettext("No"), no.pack())]
    return lay_out(buttons, t.one_per_row)


def _ask(letter: JoinAsk, t: Tongue) -> str:
    if not letter.name:  # nothing was left of it but signs that are no letters
        return t.gettext(
            "Somebody has opened your link.\n"
            "Is it the person you sent it to?\n"
            "If you say yes, they get the same messages as you."
        )
    return t.fill(
        # Translators: {name} is the first name that the other person's phone shows.
        t.gettext(
            "Somebody has opened your link.\n"
            "The name on their phone: {name}\n"
            "Is it the person you sent it to?\n"
            "If you say yes, they get the same messages as you."
        ),
        name=letter.name,
    )


def _welcome(t: Tongue) -> str:
    return t.gettext(
        "Welcome! The other parent said yes.\n"
        "I am a computer program, not a person.\n"
        "I remind you about home visits and give tips.\n"
        "I never ask for your personal number, BankID or money."
    )
