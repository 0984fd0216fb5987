"""My data, and forgetting: what is saved, what goes, what stays (mission B9, B17)."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from messaging.i18n import Tongue
from messaging.isolates import Sign
from messaging.keyboards import Button, File, FileKind, Message, lay_out
from messaging.look_texts import who_looked_button
from messaging.research_texts import research_button
from messaging.staff_pages import child_line, visit_line
from messaging.texts import back_button
from messaging.trust_buttons import Forget
from messaging.trust_menu import forget_button
from programme.localtime import on_the_clock
from programme.people import Booking, Child

FILE_NAME = "lotsen.json"
VISITS_AT_ONCE = 6  # lines on one screen


def about_you(
    t: Tongue,
    chat_id: int | None,
    agreed: date | None,
    messages: int,
    research: date | None = None,
) -> Message:
    """What is saved about the reader; `research`: since when they say yes to it."""
    lines = [
        t.gettext("This is what I have saved about you."),
        t.fill(t.gettext("You read {language}."), language=t.own_name),
    ]
    if agreed:
        # Translators: yes to messages from Lotsen.
        text = t.gettext("You said yes to messages on {date}.")
        lines.append(t.fill(text, date=t.date(agreed, with_year=True)))
    if research:
        text = t.gettext("You said yes to research on {date}.")
        lines.append(t.fill(text, date=t.date(research, with_year=True)))
    if chat_id is not None:
        text = t.gettext("Your number in Telegram is {number}.")
        lines.append(t.fill(text, number=Sign(str(chat_id))))
    count = t.ngettext(
        "I have {n} note of a message to you.", "I have {n} notes of messages to you.", messages
    )
    lines.append(t.fill(count, n=messages))
    lines.append(t.gettext("I do not save your name, your address, or what you write here."))
    return Message("\n".join(lines))


def about_family(t: Tongue, area: str, label: str | None, children: Sequence[Child]) -> Message:
    """What is saved about the family."""
    lines = [t.gettext("This is what I have saved about your family.")]
    # Translators: {area} is the name of a part of the city.
    lines.append(t.fill(t.gettext("Your team is in {area}."), area=area))
    if label:
        text = t.gettext("Your team calls your family: {label}.")
        lines.append(t.fill(text, label=label))
    several = len(children) > 1
    lines += [child_line(t, child, n if several else None) for n, child in enumerate(children, 1)]
    return Message("\n".join(lines), lay_out([who_looked_button(t)], t.one_per_row))


def about_visits(t: Tongue, bookings: Sequence[Booking], zone: ZoneInfo) -> list[Message]:
    """What is saved about visits, a screen or more; nothing if there are none."""
    shown = [
        visit_line(t, each.state, each.visit, each.starts_at, zone, each.meeting)
        for each in bookings
    ]
    return [
        Message("\n".join(shown[n : n + VISITS_AT_ONCE]))
        for n in range(0, len(shown), VISITS_AT_ONCE)
    ]


def all_in_a_file(t: Tongue, content: bytes, research: bool = True) -> Message:
    """Everything, row by row; `research`: whether research may be spoken of (mission A11)."""
    text = t.gettext("This file has everything I have saved.\nYou can have it deleted.")
    asked = [research_button(t)] if research else []
    buttons = [forget_button(t), *asked, back_button(t)]
    file = File(FileKind.DOCUMENT, FILE_NAME, content)
    return Message(text, lay_out(buttons, t.one_per_row), file=file)


def before_forgetting(t: Tongue, others: bool, visit: Booking | None, zone: ZoneInfo) -> Message:
    """What goes and what stays; with a visit booked, whether we shall still come."""
    if visit:
        return _with_visit(t, visit, zone)
    if others:
        text = t.gettext(
            "I can delete what I have saved about you, at once. I also clear this chat.\n"
            "The child and the visits stay for the other parent."
        )
    else:
        text = t.gettext(
            "I can delete all I have saved about you and your family, at once. "
            "I also clear this chat.\n"
            "You can still get home visits. Ask at BVC (the child health centre)."
        )
    return Message(text, lay_out([_delete_button(t, 0, False), back_button(t)], t.one_per_row))


def _delete_button(t: Tongue, visit: int, come: bool) -> Button:
    return Button(t.gettext("Delete my data"), Forget(visit=visit, come=come).pack())


def _with_visit(t: Tongue, visit: Booking, zone: ZoneInfo) -> Message:
    text = t.fill(
        t.gettext(
            "I can delete what I have saved about you, at once. I also clear this chat.\n"
            "Shall we still come on {date}? Then your team keeps what it needs to come."
        ),
        date=_day(t, visit, zone),
    )
    # Translators: on buttons: yes, still come, and delete my data; no, do not come, and delete.
    yes, no = t.gettext("Yes, come. Delete my data"), t.gettext("No. Delete my data")
    buttons = [
        Button(yes, Forget(visit=visit.id, come=True).pack()),
        Button(no, Forget(visit=visit.id, come=False).pack()),
        back_button(t),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def _day(t: Tongue, visit: Booking, zone: ZoneInfo) -> str:
    return t.date(on_the_clock(visit.starts_at, zone).date())


def forgotten(t: Tongue) -> Message:
    """All of it is gone."""
    text = t.gettext(
        "Done. I have deleted all I had saved about you and your family.\n"
        "Only numbers without names stay, such as how many visits were made.\n"
        "You can still get home visits. Ask at BVC (the child health centre).\n"
        "Welcome back when you want."
    )
    return Message(text)


def forgotten_for_the_other(t: Tongue) -> Message:
    """One parent is forgotten; the family stays for the other."""
    text = t.gettext(
        "Done. I have deleted what I had saved about you.\n"
        "The child and the visits stay for the other parent.\n"
        "Only numbers without names stay of you."
    )
    return Message(text)


def forgotten_and_we_come(t: Tongue, visit: Booking, zone: ZoneInfo) -> Message:
    """The parent is forgotten, the visit stands."""
    text = t.fill(
        t.gettext(
            "Done. I have deleted what I had saved about you.\n"
            "We still come on {date}. Your team keeps what it needs to come.\n"
            "Some months after the last visit that is deleted, too."
        ),
        date=_day(t, visit, zone),
    )
    return Message(text)


def forgotten_and_we_stay(t: Tongue, visit: Booking, zone: ZoneInfo) -> Message:
    """The parent is forgotten, the visit is off, and staff are told."""
    text = t.fill(
        t.gettext(
            "Done. I have deleted what I had saved about you.\n"
            "We do not come on {date}. I tell your team. Then I delete the rest, too, "
            "within a week.\n"
            "Only numbers without names stay."
        ),
        date=_day(t, visit, zone),
    )
    return Message(text)
