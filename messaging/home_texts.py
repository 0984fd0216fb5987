"""Two homes and protected identity in words (mission B15). Never a word of why."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.callbacks import MENU_OTHER, Menu, StaffFamily
from messaging.home_buttons import (
    ASK,
    CHAT,
    JOIN,
    MORE,
    PROTECT,
    PROTECTED,
    SPLIT,
    YES,
    ChangeHome,
    HomeLink,
    SecondHome,
    StaffHomes,
    TwoHomes,
)
from messaging.i18n import Tongue
from messaging.isolates import Ready, Value
from messaging.keyboards import Button, Message, Rows, lay_out, one_each
from messaging.marks import N_
from messaging.plain import plain
from messaging.registering_texts import protected_line
from messaging.texts import back_button, menu_rows
from messaging.visit_texts import at
from programme.people import GuardianRole, Why

FIRST, SECOND, NOBODY = "first", "second", "nobody"
SHOWN = 2  # visits that are named before one says who has them

_PARENTS: dict[GuardianRole | None, str] = {
    # Translators: who of a family, on a staff page. {language} is its name, in your language.
    GuardianRole.BIRTHING: N_("The birthing parent, {language}"),
    GuardianRole.OTHER_PARENT: N_("The other parent, {language}"),
    GuardianRole.OTHER_ADULT: N_("Another adult, {language}"),
    None: N_("A parent, {language}"),
}


def two_homes_button(t: Tongue) -> Button:
    """Opens the question, from the page about the other parent."""
    return Button(t.gettext("Two homes"), TwoHomes(keeps=ASK).pack())


def two_homes(t: Tongue) -> Message:
    """What it means that parents live apart; nothing has happened yet."""
    text = t.gettext(
        "Do the child's parents live in two homes?\n"
        "Then you see only your own visits. The other parent does not see when, where or with "
        "whom you meet us.\n"
        "I do not tell the other parent."
    )
    yes = Button(t.gettext("Yes, two homes"), TwoHomes(keeps=YES).pack())
    return Message(text, lay_out([yes, _back(t)], t.one_per_row))


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), Menu(page=MENU_OTHER).pack())


def who_has_the_visits(t: Tongue, times: Sequence[datetime], zone: ZoneInfo) -> Message:
    """Visits are booked: with whom will they be?"""
    text = t.gettext("A visit is booked: {date} at {time}.")
    visits = [at(t, text, each, zone) for each in times[:SHOWN]]
    lines: list[str] = [*visits, t.gettext("Who has the visit?"), _they_know(t)]
    buttons = [
        _keeps(t.gettext("I have it"), FIRST),
        # Translators: on a button: the visit is with the other parent, in their home.
        _keeps(t.gettext("The other parent has it"), SECOND),
        _keeps(t.gettext("New time"), NOBODY),
    ]
    return Message("\n".join(lines), lay_out(buttons, t.one_per_row))


def _they_know(t: Tongue) -> str:
    return t.gettext(
        "The other parent may know this time. If you have it, they read that it is cancelled.\n"
        "If you want, we find a new time that only you know."
    )


def _keeps(label: str, keeps: str) -> Button:
    return Button(label, TwoHomes(keeps=keeps).pack())


def are_two_homes(t: Tongue, rest: Why | None) -> Message:
    """It is done; the same words whoever was first."""
    text = t.gettext(
        "Done. From now on you see only your own visits.\n"
        "The other parent sees nothing of them. Talk to us if you want to change this."
    )
    return Message(text, menu_rows(t, rest))


def other_parent_rows(t: Tongue) -> Rows:
    """Under the link for another parent."""
    return lay_out([two_homes_button(t), back_button(t)], t.one_per_row)


def parent_name(t: Tongue, role: GuardianRole | None, language: str) -> Ready:
    """Who of a family, as a value."""
    return t.fill(t.gettext(_PARENTS[role]), language=language)


def home_line(t: Tongue, home: int) -> str:
    """What follows is of that home."""
    # Translators: a heading on a family's page for staff; two homes are called 1 and 2.
    return t.fill(t.gettext("Home {home}:"), home=home)


def home_empty(t: Tongue) -> str:
    """Nobody of that home uses the chat."""
    return t.gettext("Nobody here uses the chat. Please phone.")


def both_homes_line(t: Tongue) -> str:
    """What follows is of both."""
    return t.gettext("Both homes:")


def about_home(t: Tongue, home: int) -> str:
    """The last line of a letter to staff about one of two homes."""
    return t.fill(t.gettext("It is about home {home} of the two."), home=home)


def more_button_of(t: Tongue, family: int) -> Button:
    """Opens what else there is about a family."""
    return Button(t.gettext("Homes and chat"), StaffHomes(family=family, act=MORE).pack())


def more_about(
    t: Tongue,
    family: int,
    split: bool,
    protected: bool,
    parents: Sequence[tuple[int, int, Value]],
) -> Message:
    """One home or two, chat or none, and what can be changed; `parents`: id, home, who."""
    homes = t.gettext("The family has two homes. Each parent sees only their own visits.")
    lines = [homes if split else t.gettext("The family has one home.")]
    lines.append(protected_line(t) if protected else t.gettext("The chat may be used."))
    buttons = [*_moves(t, family, parents), *_links(t, family, protected)] if split else []
    if split:
        buttons.append(_act(t.gettext("One home again"), family, JOIN))
    else:
        buttons.append(_act(t.gettext("Two homes"), family, SPLIT))
    if protected:
        buttons.append(_act(t.gettext("The chat may be used again"), family, CHAT))
    else:
        buttons.append(_act(t.gettext("Protected identity"), family, PROTECT))
    return Message("\n".join(lines), one_each([*buttons, _to(t, family)]))


def _moves(t: Tongue, family: int, parents: Sequence[tuple[int, int, Value]]) -> list[Button]:
    text = t.gettext("{parent}: to home {home}")
    return [
        Button(
            plain(t.fill(text, parent=who, home=3 - home)),
            ChangeHome(family=family, guardian=number).pack(),
        )
        for number, home, who in parents
    ]


def _links(t: Tongue, family: int, protected: bool) -> list[Button]:
    text = t.gettext("Link for home {home}")
    return [
        Button(plain(t.fill(text, home=home)), HomeLink(family=family, home=home).pack())
        for home in (1, 2)
        if not protected
    ]


def _act(label: str, family: int, act: str) -> Button:
    return Button(label, StaffHomes(family=family, act=act).pack())


def _to(t: Tongue, family: int) -> Button:
    return Button(t.gettext("Back"), StaffFamily(family=family).pack())


def which_second(t: Tongue, family: int, parents: Sequence[tuple[int, Ready]]) -> Message:
    """Staff split a family: who lives in the second home?"""
    text = t.gettext(
        "Two homes: each parent sees only their own visits. Neither sees when, where or with whom "
        "the other meets us.\n"
        "The parents are not told. Links that nobody has used stop working.\n"
        "Who lives in the second home?"
    )
    buttons = [
        Button(plain(who), SecondHome(family=family, guardian=number, keeps=ASK).pack())
        for number, who in parents
    ]
    nobody = SecondHome(family=family, guardian=0, keeps=ASK)
    buttons.append(Button(t.gettext("Nobody yet"), nobody.pack()))
    return Message(text, one_each([*buttons, _to(t, family)]))


def other_home(t: Tongue) -> str:
    """That visit stands already, with the other home."""
    return t.gettext("This visit is booked with the other home. Each visit is booked once.")


def which_keeps(t: Tongue, family: int, guardian: int) -> Message:
    """Visits are booked: with which home will they be?"""
    text = t.gettext(
        "Visits are booked. Which home has them?\n"
        "The other home reads that they are cancelled, and may remember the times."
    )

    def button(label: str, keeps: str) -> Button:
        return Button(label, SecondHome(family=family, guardian=guardian, keeps=keeps).pack())

    buttons = [
        button(t.gettext("The first home"), FIRST),
        button(t.gettext("The second home"), SECOND),
        button(t.gettext("Neither: we find new times"), NOBODY),
    ]
    return Message(text, one_each([*buttons, _to(t, family)]))


def protect_question(t: Tongue, family: int) -> Message:
    """What protected identity means here."""
    text = t.gettext(
        "Protected identity: Lotsen writes nothing to the parents any more, and their chats show "
        "nothing.\n"
        "Links that nobody has used stop working. Staff see the family, and phone.\n"
        "What is written in Telegram already stays there."
    )
    yes = _act(t.gettext("No chat from now on"), family, PROTECTED)
    return Message(text, one_each([yes, _to(t, family)]))
