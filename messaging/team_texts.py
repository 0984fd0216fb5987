"""What coordinators read where they invite somebody, see their team, and end somebody."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.absence_buttons import Settle
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready, Sign
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.plain import plain
from messaging.register_buttons import (
    MEMBER_CONFIRM,
    MEMBER_END,
    MEMBER_LINK,
    MEMBER_REST,
    MEMBER_RESUME,
    MEMBER_SHOW,
    MEMBER_UNDO,
    TEAM_INVITE,
    TEAM_LIST,
    Cancel,
    GiveArea,
    GiveRole,
    Member,
    StepBack,
    Team,
)
from messaging.staff_texts import role_name
from messaging.visit_texts import at
from programme.people import Role, StaffMember

PER_PAGE = 8

_ROLES: dict[Role, str] = {
    # Translators: on a button: what somebody will work as. So the next four.
    Role.NURSE: N_("Nurse"),
    Role.PARENT_SUPPORTER: N_("Parent supporter"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.TRANSLATOR: N_("Translator"),
    Role.ADMINISTRATOR: N_("Administrator"),
}

Worker = tuple[StaffMember, Sequence[str]]  # somebody, and the names of their areas


def cancel_button(t: Tongue) -> Button:
    """Out of what was begun; nothing of it is kept."""
    # Translators: on a button: stop what I have begun; nothing of it is kept.
    return Button(t.gettext("Cancel"), Cancel().pack())


def step_back_button(t: Tongue) -> Button:
    """The question before."""
    # Translators: on a button: to the question before this one.
    return Button(t.gettext("Back"), StepBack().pack())


def team(t: Tongue, workers: Sequence[Worker], page: int = 0) -> Message:
    """Everybody who works in my areas, and *Invite somebody*."""
    shown = workers[page * PER_PAGE : (page + 1) * PER_PAGE]
    lines = [worker_line(t, member, areas) for member, areas in shown]
    buttons = [
        Button(_called(t, member), Member(staff=member.id, act=MEMBER_SHOW).pack())
        for member, _ in shown
    ]
    if len(workers) > (page + 1) * PER_PAGE:
        buttons.append(Button(t.gettext("More"), Team(page=TEAM_LIST, n=page + 1).pack()))
    # Translators: on a button.
    buttons.append(Button(t.gettext("Invite somebody"), Team(page=TEAM_INVITE).pack()))
    buttons.append(Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack()))
    text = "\n".join([t.gettext("The team:"), *lines]) if lines else t.gettext("Nobody works here.")
    return Message(text, one_each(buttons))


def _called(t: Tongue, member: StaffMember) -> str:
    # Translators: somebody of the team, on a button.
    text = t.gettext("{name}, {role}")
    return plain(t.fill(text, name=member.name, role=role_name(t, member.role)))


def worker_line(t: Tongue, member: StaffMember, areas: Sequence[str]) -> str:
    """Somebody of the team on one line."""
    if member.in_chat:
        text = t.gettext("{name}, {role}, {areas}: reads the chat.")
    else:
        text = t.gettext("{name}, {role}, {areas}: does not read the chat.")
    role = role_name(t, member.role)
    return t.fill(text, name=member.name, role=role, areas=t.listing(list(areas)))


def one_member(
    t: Tongue, member: StaffMember, areas: Sequence[str], may_end: bool, rests: bool = False
) -> Message:
    """Somebody of the team, and what can be done; `rests`: they are not let in for now."""
    buttons = []
    if may_end:
        if member.in_chat:
            buttons.append(rest_button(t, member.id))
        if rests:
            buttons.append(resume_button(t, member.id))
        link = Member(staff=member.id, act=MEMBER_LINK)
        end = Member(staff=member.id, act=MEMBER_END)
        # Translators: on a button: make a new link for somebody of the team.
        buttons.append(Button(t.gettext("New link"), link.pack()))
        # Translators: on a button: {name} does not work here any more.
        label = plain(t.fill(t.gettext("{name} leaves the team"), name=member.name))
        buttons.append(Button(label, end.pack()))
    lines: list[str] = [worker_line(t, member, areas)]
    if rests:
        lines.append(t.gettext("Access to Lotsen rests: nothing is seen and nothing is sent."))
    return Message("\n".join(lines), one_each([*buttons, _to_team(t)]))


def confirm_button(t: Tongue, staff: int) -> Button:
    """They still work here."""
    # Translators: on a button: yes, this colleague still works here.
    return Button(t.gettext("Yes, works here"), Member(staff=staff, act=MEMBER_CONFIRM).pack())


def rest_button(t: Tongue, staff: int) -> Button:
    """On leave, or the phone is lost."""
    # Translators: on a button: a colleague is on leave, or has lost the phone; no access for now.
    return Button(t.gettext("Access rests"), Member(staff=staff, act=MEMBER_REST).pack())


def resume_button(t: Tongue, staff: int) -> Button:
    """Back from leave."""
    # Translators: on a button: a colleague is back; access to Lotsen is open again.
    return Button(t.gettext("Back at work"), Member(staff=staff, act=MEMBER_RESUME).pack())


def access_rests(t: Tongue, member: StaffMember) -> Message:
    """Done at once; the way back is the same page."""
    text = t.gettext(
        "Access of {name} to Lotsen rests. What stands in their chat is deleted.\n"
        "Visits stay booked."
    )
    back = [resume_button(t, member.id), _to_team(t)]
    return Message(t.fill(text, name=member.name), one_each(back))


def access_is_back(t: Tongue, member: StaffMember) -> Message:
    """They are let in again, or somebody has said that they work here."""
    text = t.fill(t.gettext("Thank you. {name} works here, and has access."), name=member.name)
    return Message(text, one_each([_to_team(t)]))


def your_access_rests(t: Tongue) -> Message:
    """To who is not let in for now, whatever they write or press."""
    return Message(t.gettext("Your access to Lotsen rests. Please ask your coordinator."))


def _to_team(t: Tongue) -> Button:
    return Button(t.gettext("Back"), Team(page=TEAM_LIST).pack())


def ask_role_at_work(t: Tongue, roles: Sequence[Role]) -> Message:
    """What will they work as."""
    buttons = [Button(t.gettext(_ROLES[role]), GiveRole(role=role).pack()) for role in roles]
    text = t.gettext("What will this person work as?")
    return Message(text, one_each([*buttons, cancel_button(t)]))


def ask_areas(t: Tongue, areas: Sequence[tuple[int, str]], chosen: Collection[int]) -> Message:
    """Where will they work: one area or several."""
    buttons = [
        Button(area_label(t, name, number in chosen), GiveArea(area=number).pack())
        for number, name in areas
    ]
    if chosen:
        # Translators: on a button: no more areas are to be chosen.
        buttons.append(Button(t.gettext("Go on"), GiveArea(area=0).pack()))
    text = t.gettext("Where will this person work? Choose one area or several.")
    return Message(text, one_each([*buttons, step_back_button(t), cancel_button(t)]))


def area_label(t: Tongue, name: str, chosen: bool = False) -> str:
    """The name of an area on a button, with a tick if it is chosen."""
    # Translators: on a button: the name of an area of the city.
    label = plain(t.fill(t.gettext("Area {area}"), area=name))
    return f"{label} ✓" if chosen else label


def ask_first_name(t: Tongue) -> Message:
    """The one thing that is typed."""
    text = t.gettext("Write the first name. Families see it. No surname, please.")
    return Message(text, one_each([step_back_button(t), cancel_button(t)]))


def name_is_taken(t: Tongue, name: str) -> Message:
    """Two people of one name would be taken for each other."""
    text = t.fill(
        t.gettext(
            "There is a {name} here already.\n"
            "Write the name with one more letter, such as Anna B. "
            "Families see the first word only."
        ),
        name=name,
    )
    return Message(text, one_each([step_back_button(t), cancel_button(t)]))


def invited(t: Tongue, name: str, link: str) -> Message:
    """The one-time link, to be forwarded."""
    text = t.fill(
        t.gettext(
            "Send this link to {name}: {link}\n"
            "It works once, within 14 days. {name} must open it in Telegram, on a phone for work."
        ),
        name=name,
        link=Sign(link),
    )
    return Message(text, one_each([_to_team(t)]))


def member_has_left(
    t: Tongue, member: StaffMember, visits: Sequence[str], others: int = 0
) -> Message:
    """Cut off at once; the visits that somebody else must take over.

    `others`: how many more there are, which the reader may not see.
    """
    lines: list[str] = [
        t.fill(t.gettext("{name} has left the team, and sees nothing any more."), name=member.name)
    ]
    if visits:
        lines += [t.gettext("Visits that somebody else must take over:"), *visits]
    if others:
        # Translators: of families that the reader of this may not see; {n} is how many visits.
        text = t.gettext(
            "Visits in other teams that somebody must take over: {n}. "
            "The coordinator there sees which."
        )
        lines.append(t.fill(text, n=others))
    if not visits and not others:
        lines.append(t.gettext("No visits are booked."))
    undo = Button(t.gettext("Undo"), Member(staff=member.id, act=MEMBER_UNDO).pack())
    give = Button(t.gettext("Give the visits on"), Settle(staff=member.id, now=False).pack())
    buttons = [give, undo] if visits else [undo]
    return Message("\n".join(lines), one_each([*buttons, _to_team(t)]))


def visit_to_take_over(
    t: Tongue, family: int, visit: int, starts_at: datetime, zone: ZoneInfo
) -> Ready:
    """One of them."""
    text = t.gettext("Family {family}: visit {visit} on {date} at {time}.")
    return Ready(at(t, text, starts_at, zone, family=family, visit=visit))


def back_in_the_team(t: Tongue, name: str, link: str) -> Message:
    """Undo: they work here again, and their chat needs a new link."""
    text = t.fill(
        t.gettext(
            "{name} is in the team again.\nTheir chat needs a new link: {link}\n"
            "It works once, within 14 days."
        ),
        name=name,
        link=Sign(link),
    )
    return Message(text, one_each([_to_team(t)]))
