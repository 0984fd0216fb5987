"""Research in plain words: what a yes means, how to take it back (mission I6, B5)."""

from datetime import date

from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, lay_out
from messaging.research_buttons import Research, ResearchAnswer
from messaging.texts import back_button


def research_button(t: Tongue) -> Button:
    """Opens the page about research."""
    # Translators: on a button under My data: whether research may use figures about my family.
    return Button(t.gettext("Research"), Research().pack())


def research_page(t: Tongue, since: date | None, others: bool) -> Message:
    """What a yes means, and the one button that is not so yet."""
    text: str
    if since:
        # Translators: the reader has said yes to research on that day.
        text = t.fill(
            t.gettext(
                "You said yes to research on {date}.\n"
                "You can take it back at any time. Then nothing more is handed out."
            ),
            date=t.date(since, with_year=True),
        )
        button = Button(t.gettext("No longer"), ResearchAnswer(yes=False).pack())
    else:
        text = t.gettext(
            "Researchers want to know if home visits help. "
            "May they use figures about your family: the child's birth month, your area, "
            "your languages and the visits? No names.\n"
            "It is voluntary. Visits and messages stay the same."
        )
        # Translators: on a button: researchers may use figures about my family.
        button = Button(t.gettext("Yes, they may"), ResearchAnswer(yes=True).pack())
    if others:
        both = t.gettext("It takes a yes from each parent who reads here.")
        text = f"{text}\n{both}"
    return Message(text, lay_out([button, back_button(t)], t.one_per_row))


def said_no(t: Tongue) -> str:
    """The yes is taken back; what was handed out before cannot be."""
    return t.gettext(
        "Done. No more figures about your family go to research.\n"
        "What was handed out before has no names, and cannot be called back."
    )


def said_yes(t: Tongue) -> str:
    """Thanks."""
    return t.gettext("Thank you! You find this under My data, and can take it back there.")
