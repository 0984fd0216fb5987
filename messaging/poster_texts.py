"""What a parent reads who came by a poster, and what staff and coordinators read about it."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from messaging import join_texts, qr, texts
from messaging.callbacks import STAFF_MENU, StaffFamily, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready, Sign
from messaging.keyboards import Button, File, Message, Rows, lay_out, one_each
from messaging.pickers import Asked, Days, month, months
from messaging.register_buttons import (
    POSTER_END,
    POSTER_NEW,
    POSTER_SHOW,
    AskedByPoster,
    NotBornYet,
    PosterAnswer,
    PosterPage,
    StepBack,
    Withdraw,
)
from messaging.registering_texts import first_child_line
from messaging.spoken import name_for
from programme.letters import Letter, NotOurs, PosterAsk, Welcomed

BORN, DUE = "psb", "psd"  # which day a picker asks for


def ask_born(t: Tongue, days: Days, shown: date, again: bool = False) -> Message:
    """On which day was the child born: a month's grid, or it is not here yet."""
    asked = Asked(t.gettext("When was your child born?"), BORN)
    page = month(t, asked.again(t) if again else asked, days, shown)
    # Translators: on a button: the child is not here yet.
    expecting = Button(t.gettext("Our child is not born yet"), NotBornYet(on=True).pack())
    return replace(page, rows=(*page.rows, (expecting,), (_back(t),)))


def ask_due(t: Tongue, days: Days, shown: date, again: bool = False) -> Message:
    """On which day is it due."""
    asked = Asked(t.gettext("When is your child due?"), DUE)
    page = month(t, asked.again(t) if again else asked, days, shown)
    born = Button(t.gettext("Our child is here"), NotBornYet(on=False).pack())
    return replace(page, rows=(*page.rows, (born,), (_back(t),)))


def list_months(t: Tongue, why: str, days: Days, page: int) -> Message:
    """The months to choose from."""
    if why == BORN:
        question = t.gettext("When was your child born?")
    else:
        question = t.gettext("When is your child due?")
    shown = months(t, Asked(question, why), days, page)
    return replace(shown, rows=(*shown.rows, (_back(t),)))


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), StepBack().pack())


def ask_consent(t: Tongue) -> Message:
    """The same question as to everybody, with a way back."""
    asked = join_texts.ask_consent(t)
    return replace(asked, rows=(*asked.rows, (_back(t),)))


def poster_closed(t: Tongue) -> str:
    """The paper is older than the offer."""
    return t.gettext("This poster is not in use any more.\nAsk at BVC (the child health centre).")


def many_ask(t: Tongue) -> str:
    """A flood: nothing is kept."""
    return t.gettext(
        "Very many people are asking right now. I have not saved your answers.\n"
        "Try again tomorrow, or ask at BVC (the child health centre)."
    )


def waits_for_staff(t: Tongue) -> Message:
    """Asked: what happens now, whatever they do meanwhile."""
    text = t.gettext(
        "Thank you! I have asked the staff. They must say yes first.\n"
        "It can take some days. Then I write to you here.\n"
        "You do not need to do anything."
    )
    # Translators: on a button: I take back what I asked for.
    button = Button(t.gettext("I do not want to any more"), Withdraw().pack())
    return Message(text, lay_out([button], t.one_per_row))


def withdrawn(t: Tongue) -> str:
    """They changed their mind."""
    return t.gettext("That is fine. I have forgotten what you told me.")


# --- letters to the parent ------------------------------------------------------------------


def body(letter: Letter, t: Tongue, _zone: ZoneInfo) -> str | None:
    """The words of an answer to who came by a poster; None for another letter."""
    match letter:
        case Welcomed():
            return t.gettext(
                "Welcome! The staff said yes.\n"
                "I am a computer program, not a person.\n"
                "I remind you about home visits and give tips.\n"
                "I never ask for your personal number, BankID or money."
            )
        case NotOurs():
            return t.gettext(
                "Thank you for asking us. We could not sign you up for the home visits here.\n"
                "You are welcome at BVC (the child health centre). "
                "They know what there is for your family.\n"
                "I have forgotten what you told me."
            )
        case _:
            return None


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """Who is welcome sees what one can do."""
    return texts.menu_rows(t) if isinstance(letter, Welcomed) else ()


# --- to staff --------------------------------------------------------------------------------


def asker_line(
    t: Tongue, born: date | None, due: date | None, eligible: bool, language: str
) -> str:
    """All that a parent has told: a day, a yes or no, a language."""
    day = born or due
    said = t.date(day, with_year=True) if day else "–"
    text = t.gettext("Born on {date}.") if born else t.gettext("Expected on {date}.")
    spoken = t.fill(t.gettext("Language: {language}."), language=name_for(t, language))
    return "\n".join([t.fill(text, date=said), first_child_line(t, eligible), spoken])


def is_it_ours(letter: PosterAsk, t: Tongue) -> str:
    """Somebody came by the poster."""
    if letter.again:
        head = t.gettext("A family that came by your poster still waits for an answer.")
    else:
        head = t.gettext("A family has come by your poster. Is it one of yours?")
    return f"{head}\n{asker_line(t, letter.born, letter.due, letter.eligible, letter.language)}"


def answer_rows(t: Tongue, asker: int) -> Rows:
    """Yes, welcome; or not ours."""
    yes, no = PosterAnswer(asker=asker, yes=True), PosterAnswer(asker=asker, yes=False)
    # Translators: on a button: staff let a family in. The next: it is another area's family.
    buttons = [Button(t.gettext("Yes, welcome"), yes.pack())]
    buttons.append(Button(t.gettext("Not ours"), no.pack()))
    return one_each(buttons)


def nobody_waits(t: Tongue) -> Message:
    """No poster has brought anybody, or all are answered."""
    return Message(t.gettext("Nobody waits who came by a poster."), _menu_rows(t))


def one_waits(t: Tongue, asker: int, told: str, left: int) -> Message:
    """Who has waited longest, and how many more there are."""
    lines = [t.gettext("A family has come by your poster. Is it one of yours?"), told]
    if left:
        text = t.ngettext("{n} more family waits.", "{n} more families wait.", left)
        lines.append(t.fill(text, n=left))
    return Message("\n".join(lines), (*answer_rows(t, asker), *_menu_rows(t)))


def _menu_rows(t: Tongue) -> Rows:
    return one_each([Button(t.gettext("Menu"), StaffPage(page=STAFF_MENU).pack())])


def asked_button(t: Tongue) -> Button:
    """Opens the list of who waits."""
    # Translators: on a button: families that came by a poster and wait for an answer.
    return Button(t.gettext("Came by poster"), AskedByPoster().pack())


def now_welcome(t: Tongue, family: int) -> Message:
    """The parent is told; the family is like any other."""
    text = t.fill(t.gettext("Family {family} is welcome now. The parent is told."), family=family)
    page = Button(t.gettext("The family's page"), StaffFamily(family=family).pack())
    return Message(text, one_each([page, asked_button(t)]))


def now_refused(t: Tongue) -> Message:
    """The parent is told where to ask; nothing is kept."""
    text = t.gettext("The parent is told to ask at BVC. Nothing is kept of the family.")
    return Message(text, one_each([asked_button(t)]))


def decided_already(t: Tongue) -> Message:
    """A colleague was faster, or the parent does not want to any more."""
    text = t.gettext("This is answered already, or the family does not want to any more.")
    return Message(text, one_each([asked_button(t)]))


# --- to coordinators -------------------------------------------------------------------------


def poster_button(t: Tongue, area: int) -> Button:
    """Opens the page about an area's poster."""
    # Translators: on a button: the public link of an area, on paper with a picture to scan.
    return Button(t.gettext("Poster"), PosterPage(area=area, act=POSTER_SHOW).pack())


def poster_page(
    t: Tongue, area: int, name: str, made: date | None, readers: int, back: Button
) -> Message:
    """Whether there is one, and what can be done with it."""
    if made is None:
        line: Ready | str = t.fill(t.gettext("Area {area} has no poster in use."), area=name)
        buttons = [_act(t.gettext("Make a poster"), area, POSTER_NEW)]
    else:
        text = t.gettext("The poster of area {area} is in use. Made on {date}.")
        line = t.fill(text, area=name, date=t.date(made, with_year=True))
        buttons = [
            # Translators: on a button: make another link; paper with the old one opens nothing.
            _act(t.gettext("New poster, the old one ends"), area, POSTER_NEW),
            _act(t.gettext("End the poster"), area, POSTER_END),
        ]
    lines = [line, _who_answers(t, readers)]
    return Message("\n".join(lines), one_each([*buttons, back]))


def _act(label: str, area: int, act: str) -> Button:
    return Button(label, PosterPage(area=area, act=act).pack())


def _who_answers(t: Tongue, readers: int) -> str:
    if not readers:
        return t.gettext(
            "Nobody of the team reads the chat. Who comes by the poster would get no answer."
        )
    text = t.ngettext(
        "{n} colleague is asked when somebody comes by it.",
        "{n} colleagues are asked when somebody comes by it.",
        readers,
    )
    return t.fill(text, n=readers)


def poster_made(t: Tongue, name: str, link: str, back: Button) -> Message:
    """The picture for the paper; it cannot be shown again."""
    text = t.fill(
        t.gettext(
            "The poster of area {area}: {link}\n"
            "Print the picture, or send it to those who meet parents. Everybody can use it.\n"
            "Save it now: I cannot show it again, only make a new one."
        ),
        area=name,
        link=Sign(link),
    )
    return Message(text, one_each([back]), file=qr.picture(link))


def to_hang_up(t: Tongue, poster: File) -> Message:
    """The same link, ready to print."""
    # Translators: under a file to be printed. So the next.
    return Message(t.gettext("To hang up: A4, all languages."), file=poster)


def to_hand_over(t: Tongue, card: File) -> Message:
    """The same, as cards."""
    return Message(t.gettext("To hand over: A6, one page for each language."), file=card)
