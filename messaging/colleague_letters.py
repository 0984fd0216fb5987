"""Letters to staff about somebody of the team, in words (mission H1, H2)."""

from collections.abc import Iterator

from messaging.i18n import Tongue
from messaging.keyboards import Rows
from messaging.staff_texts import role_name
from programme.desk_letters import UnusualLooks
from programme.letters import Letter


def body(letter: Letter, t: Tongue) -> str | None:
    """All lines of the letter; None for one about something else."""
    match letter:
        case UnusualLooks():
            return "\n".join(_looks(letter, t))
        case _:
            return None


def rows(_letter: Letter, _t: Tongue) -> Rows:
    """What can be answered."""
    return ()


def _looks(letter: UnusualLooks, t: Tongue) -> Iterator[str]:
    # Translators: to an administrator; it accuses nobody. {role} is such as: nurse.
    text = t.ngettext(
        "{name}, {role}, opened {n} family in a short time on {date}.",
        "{name}, {role}, opened {n} families in a short time on {date}.",
        letter.families,
    )
    who, day = role_name(t, letter.role), t.date(letter.day)
    yield t.fill(text, name=letter.name, role=who, n=letter.families, date=day)
    if n := letter.others:
        text = t.ngettext(
            "{n} of them is on a colleague's list.",
            "{n} of them are on a colleague's list.",
            n,
        )
        yield t.fill(text, n=n)
    yield t.gettext("There may be a good reason. Please ask about it.")
