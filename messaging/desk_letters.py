"""Letters to staff about no family, in words. The titles they say are public words of staff."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from messaging.activity_buttons import Activities
from messaging.i18n import Tongue
from messaging.keyboards import Button, Rows, one_each
from messaging.note_texts import lines_button, yearly_button
from messaging.page_edit_buttons import StaffPages
from messaging.place_edit_buttons import StaffPlaces
from messaging.staff_calendar_texts import cannot_be_read
from messaging.translating_buttons import ActOnWords, ShowWords, WordsAct, WriteIn
from programme.desk_letters import (
    AboutWords,
    CalendarUnread,
    CheckAgain,
    SentBack,
    TranslateAsk,
    YearlyDue,
)
from programme.letters import Letter


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """All lines of the letter; None for one about a family."""
    match letter:
        case AboutWords():
            text = _about_words(letter, t)
            return t.fill(text, language=t.language_name(letter.language), title=letter.title)
        case CalendarUnread():
            return cannot_be_read(t, letter.since, letter.fault, zone).text
        case CheckAgain():
            return "\n".join(_old(letter, t))
        case YearlyDue():
            return _yearly(letter, t)
        case _:
            return None


def _yearly(letter: YearlyDue, t: Tongue) -> str:
    # Translators: the three receivers are boards and offices in Gothenburg; keep the Swedish names.
    text = t.gettext(
        "The yearly follow-up of {year} must be sent by {date}.\n"
        "It goes to the group office of the region (Koncernkontoret, Västra Götalandsregionen).\n"
        "A copy goes to the social board (socialnämnden) "
        "and to the preschool board (förskolenämnden).\n"
        "Your lines and the figures stand ready under the headings."
    )
    return t.fill(text, year=str(letter.year), date=t.date(letter.by))


def _old(letter: CheckAgain, t: Tongue) -> Iterator[str]:
    yield t.gettext("Once a month: please look whether this is still right.")
    if n := letter.places:
        text = t.ngettext(
            "{n} place has not been checked for a long time.",
            "{n} places have not been checked for a long time.",
            n,
        )
        yield t.fill(text, n=n)
    if n := letter.pages:
        text = t.ngettext(
            "{n} page of the guide has not been checked for a long time.",
            "{n} pages of the guide have not been checked for a long time.",
            n,
        )
        yield t.fill(text, n=n)
    if n := letter.activities:
        text = t.ngettext(
            "{n} activity has not been checked for a long time.",
            "{n} activities have not been checked for a long time.",
            n,
        )
        yield t.fill(text, n=n)


def _about_words(letter: AboutWords, t: Tongue) -> str:
    match letter:
        case TranslateAsk(again=True):
            return t.gettext(
                "The words in {language} are still missing.\n"
                "It is about: {title}\n"
                "Can you take them?"
            )
        case TranslateAsk():
            # Translators: to a translator; {title} is what a coordinator wrote, in any language.
            return t.gettext(
                "Words are missing in {language}.\nIt is about: {title}\nWho takes it first has it."
            )
        case SentBack():
            return t.gettext(
                "The coordinator would like other words in {language}.\nIt is about: {title}"
            )
        case _:
            return t.gettext(
                "The words in {language} are ready.\n"
                "It is about: {title}\n"
                "Families see them after your yes."
            )


def rows(letter: Letter, t: Tongue, zone: ZoneInfo) -> Rows:
    """Take it, look at it, change it."""
    match letter:
        case TranslateAsk():
            number = letter.wording_id
            return one_each([take_button(t, number), look_button(t, number)])
        case AboutWords():
            return one_each([look_button(t, letter.wording_id)])
        case CalendarUnread():
            return cannot_be_read(t, letter.since, letter.fault, zone).rows
        case YearlyDue():
            return one_each([yearly_button(t, letter.year), lines_button(t)])
        case CheckAgain():
            places = Button(t.gettext("Places"), StaffPlaces().pack())
            pages = Button(t.gettext("Pages of the guide"), StaffPages().pack())
            activities = Button(t.gettext("Activities"), Activities().pack())
            old = (letter.places, letter.pages, letter.activities)
            buttons = zip((places, pages, activities), old, strict=True)
            return one_each([button for button, n in buttons if n])
        case _:
            return ()


def take_button(t: Tongue, wording: int) -> Button:
    """I translate it."""
    # Translators: on a button: I translate this.
    return Button(t.gettext("I take it"), ActOnWords(wording=wording, act=WordsAct.TAKE).pack())


def look_button(t: Tongue, wording: int) -> Button:
    """The words, beside those that are translated."""
    return Button(t.gettext("Look at it"), ShowWords(wording=wording).pack())


def languages_button(t: Tongue) -> Button:
    """In which languages a translator is asked."""
    # Translators: on a button: the languages in which a translator writes.
    return Button(t.gettext("My languages"), WriteIn().pack())
