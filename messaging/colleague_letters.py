"""Letters to staff about somebody of the team, in words (mission H1, H2)."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from messaging.i18n import Tongue
from messaging.keyboards import Button, Rows, one_each
from messaging.register_buttons import MEMBER_SHOW, Member
from messaging.staff_texts import role_name
from messaging.team_texts import confirm_button, rest_button
from programme.desk_letters import AccessRests, ConfirmColleague, UnusualLooks
from programme.letters import Letter
from programme.localtime import on_the_clock


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """All lines of the letter; None for one about something else."""
    match letter:
        case UnusualLooks():
            return "\n".join(_looks(letter, t))
        case ConfirmColleague():
            return _confirm(letter, t, zone)
        case AccessRests():
            return _rests(letter, t, zone)
        case _:
            return None


def rows(letter: Letter, t: Tongue) -> Rows:
    """What can be answered."""
    if not isinstance(letter, ConfirmColleague):
        return ()
    show = Member(staff=letter.who, act=MEMBER_SHOW)
    # Translators: on a button: something else about a colleague, such as: has left.
    other = Button(t.gettext("No, or something else"), show.pack())
    return one_each([confirm_button(t, letter.who), rest_button(t, letter.who), other])


def _confirm(letter: ConfirmColleague, t: Tongue, zone: ZoneInfo) -> str:
    # Translators: to a coordinator, twice a year. {role} is such as: nurse.
    text = t.gettext(
        "Does {name}, {role}, still work here?\n"
        "Without an answer their access to Lotsen rests from {date}."
    )
    day, role = on_the_clock(letter.by, zone).date(), role_name(t, letter.role)
    return t.fill(text, name=letter.name, role=role, date=t.date(day))


def _rests(letter: AccessRests, t: Tongue, zone: ZoneInfo) -> str:
    text = t.gettext(
        "Nobody has answered yet whether you still work here.\n"
        "Please ask your coordinator. Otherwise your access to Lotsen rests from {date}."
    )
    return t.fill(text, date=t.date(on_the_clock(letter.by, zone).date()))


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
