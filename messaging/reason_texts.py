"""Why somebody wants no messages or no visits: if they wish to tell, in one tap (B6, I7)."""

from collections.abc import Callable

from messaging.callbacks import StaffFamily
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, lay_out, one_each
from messaging.marks import N_
from messaging.reason_buttons import AskWhy, StaffAskWhy, StaffTellWhy, TellWhy
from programme.reasons import About, WhyNot

REASONS: dict[WhyNot, str] = {
    # Translators: an answer to "May we ask why?", on a button; "we" is the family. So the next six.
    WhyNot.TIME: N_("The times do not suit us"),
    WhyNot.TRUST: N_("It does not feel safe"),
    WhyNot.LANGUAGE: N_("The language is hard"),
    WhyNot.ENOUGH: N_("We need no more visits"),
    WhyNot.MOVED: N_("We have moved"),
    WhyNot.OTHER: N_("Something else"),
    WhyNot.SKIP: N_("I do not want to answer"),
}
_PER_PAGE = 2  # and More; the last page has three and no More


def why_question(
    t: Tongue, page: int, answer: Callable[[WhyNot], str], more: Callable[[int], str]
) -> Message:
    """May we ask why? Two answers and More; the last page has three.

    `answer`, `more`: what the buttons of an answer and of the next page say.
    """
    text = t.gettext("May we ask why? You do not have to answer.")
    codes = list(REASONS)
    last = (len(codes) - 2) // _PER_PAGE
    start = min(max(page, 0), last) * _PER_PAGE  # an odd page number comes from a forged button
    shown = codes[start:] if start == last * _PER_PAGE else codes[start : start + _PER_PAGE]
    buttons = [Button(t.gettext(REASONS[each]), answer(each)) for each in shown]
    if shown[-1] != codes[-1]:
        buttons.append(Button(t.gettext("More answers"), more(start // _PER_PAGE + 1)))
    return Message(text, lay_out(buttons, t.one_per_row))


def thanks(t: Tongue) -> str:
    """Thanks for telling why."""
    return t.gettext("Thank you for your answer.")


def tell_button(t: Tongue, about: About) -> Button:
    """Who has stopped may tell why; nobody asks."""
    # Translators: on a button for parents who want no more visits, or no more messages.
    return Button(t.gettext("Tell why"), AskWhy(about=about).pack())


def ask(t: Tongue, about: About, page: int) -> Message:
    """The answers a parent chooses from."""
    return why_question(
        t,
        page,
        lambda why: TellWhy(about=about, why=why).pack(),
        lambda later: AskWhy(about=about, page=later).pack(),
    )


def staff_button(t: Tongue, family: int) -> Button:
    """On the page of a family that has said no to all visits, or has left."""
    # Translators: on a button for staff: the family wants no more visits, or has moved away.
    return Button(t.gettext("Why did they stop?"), StaffAskWhy(family=family).pack())


def ask_staff(t: Tongue, family: int) -> Message:
    """What the family said to a colleague; who said nothing is not guessed about."""
    text = t.gettext(
        "What did the family say?\nIt is counted without a name, and kept nowhere else."
    )
    buttons = [
        Button(t.gettext(words), StaffTellWhy(family=family, why=why).pack())
        for why, words in REASONS.items()
        if why is not WhyNot.SKIP
    ]
    back = Button(t.gettext("Back"), StaffFamily(family=family).pack())
    return Message(text, one_each([*buttons, back]))
