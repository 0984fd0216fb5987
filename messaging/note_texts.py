"""Lines for the yearly follow-up, in words: for coordinators, without names (mission I8)."""

from collections.abc import Sequence

from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.note_buttons import (
    ActOnNote,
    FollowUp,
    NewNote,
    NoteAct,
    NoteArea,
    NoteList,
    NoteYear,
    QuarterPage,
    UnderHeading,
    YearlyBlocks,
)
from messaging.plain import plain
from messaging.report_buttons import ReportArea
from programme.headings import LONGEST_LINE, Heading, LineFault

PER_PAGE = 8
_ON_A_BUTTON = 40  # letters of a line; the rest stands on its page

_HEADINGS: dict[Heading, str] = {
    # Translators: on buttons for coordinators, the questions of a yearly follow-up in short.
    Heading.COORDINATION: N_("The work of the coordinators"),
    # Translators: families that services otherwise reach too little.
    Heading.PRIORITY: N_("To reach more families"),
    Heading.STEERING: N_("The steering group"),
    Heading.IMPROVEMENTS: N_("To do better next year"),
    Heading.ACTIVITIES: N_("What we did together"),
    Heading.GAINS: N_("What went well"),
    Heading.CHALLENGES: N_("What is hard"),
    Heading.CENTRES: N_("Family centres"),
    Heading.STAFFING: N_("Are we enough people?"),
    Heading.TRAINING: N_("What staff have learned"),
    Heading.TRAINING_NEEDS: N_("What staff need to learn"),
    Heading.OTHER: N_("Something else"),
    Heading.PARENT_SUPPORT: N_("Support for all parents"),
}


def heading_name(t: Tongue, heading: Heading) -> str:
    """The heading in a few easy words, as a value for `fill` or on a button."""
    return t.gettext(_HEADINGS[heading])


def follow_up_button(t: Tongue) -> Button:
    """Opens everything about the follow-up."""
    # Translators: on a button for coordinators: notes, the yearly report, a page for the quarter.
    return Button(t.gettext("Follow-up"), FollowUp().pack())


def follow_up_desk(t: Tongue) -> Message:
    """What a coordinator can do for the follow-up."""
    text = t.gettext(
        "Write a line whenever something has happened, all year. "
        "In January the lines and the figures stand ready under the headings."
    )
    # Translators: on a button: to write one line for the yearly follow-up.
    new = Button(t.gettext("Write a line"), NewNote().pack())
    # Translators: on a button: a page of figures for the steering group.
    quarter = Button(t.gettext("The quarter on one page"), QuarterPage().pack())
    buttons = [numbers_button(t), new, lines_button(t), yearly_button(t), quarter, _menu(t)]
    return Message(text, one_each(buttons))


def numbers_button(t: Tongue) -> Button:
    """Opens the numbers of the follow-up."""
    # Translators: on a button for coordinators: numbers of the follow-up, by area and time.
    return Button(t.gettext("The numbers"), ReportArea().pack())


def lines_button(t: Tongue) -> Button:
    """Opens the list of lines."""
    # Translators: on a button: the lines that are written.
    return Button(t.gettext("The lines"), NoteList().pack())


def yearly_button(t: Tongue, year: int = 0) -> Button:
    """Opens the blocks of that year; 0: of the one that is being worked on."""
    # Translators: on a button: the text for the yearly follow-up, ready to copy.
    return Button(t.gettext("The yearly follow-up"), YearlyBlocks(year=year).pack())


def _menu(t: Tongue) -> Button:
    return Button(t.gettext("Menu"), StaffPage(page=STAFF_MENU).pack())


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), FollowUp().pack())


def choose_heading(t: Tongue, note: int = 0, line: str = "") -> Message:
    """Under which heading; `line`: what is written already."""
    parts = [nameless(t)]
    if line:
        parts = [t.fill(t.gettext("Your line: {line}"), line=line)]
    # Translators: above buttons with headings of the yearly follow-up.
    parts.append(t.gettext("Under which heading?"))
    buttons = [
        Button(heading_name(t, each), UnderHeading(heading=each, note=note).pack())
        for each in Heading
    ]
    return Message("\n\n".join(parts), one_each([*buttons, _back(t)]))


def nameless(t: Tongue) -> str:
    """What never stands in a line."""
    return t.gettext("No names, no numbers of people. Nobody may see which family it is about.")


def write_line(t: Tongue, heading: Heading | None) -> Message:
    """The next message is the line; None: under the heading it has."""
    parts = [nameless(t)]
    if heading:
        # Translators: {heading} is one of the headings on the buttons.
        text = t.gettext("Write one line about: {heading}")
        parts.append(t.fill(text, heading=heading_name(t, heading)))
    else:
        parts.append(t.gettext("Write the line anew."))
    parts.append(t.fill(t.gettext("At most {n} letters."), n=LONGEST_LINE))
    # Translators: on a button: I do not want to write it now.
    no = Button(t.gettext("Do not write"), FollowUp().pack())
    return Message("\n".join(parts), one_each([no]))


def line_refused(t: Tongue, fault: LineFault) -> str:
    """Why a line is not kept."""
    match fault:
        case LineFault.NUMBER:
            return t.gettext(
                "There is a long number in it: it looks like a phone number or a personal number. "
                "I have not kept it. Write the line without it."
            )
        case LineFault.ADDRESS:
            return t.gettext(
                "There is an address with @ in it. I have not kept it. Write the line without it."
            )
        case LineFault.LONG:
            text = t.gettext("The line is too long: at most {n} letters.")
            return t.fill(text, n=LONGEST_LINE)
        case LineFault.EMPTY:
            return t.gettext("Nothing is written yet.")


def note_page(
    t: Tongue,
    number: int,
    heading: Heading,
    line: str,
    year: int,
    others: Sequence[int],
    areas: Sequence[tuple[int, str]],
    area: int,
    said: str,
) -> Message:
    """One line, and what can be done with it.

    `others`: years it could be for as well; `areas`: the reader's, if they have several.
    """
    # Translators: what is written under a heading of the yearly follow-up, and for which year.
    stands = t.gettext("Heading: {heading}\nYear: {year}\nThe line: {line}")
    shown: str = t.fill(stands, heading=heading_name(t, heading), year=_plain(year), line=line)
    here = [name for known, name in areas if known == area]
    if here:
        shown = "\n".join([shown, t.fill(t.gettext("Area: {area}"), area=here[0])])
    buttons = [
        Button(label, ActOnNote(note=number, act=act).pack())
        for label, act in (
            # Translators: on a button: type the line anew.
            (t.gettext("Other words"), NoteAct.WORDS),
            (t.gettext("Another heading"), NoteAct.HEADING),
            # Translators: on a button: throw this line away.
            (t.gettext("Delete the line"), NoteAct.DROP),
        )
    ]
    for each in others:
        # Translators: on a button: the line is for that year's follow-up instead.
        label = t.fill(t.gettext("It is about {year}"), year=_plain(each))
        buttons.insert(0, Button(plain(label), NoteYear(note=number, year=each).pack()))
    for known, name in areas:
        if known != area:
            # Translators: on a button: the line is about that part of the city instead.
            label = t.fill(t.gettext("It is about {area}"), area=name)
            buttons.insert(0, Button(plain(label), NoteArea(note=number, area=known).pack()))
    # Translators: on a button: write another line.
    more = Button(t.gettext("One more line"), NewNote().pack())
    parts = [said] if said else []
    return Message("\n\n".join([*parts, shown]), one_each([more, *buttons, lines_button(t)]))


def _plain(year: int) -> Value:
    return str(year)  # a year is no count: nothing groups its digits


def note_done(t: Tongue, what: str) -> str:
    """What came of a press."""
    if what == "dropped":
        return t.gettext("The line is deleted.")
    return t.gettext("It is saved.")


def note_list(
    t: Tongue, lines: Sequence[tuple[int, Heading, str]], page: int, said: str = ""
) -> Message:
    """The lines there are, as buttons."""
    begin = max(page, 0) * PER_PAGE
    shown, more = lines[begin : begin + PER_PAGE], len(lines) > begin + PER_PAGE
    text = t.gettext("The lines for the follow-up. Press one to change it.")
    if not lines:
        text = t.gettext("No line is written yet.")
    buttons = [_line(t, *each) for each in shown]
    if more:
        buttons.append(Button(t.gettext("More"), NoteList(page=max(page, 0) + 1).pack()))
    parts = [said] if said else []
    return Message("\n\n".join([*parts, text]), one_each([*buttons, _back(t)]))


def _line(t: Tongue, number: int, heading: Heading, line: str) -> Button:
    begins = line if len(line) <= _ON_A_BUTTON else line[:_ON_A_BUTTON].rstrip() + "…"
    # Translators: on a button: a heading, and how a line under it begins.
    text = t.gettext("{heading}: {line}")
    label = t.fill(text, heading=heading_name(t, heading), line=begins)
    return Button(plain(label), ActOnNote(note=number, act=NoteAct.SHOW).pack())
