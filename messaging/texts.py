"""What is said every day: menu, who we are, misunderstandings, tips on request, stop and start.

The way in is `join_texts.py`, visits are `visit_texts.py`, pushed letters `letters.py`.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.callbacks import MENU_LANGUAGE, MENU_WHO, Fewer, Menu, Resume, Stop, Why
from messaging.i18n import Tongue
from messaging.isolates import Sign
from messaging.join_texts import trust_note, voluntary_free
from messaging.keyboards import Button, Message, Rows, lay_out
from programme.localtime import on_the_clock

WOMEN_LINE = Sign("020-50 50 50")  # Kvinnofridslinjen (domain.md K44)


def menu(t: Tongue) -> Message:
    """The few things one can do."""
    return Message(t.gettext("What would you like to do?"), menu_rows(t))


def menu_rows(t: Tongue) -> Rows:
    """The menu's buttons, for under any answer."""
    buttons = [
        Button(t.gettext("Change language"), Menu(page=MENU_LANGUAGE).pack()),
        Button(t.gettext("Who are you?"), Menu(page=MENU_WHO).pack()),
        Button(t.gettext("Stop messages"), Stop().pack()),
    ]
    return lay_out(buttons, t.one_per_row)


def who_are_you(t: Tongue, employer: str | None = None) -> str:
    """Who comes, why, and that it is free to say no."""
    return f"{trust_note(t, employer)}\n\n{voluntary_free(t)}"


def not_understood(t: Tongue, phone: str | None = None) -> Message:
    """Free text got no answer; the menu, and what not to write here."""
    sorry = t.gettext("Sorry, I did not understand.\nPress one of the buttons below.")
    return Message(f"{sorry}\n\n{safety_note(t, phone)}", menu_rows(t))


def safety_note(t: Tongue, phone: str | None = None) -> str:
    """What not to write here, and who to ask instead."""
    if phone is None:
        return t.gettext(
            "Please do not write about, for example, illness, money or family problems.\n"
            "Ask us at the visit. Call 1177 for advice about illness.\n"
            "Is it an emergency? Call 112."
        )
    return t.fill(
        t.gettext(
            "Please do not write about, for example, illness, money or family problems.\n"
            "Ask us at the visit or call {phone}.\n"
            "Is it an emergency? Call 112."
        ),
        phone=Sign(phone),
    )


def no_files(t: Tongue, phone: str | None = None) -> str:
    """A picture, voice message or file came: it was not opened and is not kept."""
    if phone is None:
        return t.gettext(
            "I cannot open pictures, voice messages or files. I do not keep them.\n"
            "You can delete what you sent.\n"
            "Ask us at the visit. Call 1177 for advice about illness."
        )
    return t.fill(
        t.gettext(
            "I cannot open pictures, voice messages or files. I do not keep them.\n"
            "You can delete what you sent.\n"
            "Ask us at the visit or call {phone}. Call 1177 for advice about illness."
        ),
        phone=Sign(phone),
    )


def old_button(t: Tongue) -> str:
    """A button of long ago, or of nobody; short enough for the answer to a press."""
    return t.gettext("This button is old. It does not work any more.")


def emergency(t: Tongue) -> str:
    """Danger words were written: who can help at once."""
    return t.fill(
        # Translators: Kvinnofridslinjen is the name of the helpline and stays.
        t.gettext(
            "I cannot help in an emergency.\n"
            "Call 112 if someone is in danger or needs an ambulance, the police or the fire "
            "service.\n"
            "Call 1177 for advice about illness.\n"
            "For women who face violence or threats: Call Kvinnofridslinjen {women_line}. "
            "It is free and open day and night."
        ),
        women_line=WOMEN_LINE,
    )


def error(t: Tongue, phone: str | None = None) -> str:
    """Something failed here."""
    if phone is None:
        return t.gettext("Sorry, something went wrong.\nTry again in a while.")
    return t.fill(
        t.gettext("Sorry, something went wrong.\nTry again in a while. You can also call {phone}."),
        phone=Sign(phone),
    )


def paused(t: Tongue, visit_at: datetime | None, zone: ZoneInfo) -> Message:
    """Messages have stopped; a booked visit stands. With Undo."""
    if visit_at is None:
        text = t.gettext("Done. I will send no more messages.\nNo visit is booked.")
    else:
        text = t.fill(
            t.gettext("Done. I will send no more messages.\nThe visit on {date} is still booked."),
            date=t.date(on_the_clock(visit_at, zone).date()),
        )
    return Message(text, _undo(t, Resume().pack()))


def resumed(t: Tongue) -> str:
    """Messages come again."""
    return t.gettext("Welcome back! Now I send messages again.")


def why_tip(t: Tongue, months: int) -> str:
    """Why a tip or an idea came: the child's age, and the yes to tips."""
    if months < 1:
        return t.gettext("You get this because your child is newborn. You said yes to tips.")
    return t.fill(
        # Translators: {age} is counted, such as "3 months" or "1 year and 3 months".
        t.gettext("You get this because your child is about {age} old. You said yes to tips."),
        age=t.age(months),
    )


def fewer_on(t: Tongue) -> Message:
    """Small ideas rest, tips and visits stay. With Undo."""
    text = t.gettext(
        "Now you get fewer messages: only tips, no small ideas.\n"
        "Messages about visits come as before."
    )
    return Message(text, _undo(t, Fewer(on=False).pack()))


def fewer_off(t: Tongue) -> str:
    """Small ideas come again."""
    return t.gettext("Now you get both tips and small ideas again.")


def tip_rows(t: Tongue, code: str, child: int) -> Rows:
    """The buttons under a tip or an idea."""
    buttons = [
        Button(t.gettext("Why this?"), Why(code=code, child=child).pack()),
        Button(t.gettext("Fewer of these"), Fewer(on=True).pack()),
    ]
    return lay_out(buttons, t.one_per_row)


def _undo(t: Tongue, data: str) -> Rows:
    return lay_out([Button(t.gettext("Undo"), data)], t.one_per_row)
