"""What coordinators and administrators read where they run areas (mission A4, A15)."""

from collections.abc import Sequence
from datetime import date

from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.pickers import Asked, Days, month, months, quick_days
from messaging.poster_texts import poster_button
from messaging.register_buttons import (
    AREA_ADD,
    AREA_BOKSTART,
    AREA_LIST,
    AREA_MERGE,
    AREA_NO_BOKSTART,
    AREA_NO_SUMMER,
    AREA_PAUSE,
    AREA_RENAME,
    AREA_RESUME,
    AREA_SHOW,
    AREA_STATES,
    AREA_SUMMER,
    AreaAct,
    AreaState,
    MergeAreas,
)
from messaging.team_texts import area_label, cancel_button
from programme.ages import Span

FIRST, LAST = "suf", "sul"  # which day of the summer a picker asks for

_STATES: dict[str, str] = {
    # Translators: how far an area of the city has come, on a button. So the next three.
    "planned": N_("Planned"),
    "training": N_("Staff are in training"),
    "running": N_("Running"),
    "closed": N_("Closed"),
}
_SAID: dict[str, str] = {
    # Translators: about an area of the city. So the next three.
    "planned": N_("It is planned: no families can join, and no visits are booked."),
    "training": N_("Staff are in training: families can join, no visits are booked yet."),
    "running": N_("It is running: families join, and visits are booked."),
    "closed": N_("It is closed: no families can join, and no visits are booked."),
}


def area_list(t: Tongue, areas: Sequence[tuple[int, str]], may_add: bool) -> Message:
    """The areas one runs."""
    buttons = [_act(area_label(t, name), number, AREA_SHOW) for number, name in areas]
    if may_add:
        # Translators: on a button: a new area of the city.
        buttons.append(_act(t.gettext("Add an area"), 0, AREA_ADD))
    buttons.append(Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack()))
    return Message(t.gettext("Which area?"), one_each(buttons))


def _act(label: str, area: int, act: str) -> Button:
    return Button(label, AreaAct(area=area, act=act).pack())


def to_area_button(t: Tongue, area: int) -> Button:
    """Back to the area's page."""
    return _act(t.gettext("Back"), area, AREA_SHOW)


def area_page(
    t: Tongue,
    area: int,
    name: str,
    status: str,
    paused: bool,
    summers: Sequence[Span],
    bokstart: bool,
    several: bool,
) -> Message:
    """One area: how far it has come, paused or on, its summer weeks; and what can be done."""
    if paused:
        text = t.gettext("The area {area} is paused. No visits and no reminders.")
        button = _act(t.gettext("Resume the area"), area, AREA_RESUME)
    else:
        text = t.gettext("The area {area} is not paused.")
        button = _act(t.gettext("Pause the area"), area, AREA_PAUSE)
    lines: list[str] = [
        t.fill(text, area=name),
        t.gettext(_SAID[status]),
        *(_summer(t, each) for each in summers),
    ]
    if not summers:
        lines.append(t.gettext("No summer weeks are set."))
    lines.append(_bokstart(t, bokstart))
    buttons = [
        button,
        # Translators: on a button: weeks in summer without visits.
        _act(t.gettext("Summer weeks"), area, AREA_SUMMER),
        # Translators: on a button: planned, training, running or closed.
        _act(t.gettext("How far it has come"), area, AREA_STATES),
        poster_button(t, area),
        _bokstart_button(t, area, bokstart),
        # Translators: on a button: give the area another name.
        _act(t.gettext("Another name"), area, AREA_RENAME),
    ]
    if several:
        # Translators: on a button: two areas of the city become one.
        buttons.append(_act(t.gettext("Make part of another area"), area, AREA_MERGE))
    buttons.append(_out(t, several))
    return Message("\n".join(lines), one_each(buttons))


def _bokstart(t: Tongue, there: bool) -> str:
    if there:
        # Translators: Bokstart is a name and stays: the library visits small children with a book.
        return t.gettext("The library comes home to families here (Bokstart).")
    return t.gettext("The library does not come home to families here (Bokstart).")


def _bokstart_button(t: Tongue, area: int, there: bool) -> Button:
    if there:
        return _act(t.gettext("No Bokstart here"), area, AREA_NO_BOKSTART)
    # Translators: on a button: from now on families here are offered Bokstart.
    return _act(t.gettext("Bokstart comes here"), area, AREA_BOKSTART)


def _out(t: Tongue, several: bool) -> Button:
    if several:
        return _act(t.gettext("Back"), 0, AREA_LIST)
    return Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack())


def _summer(t: Tongue, weeks: Span) -> Ready:
    first, last = t.date(weeks.first, with_year=True), t.date(weeks.last, with_year=True)
    text = t.gettext("No visits in summer from {first} to {last}.")
    return t.fill(text, first=first, last=last)


def ask_status(t: Tongue, area: int, name: str) -> Message:
    """How far has it come."""
    buttons = [
        Button(t.gettext(label), AreaState(area=area, status=status).pack())
        for status, label in _STATES.items()
    ]
    text = t.fill(t.gettext("How far has area {area} come?"), area=name)
    return Message(text, one_each([*buttons, to_area_button(t, area)]))


def ask_area_name(t: Tongue) -> Message:
    """The name is typed."""
    return Message(t.gettext("Write the name of the area."), one_each([cancel_button(t)]))


def area_name_taken(t: Tongue, name: str) -> Message:
    """Two areas of one name would be taken for each other."""
    text = t.fill(t.gettext("There is an area {area} already. Write another name."), area=name)
    return Message(text, one_each([cancel_button(t)]))


def not_open(t: Tongue, name: str, back: Button) -> Message:
    """No poster where no families can join."""
    text = t.fill(
        t.gettext("Area {area} is planned or closed. No families can join, so it has no poster."),
        area=name,
    )
    return Message(text, one_each([back]))


# --- summer ----------------------------------------------------------------------------------


def _first_asked(t: Tongue, area: int, days: Days) -> Asked:
    back = to_area_button(t, area)
    return Asked(t.gettext("Which is the first day without visits?"), FIRST, (area,), back)


def ask_summer(t: Tongue, area: int, days: Days, set_already: bool) -> Message:
    """The first day without visits; or no summer weeks after all."""
    page = quick_days(t, _first_asked(t, area, days), days, 1)
    other = page.rows[1:-1]
    none = [_act(t.gettext("No summer weeks"), area, AREA_NO_SUMMER)] if set_already else []
    return Message(page.text, (*other, *one_each([*none, to_area_button(t, area)])))


def first_month(t: Tongue, area: int, days: Days, shown: date, again: bool = False) -> Message:
    """A month of first days."""
    asked = _first_asked(t, area, days)
    return month(t, asked.again(t) if again else asked, days, shown)


def first_months(t: Tongue, area: int, days: Days, page: int) -> Message:
    """The months of first days."""
    return months(t, _first_asked(t, area, days), days, page)


def _last_asked(t: Tongue, area: int, days: Days) -> Asked:
    number = int(f"{days.first:%Y%m%d}")
    back = to_area_button(t, area)
    question = t.fill(
        t.gettext("No visits from {first}. Which is the last day without visits?"),
        first=t.date(days.first, with_year=True),
    )
    return Asked(question, LAST, (area, number), back)


def last_month(t: Tongue, area: int, days: Days, shown: date, again: bool = False) -> Message:
    """A month of last days; `days` begins with the first day without visits."""
    asked = _last_asked(t, area, days)
    return month(t, asked.again(t) if again else asked, days, shown)


def last_months(t: Tongue, area: int, days: Days, page: int) -> Message:
    """The months of last days."""
    return months(t, _last_asked(t, area, days), days, page)


# --- one of two ------------------------------------------------------------------------------


def ask_into(t: Tongue, area: int, name: str, others: Sequence[tuple[int, str]]) -> Message:
    """Into which other area."""
    buttons = [
        Button(area_label(t, other), MergeAreas(gone=area, into=number).pack())
        for number, other in others
    ]
    text = t.fill(t.gettext("Which area should {area} become part of?"), area=name)
    return Message(text, one_each([*buttons, to_area_button(t, area)]))


def what_moves(
    t: Tongue, gone: tuple[int, str], into: tuple[int, str], families: int, colleagues: int
) -> Message:
    """What goes along; nothing has happened yet."""
    head = t.gettext("{gone} becomes part of {into}. These go along:")
    text_families = t.ngettext("{n} family", "{n} families", families)
    text_staff = t.ngettext("{n} colleague", "{n} colleagues", colleagues)
    lines = [
        t.fill(head, gone=gone[1], into=into[1]),
        t.fill(text_families, n=families),
        t.fill(text_staff, n=colleagues),
        t.gettext("Places, posters and figures go along, too. This cannot be undone."),
    ]
    now = MergeAreas(gone=gone[0], into=into[0], now=True)
    # Translators: on a button: two areas become one, now.
    buttons = [Button(t.gettext("Make them one"), now.pack()), to_area_button(t, gone[0])]
    return Message("\n".join(lines), one_each(buttons))


def into_is_paused(t: Tongue, area: int, gone: str, into: str) -> Message:
    """Visits of one would fall into the pause of the other, and nobody would be told."""
    text = t.fill(
        t.gettext(
            "{into} is paused, and families in {gone} have visits booked in that time.\n"
            "Resume {into} first, or pause {gone} too."
        ),
        gone=gone,
        into=into,
    )
    return Message(text, one_each([to_area_button(t, area)]))
