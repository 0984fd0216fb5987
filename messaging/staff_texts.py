"""What staff read in their own chat, and what they say aloud; letters to them: `staff_letters.py`.

A family is called by staff's own word for it, or by its number.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.absence_texts import who_is_ill_button
from messaging.activity_texts import activities_button
from messaging.booking_buttons import STAFF_BOOK
from messaging.calendar_buttons import STAFF_CALENDAR
from messaging.callbacks import (
    STAFF_ANSWERS,
    STAFF_AREA,
    STAFF_FAMILIES,
    STAFF_LANGUAGE,
    STAFF_MENU,
    STAFF_PHONE,
    StaffFamily,
    StaffPage,
)
from messaging.help_texts import help_button
from messaging.hours_buttons import STAFF_TIMES
from messaging.i18n import Tongue
from messaging.isolates import Ready, Value
from messaging.keyboards import Button, Message, Rows, in_pairs, one_each
from messaging.marks import N_
from messaging.morning_buttons import Mornings
from messaging.note_texts import follow_up_button, numbers_button
from messaging.notice_texts import desk_button
from messaging.page_edit_buttons import StaffPages
from messaging.place_edit_buttons import StaffPlaces
from messaging.plain import plain
from messaging.recording_texts import record_button
from messaging.register_buttons import TEAM_LIST, AskedByPoster, NewFamily, Team
from messaging.translating_buttons import Translations
from messaging.trust_menu import threads_button
from messaging.visit_texts import at
from programme.people import Choice, Role, StaffMember

SEES_FAMILIES = (Role.NURSE, Role.PARENT_SUPPORTER, Role.COORDINATOR)
WRITES_PAGES = (*SEES_FAMILIES, Role.TRANSLATOR)
RUNS_AREAS = (Role.COORDINATOR, Role.ADMINISTRATOR)

_ROLES: dict[Role, str] = {
    # Translators: inside a sentence, "You work as {role}". Small first letter. So the next four.
    Role.NURSE: N_("nurse"),
    Role.PARENT_SUPPORTER: N_("parent supporter"),
    Role.COORDINATOR: N_("coordinator"),
    Role.TRANSLATOR: N_("translator"),
    Role.ADMINISTRATOR: N_("administrator"),
}


def role_name(t: Tongue, role: Role) -> str:
    """What somebody works as, inside a sentence."""
    return t.gettext(_ROLES[role])


def invitation(t: Tongue) -> str:
    """To be said aloud, or written, with a family's personal link."""
    return t.gettext(
        "Open this link on your phone, in Telegram.\n"
        "There you get reminders of home visits, and tips, in your language.\n"
        "It is free and voluntary."
    )


def welcome(t: Tongue, member: StaffMember, area: str) -> Message:
    """Somebody of the staff has opened their link."""
    said = t.gettext(
        "Welcome, {name}!\n"
        "You work as {role} in {area}.\n"
        "Here you see what families answer, whom to phone, and what to book."
    )
    if member.role is Role.TRANSLATOR:
        said = t.gettext(
            "Welcome, {name}!\n"
            "You work as {role} in {area}.\n"
            "Here you are asked when words are missing in a language."
        )
    text = t.fill(said, name=member.name, role=role_name(t, member.role), area=area)
    return Message(text, menu_rows(t, member))


def chat_is_a_familys(t: Tongue) -> str:
    """A parent opened a link for staff."""
    return t.gettext(
        "This chat belongs to a family. The link is for staff.\n"
        "Staff need a Telegram account of their own for work."
    )


def chat_is_staffs(t: Tongue, member: StaffMember) -> Message:
    """Somebody of the staff opened a link that is not for them."""
    text = t.gettext("This chat belongs to staff. The link is for somebody else.")
    return Message(text, menu_rows(t, member))


def staff_menu(t: Tongue, member: StaffMember) -> Message:
    """The few things staff can do."""
    return Message(t.gettext("What would you like to do?"), menu_rows(t, member))


def only_buttons(t: Tongue, member: StaffMember) -> Message:
    """Staff wrote something."""
    text = t.gettext(
        "I cannot read what you write here, and I do not keep it.\nPress one of the buttons below."
    )
    return Message(text, menu_rows(t, member))


def menu_rows(t: Tongue, member: StaffMember) -> Rows:
    """The buttons of the menu that are this person's."""
    buttons = [_page(t.gettext("Change language"), STAFF_LANGUAGE)]
    if member.role is Role.COORDINATOR:
        # Translators: on a button; the coordinator's own area, its pauses and summer weeks.
        buttons.insert(0, _page(t.gettext("My area"), STAFF_AREA))
        buttons.insert(1, follow_up_button(t))
    if member.role is Role.ADMINISTRATOR:
        # Translators: on a button; all areas of the city.
        buttons.insert(0, _page(t.gettext("Areas"), STAFF_AREA))
        buttons.insert(1, numbers_button(t))
    if member.role in RUNS_AREAS:
        # Translators: on a button: the staff of my areas.
        buttons.insert(-1, Button(t.gettext("Team"), Team(page=TEAM_LIST).pack()))
        buttons.insert(-1, desk_button(t))
    if member.role in SEES_FAMILIES:
        buttons = [
            # Translators: on a button: the list of visits that staff should book.
            _page(t.gettext("To book"), STAFF_BOOK),
            # Translators: on a button: the list of families that staff should phone.
            _page(t.gettext("To phone"), STAFF_PHONE),
            _page(t.gettext("Answers"), STAFF_ANSWERS),
            _page(t.gettext("Families"), STAFF_FAMILIES),
            threads_button(t),
            who_is_ill_button(t),
            # Translators: on a button: register a family.
            Button(t.gettext("New family"), NewFamily().pack()),
            _page(t.gettext("My times"), STAFF_TIMES),
            # Translators: on a button: a colleague's visits in their own calendar.
            _page(t.gettext("My calendar"), STAFF_CALENDAR),
            # Translators: on a button for staff: what waits, as a list that comes in the morning.
            Button(t.gettext("My morning list"), Mornings().pack()),
            Button(t.gettext("Places"), StaffPlaces().pack()),
            # Coordinators find them beside their notices.
            *([] if member.role is Role.COORDINATOR else [activities_button(t)]),
            # Translators: on a button: families that came by a poster and wait for an answer.
            Button(t.gettext("Came by poster"), AskedByPoster().pack()),
            *buttons,
        ]
    if member.role is Role.TRANSLATOR:
        # Translators: on a button: words that are to be translated, or looked through.
        buttons.insert(-1, Button(t.gettext("Translations"), Translations().pack()))
    if member.role in WRITES_PAGES:
        # Translators: on a button for staff: the pages of the parent guide, to be changed.
        buttons.insert(-1, Button(t.gettext("Pages of the guide"), StaffPages().pack()))
        buttons.insert(-1, record_button(t))
    buttons.insert(-1, help_button(t))
    return in_pairs(buttons, t.one_per_row)


def _page(label: str, page: str, n: int = 0) -> Button:
    return Button(label, StaffPage(page=page, n=n).pack())


def back_rows(t: Tongue) -> Rows:
    """To the menu."""
    return one_each([_page(t.gettext("Back"), STAFF_MENU)])


def called(t: Tongue, family: Value) -> Ready:
    """A family in two words, for a list or a button."""
    # Translators: {family} is staff's own word for a family, or its number.
    return t.fill(t.gettext("Family {family}"), family=family)


def phone_list(t: Tongue, lines: Sequence[str], page: int, more: bool) -> Message:
    """Whom to phone: one line each."""
    if not lines:
        return Message(t.gettext("Nobody to phone now."), back_rows(t))
    text = "\n".join([t.gettext("To phone:"), *lines])
    return Message(text, _turn(t, STAFF_PHONE, page, more))


def _turn(t: Tongue, page: str, n: int, more: bool) -> Rows:
    buttons = [_page(t.gettext("More"), page, n + 1)] if more else []
    return (*one_each(buttons), *back_rows(t))


def answer_list(t: Tongue, lines: Sequence[str]) -> Message:
    """The latest answers."""
    if not lines:
        return Message(t.gettext("No answers yet to coming visits."), back_rows(t))
    return Message("\n".join([t.gettext("The latest answers:"), *lines]), back_rows(t))


def families(t: Tongue, names: Sequence[tuple[int, Value]], page: int, more: bool) -> Message:
    """A page of families, as buttons."""
    if not names:
        return Message(t.gettext("There are no families here yet."), back_rows(t))
    buttons = [family_button(t, number, name) for number, name in names]
    return Message(
        t.gettext("Choose a family:"), (*one_each(buttons), *_turn(t, STAFF_FAMILIES, page, more))
    )


def family_button(t: Tongue, number: int, name: Value) -> Button:
    """Opens that family's page."""
    return Button(plain(called(t, name)), StaffFamily(family=number).pack())


def answered(
    t: Tongue, family: Value, choice: Choice, visit: int, starts_at: datetime, zone: ZoneInfo
) -> str:
    """What a family answered to a visit; never which parent."""
    match choice:
        case Choice.YES:
            text = t.gettext("Family {family} says yes to visit {visit} on {date} at {time}.")
        case Choice.OTHER_TIME:
            text = t.gettext(
                "Family {family} wants another time for visit {visit} on {date} at {time}."
            )
        case Choice.NO_THANKS:
            text = t.gettext("Family {family} says no thanks to visit {visit} on {date} at {time}.")
    return at(t, text, starts_at, zone, family=family, visit=visit)
