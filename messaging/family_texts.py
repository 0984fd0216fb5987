"""What a parent reads of the other parent, and of a child that has come."""

from datetime import date, datetime, timedelta

from messaging.callbacks import (
    BornCount,
    BornDays,
    BornOn,
    BornUndo,
    FromDue,
)
from messaging.i18n import Tongue
from messaging.isolates import Sign
from messaging.keyboards import Button, Message, lay_out

_DAYS_PER_PAGE = 2  # and More; the last page has three and no More
_FIRST_OLDER = 2  # today and yesterday have buttons of their own


def other_parent(t: Tongue, link: str) -> str:
    """The link for the other parent."""
    return t.fill(
        t.gettext(
            "Does the other parent also want reminders?\n"
            "Send this link: {link}\n"
            "It works once, within 7 days. I ask you before I write to them."
        ),
        link=Sign(link),
    )


def no_link_now(t: Tongue) -> str:
    """No link can be made; people can help."""
    return t.gettext("Sorry, I cannot make a link right now.\nAsk us at the visit. We will help.")


def let_in(t: Tongue) -> str:
    """The other parent gets messages too."""
    return t.gettext("Thank you! Now you both get messages.")


def not_let_in(t: Tongue) -> str:
    """Somebody who came by the link was not the right person."""
    return t.gettext("That is fine. I will not write to them.\nI have forgotten who it was.")


def when_born(t: Tongue, today: date) -> Message:
    """When was your child born?"""
    yesterday = today - timedelta(days=1)
    buttons = [
        Button(t.gettext("Today"), BornOn(day=today.isoformat()).pack()),
        Button(t.gettext("Yesterday"), BornOn(day=yesterday.isoformat()).pack()),
        Button(t.gettext("Another day"), BornDays(page=0).pack()),
    ]
    return Message(t.gettext("When was your child born?"), lay_out(buttons, t.one_per_row))


def older_days(t: Tongue, today: date, oldest: int, page: int = 0) -> Message:
    """Days before yesterday, in words: two and More; the last page has all that are left."""
    ago = list(range(_FIRST_OLDER, oldest + 1))
    last = (len(ago) - _DAYS_PER_PAGE) // _DAYS_PER_PAGE
    page = min(max(page, 0), last)
    start = page * _DAYS_PER_PAGE
    shown = ago[start:] if page == last else ago[start : start + _DAYS_PER_PAGE]
    days = [today - timedelta(days=each) for each in shown]
    buttons = [Button(t.date(day), BornOn(day=day.isoformat()).pack()) for day in days]
    if page < last:
        buttons.append(Button(t.gettext("Earlier days"), BornDays(page=page + 1).pack()))
    return Message(t.gettext("Which day?"), lay_out(buttons, t.one_per_row))


def how_many(t: Tongue, day: date) -> Message:
    """Twins are told in one tap."""
    text = t.fill(t.gettext("Born on {date}. How many children?"), date=t.date(day))
    # Translators: a number of children, on a button. So the next two.
    labels = (t.gettext("One"), t.gettext("Two"), t.gettext("Three"))
    buttons = [
        Button(label, BornCount(day=day.isoformat(), count=count).pack())
        for count, label in enumerate(labels, start=1)
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def congratulations(
    t: Tongue, day: date, count: int, child: int, at: datetime, early: bool
) -> Message:
    """Warm and short; with Undo, and for who came early the question how tips should count."""
    if count == 1:
        text = t.gettext(
            "Congratulations! How good that your child is here!\nI have noted the day: {date}."
        )
    else:
        text = t.gettext(
            "Congratulations! How good that your children are here!\nI have noted the day: {date}."
        )
    said = t.fill(text, date=t.date(day))
    undo = Button(t.gettext("Undo"), BornUndo(at=int(at.timestamp())).pack())
    if not early:
        return Message(said, lay_out([undo], t.one_per_row))
    follow = t.gettext("Tips can follow the due date, because the birth was early.")
    due = Button(t.gettext("Count from the due date"), FromDue(child=child, on=True).pack())
    return Message(f"{said}\n\n{follow}", lay_out([due, undo], t.one_per_row))


def born_already(t: Tongue) -> str:
    """It was told before, perhaps by the other parent."""
    return t.gettext(
        "I know already that your child is here.\nIs the date wrong? Tell us at the visit."
    )


def not_born(t: Tongue) -> str:
    """A wrong press is taken back."""
    return t.gettext("Done. Everything is as it was.")


def visit_is_booked(t: Tongue) -> str:
    """A wrong press cannot be taken back by itself any more."""
    return t.gettext(
        "A visit is booked now, so I cannot undo it.\nIs the date wrong? Tell us at the visit."
    )


def from_due(t: Tongue, child: int) -> Message:
    """Tips count from the due date. With Undo."""
    text = t.gettext("Now tips follow the due date.\nVisits follow the birth date.")
    undo = Button(t.gettext("Undo"), FromDue(child=child, on=False).pack())
    return Message(text, lay_out([undo], t.one_per_row))


def from_birth(t: Tongue) -> str:
    """Tips count from the birth date again."""
    return t.gettext("Now tips follow the birth date.")
