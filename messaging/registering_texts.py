"""What staff read while they register a family, step by step, and what they hand over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from messaging import qr, spoken
from messaging.callbacks import STAFF_MENU, StaffFamily, StaffPage
from messaging.i18n import Languages, Tongue
from messaging.isolates import Sign
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.pickers import Asked, Days, month, months, quick_days
from messaging.register_buttons import (
    ANY_INTERPRETER,
    NO_INTERPRETER,
    CorrectFirst,
    Expected,
    FamilyArea,
    FamilyLanguage,
    FamilySpoken,
    FirstChild,
    Interpreter,
    LinkForAnyone,
    ParentLink,
    Protected,
    RegisterNow,
    SpokenPage,
)
from messaging.team_texts import area_label, cancel_button, step_back_button
from programme.people import GuardianRole, InterpreterWish

BORN, DUE = "rgb", "rgd"  # which day a picker asks for
OTHER = "other"  # a language that is none of ours
_QUICK = 3
_SPOKEN_PER_PAGE = 8

_WISHES: dict[str, str] = {
    # Translators: on a button: which interpreter the family wants. So the next four.
    NO_INTERPRETER: N_("No interpreter"),
    ANY_INTERPRETER: N_("Yes, any interpreter"),
    InterpreterWish.WOMAN: N_("Yes, a woman"),
    InterpreterWish.MAN: N_("Yes, a man"),
    InterpreterWish.PHONE: N_("Yes, by phone"),
}
_SAID: dict[str, str] = {
    # Translators: in a list about a family. {language} is its name, in your language. So the next.
    ANY_INTERPRETER: N_("Interpreter: {language}."),
    InterpreterWish.WOMAN: N_("Interpreter: {language}, a woman."),
    InterpreterWish.MAN: N_("Interpreter: {language}, a man."),
    InterpreterWish.PHONE: N_("Interpreter: {language}, by phone."),
}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A family as it stands before it is registered."""

    area: str
    born: date | None
    due: date | None
    eligible: bool | None
    language: str  # one of ours, or the code of another
    wish: str
    label: str | None
    protected: bool


def _ways_out(t: Tongue, first: bool = False) -> tuple[tuple[Button, ...], ...]:
    return one_each([*([] if first else [step_back_button(t)]), cancel_button(t)])


def no_open_area(t: Tongue) -> Message:
    """Planned and closed areas have no families."""
    text = t.gettext("Your area is planned or closed. No families can join yet.")
    return Message(text, one_each([Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack())]))


def ask_area(t: Tongue, areas: Sequence[tuple[int, str]]) -> Message:
    """In which of my areas."""
    buttons = [
        Button(area_label(t, name), FamilyArea(area=number).pack()) for number, name in areas
    ]
    text = t.gettext("Where does the family live?")
    return Message(text, (*one_each(buttons), *_ways_out(t, first=True)))


def ask_born(t: Tongue, days: Days, first: bool) -> Message:
    """When was the child born: the last days, another day, or it is expected."""
    page = quick_days(t, Asked(t.gettext("When was the child born?"), BORN), days, _QUICK)
    # Translators: on a button: the child is not born yet.
    expected = Button(t.gettext("The child is expected"), Expected(on=True).pack())
    return replace(page, rows=(*page.rows, (expected,), *_ways_out(t, first)))


def born_month(t: Tongue, days: Days, shown: date, again: bool = False) -> Message:
    """The days of a month on which the child may have been born."""
    return _month(t, Asked(t.gettext("When was the child born?"), BORN), days, shown, again)


def due_month(t: Tongue, days: Days, shown: date, again: bool = False) -> Message:
    """The days of a month on which the child may be due."""
    return _month(t, Asked(t.gettext("When is the child due?"), DUE), days, shown, again)


def _month(t: Tongue, asked: Asked, days: Days, shown: date, again: bool) -> Message:
    page = month(t, asked.again(t) if again else asked, days, shown)
    return replace(page, rows=(*page.rows, *_to_days(t)))


def born_months(t: Tongue, days: Days, page: int) -> Message:
    """The months of a birth."""
    asked = Asked(t.gettext("When was the child born?"), BORN)
    shown = months(t, asked, days, page)
    return replace(shown, rows=(*shown.rows, *_to_days(t)))


def due_months(t: Tongue, days: Days, page: int) -> Message:
    """The months of a due date."""
    shown = months(t, Asked(t.gettext("When is the child due?"), DUE), days, page)
    return replace(shown, rows=(*shown.rows, *_to_days(t)))


def _to_days(t: Tongue) -> tuple[tuple[Button, ...], ...]:
    """Back to the first page of this question."""
    return one_each([Button(t.gettext("Back"), Expected(on=False).pack()), cancel_button(t)])


def ask_first_child(t: Tongue) -> Message:
    """First child, or first in Sweden: staff may know, or the parent is asked."""
    text = t.gettext("Is this the first child, or the first child in Sweden, for one of them?")
    buttons = [
        Button(t.gettext("Yes"), FirstChild(yes=True).pack()),
        Button(t.gettext("No"), FirstChild(yes=False).pack()),
        # Translators: on a button: I do not know; ask the parent.
        Button(t.gettext("Ask the parent"), FirstChild().pack()),
    ]
    return Message(text, (*one_each(buttons), *_ways_out(t)))


def ask_family_language(t: Tongue, languages: Languages) -> Message:
    """In which language the family is spoken to."""
    buttons = [
        Button(_upper(t.language_name(each.code)), FamilyLanguage(code=each.code).pack())
        for each in languages
    ]
    # Translators: on a button: the family speaks a language that is not in this list.
    other = Button(t.gettext("Other language"), FamilyLanguage(code=OTHER).pack())
    text = t.gettext("Which language does the family speak?")
    return Message(text, (*one_each([*buttons, other]), *_ways_out(t)))


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def ask_spoken(t: Tongue, codes: Sequence[str], page: int = 0) -> Message:
    """Which other one."""
    last = max(len(codes) - 1, 0) // _SPOKEN_PER_PAGE
    page = min(max(page, 0), last)
    shown = codes[page * _SPOKEN_PER_PAGE : (page + 1) * _SPOKEN_PER_PAGE]
    buttons = [
        Button(_upper(spoken.name_for(t, code)), FamilySpoken(code=code).pack()) for code in shown
    ]
    if page < last:
        buttons.append(Button(t.gettext("More"), SpokenPage(page=page + 1).pack()))
    missing = FamilySpoken(code=spoken.NOT_LISTED)
    # Translators: on a button: the language is in none of these lists.
    buttons.append(Button(t.gettext("It is not in the list"), missing.pack()))
    text = t.gettext("Which language does the family speak?")
    return Message(text, (*one_each(buttons), *_ways_out(t)))


def ask_interpreter(t: Tongue) -> Message:
    """Whether an interpreter is wanted, and which."""
    buttons = [
        Button(t.gettext(label), Interpreter(wish=wish).pack()) for wish, label in _WISHES.items()
    ]
    text = t.gettext("Does the family want an interpreter? Never a relative or a friend.")
    return Message(text, (*one_each(buttons), *_ways_out(t)))


def check_family(t: Tongue, draft: Draft) -> Message:
    """All that is known; a short word may be written now, or not."""
    lines = [t.gettext("Is this right?"), *_facts(t, draft)]
    if draft.label:
        lines.append(t.fill(t.gettext("Your word for the family: {label}."), label=draft.label))
    else:
        lines.append(
            t.gettext(
                "You can write a short word now, so that you know the family again. "
                "No names, no address, no numbers."
            )
        )
    if draft.protected:
        lines.append(protected_line(t))
        # Translators: on a button.
        label = t.gettext("No protected identity")
    else:
        # Translators: on a button: the family's identity is protected (skyddade personuppgifter).
        label = t.gettext("Protected identity")
    buttons = [
        # Translators: on a button: all is right.
        Button(t.gettext("Register"), RegisterNow().pack()),
        Button(label, Protected(on=not draft.protected).pack()),
    ]
    return Message("\n".join(lines), (*one_each(buttons), *_ways_out(t)))


def _facts(t: Tongue, draft: Draft) -> list[str]:
    day = draft.born or draft.due
    said = t.date(day, with_year=True) if day else "–"
    text = t.gettext("Born on {date}.") if draft.born else t.gettext("Expected on {date}.")
    area = t.fill(t.gettext("Area: {area}."), area=draft.area)
    language = t.fill(t.gettext("Language: {language}."), language=_named(t, draft.language))
    born = t.fill(text, date=said)
    return [area, born, first_child_line(t, draft.eligible), language, _interpreter(t, draft)]


def _named(t: Tongue, code: str) -> str:
    if code == spoken.NOT_LISTED:
        # Translators: inside a sentence: the language is one that is in none of our lists.
        return t.gettext("another language")
    return spoken.name_for(t, code)


def _interpreter(t: Tongue, draft: Draft) -> str:
    if draft.wish == NO_INTERPRETER:
        return t.gettext("Interpreter: no.")
    return t.fill(t.gettext(_SAID[draft.wish]), language=_named(t, draft.language))


def first_child_line(t: Tongue, eligible: bool | None) -> str:
    """The one answer, as it stands."""
    if eligible is None:
        return t.gettext("First child here: the parent is asked.")
    return t.gettext("First child here: yes.") if eligible else t.gettext("First child here: no.")


def protected_line(t: Tongue) -> str:
    """Why there is no link."""
    return t.gettext(
        "Protected identity: no chat, for Telegram is a company outside Sweden.\n"
        "Please phone, or meet."
    )


def is_registered(t: Tongue, family: int, area: str) -> str:
    """The family has its number."""
    return t.fill(t.gettext("Family {family} is registered in {area}."), family=family, area=area)


def registered_without_chat(t: Tongue, family: int, area: str) -> Message:
    """The same with protected identity."""
    text = f"{is_registered(t, family, area)}\n{protected_line(t)}"
    return Message(text, one_each([_page_button(t, family), _menu_button(t)]))


def _page_button(t: Tongue, family: int) -> Button:
    # Translators: on a button: opens the page about the family.
    return Button(t.gettext("The family's page"), StaffFamily(family=family).pack())


def _menu_button(t: Tongue) -> Button:
    # Translators: on a button: back to everything one can do.
    return Button(t.gettext("Menu"), StaffPage(page=STAFF_MENU).pack())


def link_to_show(t: Tongue, family: int, link: str, alone: bool = False) -> Message:
    """The picture to scan, the link to send; `alone`: without the words to say above it."""
    if alone:
        text = t.gettext(
            "Let the parent scan this picture, or send the link: {link}\n"
            "It works once, for 30 days."
        )
    else:
        text = t.gettext(
            "Say the words above. Then let the parent scan this picture, or send the link: {link}\n"
            "It works once, for 30 days."
        )
    buttons = [parent_link_button(t, family), _page_button(t, family), _menu_button(t)]
    said = t.fill(text, link=Sign(link))
    return Message(said, one_each(buttons), file=qr.picture(link))


def parent_link_button(t: Tongue, family: int) -> Button:
    """A link for one more parent."""
    # Translators: on a button: make a link for one more parent of this family.
    return Button(t.gettext("Link for a parent"), ParentLink(family=family).pack())


def ask_whose_link(t: Tongue, family: int) -> Message:
    """Which parent is it for?"""
    labels = {
        # Translators: on a button: who a link is for. So the next three.
        GuardianRole.BIRTHING: t.gettext("The one who gave birth"),
        GuardianRole.OTHER_PARENT: t.gettext("The other parent"),
        GuardianRole.OTHER_ADULT: t.gettext("Another adult"),
    }
    buttons = [
        Button(label, ParentLink(family=family, role=role).pack()) for role, label in labels.items()
    ]
    anyone = Button(t.gettext("I do not know"), LinkForAnyone(family=family).pack())
    back = Button(t.gettext("Back"), StaffFamily(family=family).pack())
    return Message(t.gettext("Who is the link for?"), one_each([*buttons, anyone, back]))


def correct_first_child(t: Tongue, family: int, eligible: bool | None) -> Message:
    """The parent's answer, corrected by staff (mission A2)."""
    text = t.gettext("Is this the first child, or the first child in Sweden, for one of them?")
    buttons = [
        Button(t.gettext("Yes"), CorrectFirst(family=family, yes=True).pack()),
        Button(t.gettext("No"), CorrectFirst(family=family, yes=False).pack()),
        Button(t.gettext("Back"), StaffFamily(family=family).pack()),
    ]
    return Message(f"{first_child_line(t, eligible)}\n{text}", one_each(buttons))


def family_page_buttons(t: Tongue, family: int, protected: bool) -> list[Button]:
    """What this task adds to a family's page."""
    # Translators: on a button: correct whether it is their first child, or their first in Sweden.
    first = Button(t.gettext("First child?"), CorrectFirst(family=family).pack())
    return [first] if protected else [parent_link_button(t, family), first]
