"""What is said every day: menu, who we are, misunderstandings, what one can say to a tip.

The way in is `join_texts.py`, pausing and stopping `pause_texts.py`, visits `visit_texts.py`.
"""

from collections.abc import Sequence

from messaging.callbacks import (
    MENU_BORN,
    MENU_HOME,
    MENU_LANGUAGE,
    MENU_MORE,
    MENU_OTHER,
    MENU_PAUSE,
    MENU_PLAN,
    MENU_READ,
    MENU_SETTINGS,
    MENU_TALK,
    MENU_WHO,
    Back,
    ChooseLanguage,
    Fewer,
    Menu,
    MoreOnTip,
    Resume,
    Vote,
)
from messaging.callbacks import Why as WhyThis
from messaging.guide_buttons import Guide
from messaging.helplines import WOMEN_LINE
from messaging.i18n import Tongue
from messaging.interpreter_buttons import ASK, WishInterpreter
from messaging.isolates import Sign
from messaging.join_texts import trust_note, voluntary_free
from messaging.keyboards import Button, Message, Rows, lay_out
from messaging.place_buttons import Places
from messaging.proposal_buttons import AskStaff
from messaging.proposal_texts import book_button, talk_button
from messaging.trust_menu import exit_button, my_data_button, team_button
from messaging.whats_on_buttons import WhatsOn
from programme.people import Why
from programme.reasons import Asked

PER_PAGE = 2  # buttons on a page, beside More or Back


def menu(t: Tongue, rest: Why | None = None) -> Message:
    """The few things one can do."""
    return Message(t.gettext("What would you like to do?"), menu_rows(t, rest))


def menu_rows(t: Tongue, rest: Why | None = None) -> Rows:
    """The menu's buttons, for under any answer; `rest`: why nothing is sent to the reader now."""
    buttons = [
        Button(t.gettext("What is coming"), Menu(page=MENU_PLAN).pack()),
        _pause_button(t) if rest is None else start_again_button(t, rest),
        more_button(t, Menu(page=MENU_MORE[0]).pack()),
    ]
    return lay_out(buttons, t.one_per_row)


def menu_more(t: Tongue, page: int, rest: Why | None, expecting: bool) -> Message:
    """The rest of the menu; *Our child is here* only while a child is expected."""
    buttons = [
        *([Button(t.gettext("Our child is here"), Menu(page=MENU_BORN).pack())] * expecting),
        # Translators: on a button: to the parent guide, and to places near the family.
        Button(t.gettext("Guide and places"), Menu(page=MENU_READ).pack()),
        # Translators: on a button: to write to the team, be called, or meet somebody.
        Button(t.gettext("Talk to us"), Menu(page=MENU_TALK).pack()),
        book_button(t),
        *([_pause_button(t)] * (rest is not None)),
        # Translators: on a button: language, interpreter, the other parent.
        Button(t.gettext("Settings"), Menu(page=MENU_SETTINGS).pack()),
        Button(t.gettext("Who are you?"), Menu(page=MENU_WHO).pack()),
        my_data_button(t),
        exit_button(t),
    ]
    return Message(t.gettext("What would you like to do?"), paged(t, buttons, MENU_MORE, page))


def menu_group(t: Tongue, page: str) -> Message:
    """A few things of one sort, so that nothing lies deep behind *More* (mission J3)."""
    groups = {
        # Translators: "Places", on a button: family centres, open preschools, libraries.
        MENU_READ: [
            guide_button(t),
            Button(t.gettext("Places"), Places().pack()),
            whats_on_button(t),
        ],
        MENU_TALK: [team_button(t), talk_button(t), back_button(t)],
        MENU_SETTINGS: [
            Button(t.gettext("Change language"), Menu(page=MENU_LANGUAGE).pack()),
            interpreter_button(t),
            Button(t.gettext("Other parent"), Menu(page=MENU_OTHER).pack()),
        ],
    }
    rows = lay_out(groups[page], t.one_per_row)
    return Message(t.gettext("What would you like to do?"), rows)


def paged(t: Tongue, buttons: Sequence[Button], pages: Sequence[str], page: int) -> Rows:
    """Two of the buttons and *More*; on the last page *Back*, to the menu."""
    last = (page + 1) * PER_PAGE >= len(buttons)
    turn = back_button(t) if last else more_button(t, Menu(page=pages[page + 1]).pack())
    shown = buttons[page * PER_PAGE :][:PER_PAGE]
    return lay_out([*shown, turn], t.one_per_row)


def more_button(t: Tongue, data: str) -> Button:
    """What does not fit under one message."""
    return Button(t.gettext("More"), data)


def interpreter_button(t: Tongue) -> Button:
    """To the question whether an interpreter is wanted."""
    return Button(t.gettext("Interpreter"), WishInterpreter(wish=ASK).pack())


def guide_button(t: Tongue) -> Button:
    """To the guide."""
    return Button(t.gettext("Parent guide"), Guide().pack())


def whats_on_button(t: Tongue) -> Button:
    """To what families can come to."""
    # Translators: on a button: groups, open preschool and the like, with their times.
    return Button(t.gettext("What's on"), WhatsOn().pack())


def back_button(t: Tongue) -> Button:
    """To the menu."""
    # Translators: on a button: back to the menu.
    return Button(t.gettext("Back"), Menu(page=MENU_HOME).pack())


def start_again_button(t: Tongue, rest: Why) -> Button:
    """What ends a rest: the family's own, or this parent's."""
    if rest is Why.AWAY:
        return Button(t.gettext("We are back"), Back().pack())
    return Button(t.gettext("Start again"), Resume().pack())


def _pause_button(t: Tongue) -> Button:
    return Button(t.gettext("Pause or stop"), Menu(page=MENU_PAUSE[0]).pack())


def who_are_you(t: Tongue, employer: str | None = None) -> str:
    """Who comes, why, and that it is free to say no."""
    return f"{trust_note(t, employer)}\n\n{voluntary_free(t)}"


def not_understood(t: Tongue, phone: str | None = None, rest: Why | None = None) -> Message:
    """Free text got no answer; the menu, and what not to write here."""
    sorry = t.gettext(
        "Sorry, I found no answer to that.\n"
        "BVC (the child health centre) can answer many questions.\n"
        "Or press one of the buttons below."
    )
    return Message(f"{sorry}\n\n{safety_note(t, phone)}", _unsure_rows(t, rest))


def _unsure_rows(t: Tongue, rest: Why | None) -> Rows:
    """A person first; while messages rest an answer could not come, so then the menu."""
    if rest is not None:
        return menu_rows(t, rest)
    buttons = [
        team_button(t),
        Button(t.gettext("What is coming"), Menu(page=MENU_PLAN).pack()),
        more_button(t, Menu(page=MENU_MORE[0]).pack()),
    ]
    return lay_out(buttons, t.one_per_row)


def i_speak(t: Tongue) -> Message:
    """Somebody wrote in this language and reads another: one tap to switch (mission G6)."""
    # Translators: name your own language here.
    text = t.gettext("I can write to you in English.\nPress the button to switch.")
    switch = Button(t.own_name, ChooseLanguage(code=t.code).pack())
    return Message(text, lay_out([switch], t.one_per_row))


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


def error(t: Tongue, number: str | None = None) -> str:
    """Something failed here; by the number, if there is one, staff find in the log what it was."""
    sorry = t.gettext("Sorry, something went wrong.\nTry again in a while.")
    if number is None:
        return sorry
    # Translators: a number of five digits, by which the failure is found.
    tell = t.gettext("If it happens again, tell us this number: {number}")
    return f"{sorry}\n{t.fill(tell, number=Sign(number))}"


def too_many(t: Tongue) -> str:
    """More has come from this chat than is read."""
    return t.gettext(
        "That was very much at once, so I stopped reading.\nPlease wait a little, and write again."
    )


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


def why_early(t: Tongue) -> str:
    """Why a tip came before the birth."""
    return t.gettext("You get this because you expect a child. You said yes to tips.")


def tip_rows(t: Tongue, code: str, child: int) -> Rows:
    """The buttons under a tip or an idea: was it useful (mission C9), and more."""
    buttons = [
        Button("👍", Vote(code=code, child=child, useful=True).pack()),
        Button("👎", Vote(code=code, child=child, useful=False).pack()),
        more_button(t, MoreOnTip(code=code, child=child).pack()),
    ]
    return lay_out(buttons, t.one_per_row)


def offer_rows(t: Tongue, code: str, child: int, what: Asked) -> Rows:
    """The buttons under a tip that offers something: yes, and more."""
    buttons = [
        Button(t.gettext("Yes, please"), AskStaff(what=what).pack()),
        more_button(t, MoreOnTip(code=code, child=child).pack()),
    ]
    return lay_out(buttons, t.one_per_row)


def more_on_tip(t: Tongue, code: str, child: int) -> Message:
    """What else one can say to a tip."""
    buttons = [
        Button(t.gettext("Why this?"), WhyThis(code=code, child=child).pack()),
        Button(t.gettext("Fewer of these"), Fewer(on=True).pack()),
    ]
    return Message(t.gettext("What would you like to do?"), lay_out(buttons, t.one_per_row))


def voted(t: Tongue) -> str:
    """Somebody has said whether a tip was useful."""
    # Translators: after 👍 as well as after 👎: thanks for saying so.
    return t.gettext("Thank you! It helps us to know.")
