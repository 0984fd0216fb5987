"""Why a colleague opens a family, and who has opened it: what staff and parents read (H2, B14)."""

from collections.abc import Sequence
from datetime import date

from messaging.callbacks import STAFF_FAMILIES, StaffPage
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, lay_out, one_each
from messaging.look_buttons import Because, OpenWith, WhoLooked
from messaging.marks import N_
from messaging.staff_texts import role_name
from messaging.trust_buttons import Trust, TrustPage
from programme.looks import LookWhy
from programme.people import Role

PER_PAGE = 3  # lines that fit on a screen of 60 words

_CHOICES: dict[Because, str] = {
    # Translators: on a button for staff: why I open a family of a colleague. So the next two.
    Because.COVERING: N_("I cover for a colleague"),
    Because.TAKING_OVER: N_("I take over from a colleague"),
    Because.OTHER: N_("Another reason"),
}
_WHYS: dict[LookWhy, str] = {
    # Translators: to a parent: why somebody of the staff opened the family's page. {date} is a
    # day, {name} a first name, {role} their work, such as nurse. So the next six.
    LookWhy.VISITS: N_("{date}: {name}, {role}. Comes to your family."),
    LookWhy.NEW: N_("{date}: {name}, {role}. Plans your visits."),
    LookWhy.LEADS: N_("{date}: {name}, {role}. Leads the team."),
    LookWhy.COVERING: N_("{date}: {name}, {role}. Helped a colleague."),
    LookWhy.TAKING_OVER: N_("{date}: {name}, {role}. Takes over from a colleague."),
    LookWhy.ASKED: N_("{date}: {name}, {role}. You had asked for it."),
    LookWhy.OTHER: N_("{date}: {name}, {role}. Another reason."),
}


def why_open(t: Tongue, family: int) -> Message:
    """Staff press on a family of a colleague's list."""
    text = t.gettext(
        "This family is on a colleague's list. Why do you open it?\n"
        "The family can see who opened it, and why."
    )
    buttons = [
        Button(t.gettext(label), OpenWith(family=family, why=why).pack())
        for why, label in _CHOICES.items()
    ]
    return Message(text, one_each(buttons))


def _to_families(t: Tongue) -> Button:
    return Button(t.gettext("Back"), StaffPage(page=STAFF_FAMILIES).pack())


def write_reason(t: Tongue) -> Message:
    """A reason of their own."""
    text = t.gettext(
        "Write the reason in a few words, on one line. No names.\n"
        "The family sees only: another reason. Who runs Lotsen can read it."
    )
    return Message(text, one_each([_to_families(t)]))


def who_looked_button(t: Tongue) -> Button:
    """To who has opened the family's page."""
    # Translators: on a button for parents: who of the staff has opened our page in Lotsen.
    return Button(t.gettext("Who has looked?"), WhoLooked().pack())


Line = tuple[date, str, Role | None, LookWhy]  # the day, who, their work, and why


def who_looked(t: Tongue, lines: Sequence[Line], in_lists: Sequence[str], start: int) -> Message:
    """Who of the staff has opened the family's page, the newest first.

    From the beginning again where nothing is left so far on: older looks go with time.
    """
    start = start if 0 <= start < len(lines) else 0
    shown = lines[start : start + PER_PAGE]
    said: list[str] = [t.gettext("Your page in Lotsen was opened by:")] if shown else []
    if not lines:
        said.append(t.gettext("Nobody of the staff has opened your page."))
    said += [_line(t, *each) for each in shown]
    if in_lists and start == 0:
        text = t.gettext("In lists of the team you were seen by {names}.")
        said.append(t.fill(text, names=t.listing(in_lists)))
    more = []
    if len(lines) > start + PER_PAGE:
        more.append(Button(t.gettext("More"), WhoLooked(n=start + PER_PAGE).pack()))
    # Translators: on a button: back to what is saved about me.
    back = Button(t.gettext("Back"), Trust(page=TrustPage.MY_DATA).pack())
    return Message("\n".join(said), lay_out([*more, back], t.one_per_row))


def _line(t: Tongue, day: date, name: str, role: Role | None, why: LookWhy) -> str:
    if why is LookWhy.OPERATOR or role is None:
        # Translators: to a parent, in a list of who opened the family's page.
        return t.fill(
            t.gettext("{date}: who runs Lotsen's computers."), date=t.date(day, with_year=True)
        )
    text = t.gettext(_WHYS[why])
    day_said = t.date(day, with_year=True)
    return t.fill(text, date=day_said, name=name, role=role_name(t, role))
