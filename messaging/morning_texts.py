"""The morning list in words, and the page on which its reader chooses the hour (mission H3).

It says staff's own word for a family, the kind of place and the hour: no name, no address.
"""

from collections.abc import Iterator, Sequence
from datetime import time
from zoneinfo import ZoneInfo

from messaging import dates
from messaging.booking_texts import PLACES_FOR_STAFF
from messaging.calendar_buttons import DayList
from messaging.callbacks import STAFF_PHONE, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Sign, Value
from messaging.keyboards import Button, Message, Rows, in_pairs, one_each
from messaging.marks import N_
from messaging.meeting_texts import what
from messaging.morning_buttons import MorningHours, Mornings, SetMorning
from messaging.notice_texts import desk_button
from messaging.page_edit_buttons import StaffPages
from messaging.place_edit_buttons import StaffPlaces
from messaging.plain import plain
from messaging.poster_texts import asked_button
from messaging.series_texts import book_button, menu_button
from messaging.staff_texts import family_button
from messaging.time_news import ASKED
from messaging.translating_buttons import Translations
from messaging.trust_menu import threads_button
from messaging.visit_texts import at
from programme.desk_letters import MorningList
from programme.morning_list import About, Line, Office, Section
from programme.people import Place

_HEADINGS: dict[About, str] = {
    # Translators: headings in the list that staff get in the morning; below each stand families.
    About.TODAY: N_("You visit today:"),
    About.CALL: N_("Please call today, nobody reads the chat:"),
    # Translators: {n} is how many there are; only the first few stand below. So the next ones.
    About.INTERPRETER: N_("Interpreter not booked yet: {n}"),
    About.WAITS: N_("They wait for an answer from us: {n}"),
    About.THREAD: N_("Messages from parents without an answer: {n}"),
    About.FIRST: N_("First visit, the 14 days are almost over: {n}"),
    About.CLOSING: N_("To book within a week: {n}"),
    About.TO_BOOK: N_("To book: {n}"),
    About.LATE: N_("Not booked in time: {n}"),
    About.MISSED: N_("Nobody was at home, find a new time: {n}"),
    About.PHONE: N_("To phone, nobody reads the chat: {n}"),
}

_LINES: dict[About, str] = {
    # Translators: one line of the morning list; {family} is staff's own word for a family, or its
    # number, {what} is "Visit 3", "One more visit"…, {place} is "at the family's home"…
    About.TODAY: N_("At {time}: {what}, family {family}, {place}."),
    About.CALL: N_("Family {family}: {what}, {date} at {time}."),
    About.INTERPRETER: N_("Family {family}: {what}, {date} at {time}."),
    About.WAITS: N_("Family {family} waits for a time for visit {visit}."),
    About.THREAD: N_("Family {family} has written."),
    About.FIRST: N_("Family {family}: book visit {visit} by {date}."),
    About.CLOSING: N_("Family {family}: book visit {visit} by {date}."),
    About.TO_BOOK: N_("Family {family}: book visit {visit} by {date}."),
    About.LATE: N_("Family {family}: visit {visit} should have been by {last}."),
    About.MISSED: N_("Family {family}: visit {visit}."),
    About.PHONE: N_("Family {family}."),
}

# What is about no single family: each with how many there are.
_OFFICE: tuple[tuple[str, str], ...] = (
    # Translators: in the morning list; families that came by a poster and wait for staff's yes.
    ("by_poster", N_("Came by poster and wait for your yes: {n}")),
    # Translators: in a coordinator's morning list. So the next ones.
    ("untranslated", N_("Translations that are missing: {n}")),
    ("to_approve", N_("Translations that wait for your yes: {n}")),
    ("old_places", N_("Places nobody has checked for long: {n}")),
    ("old_pages", N_("Pages of the guide nobody has checked for long: {n}")),
    ("old_activities", N_("Activities nobody has checked for long: {n}")),
    ("failed", N_("Notices that did not reach everybody: {n}")),
)
_CALLED = (About.CALL, About.INTERPRETER)  # their families are one tap away
_BOOKED_SOON = frozenset(
    {About.WAITS, About.FIRST, About.CLOSING, About.TO_BOOK, About.LATE, About.MISSED}
)


def body(letter: MorningList, t: Tongue, zone: ZoneInfo) -> str:
    """All of it: each sort under its heading, and figures without families last."""
    # Translators: the heading of the list that staff get in the morning.
    text = t.gettext("Your list for {date}:")
    head = t.fill(text, date=t.date(letter.day))
    every = ["\n".join(_section(each, t, zone)) for each in letter.sections]
    return "\n\n".join([head, *every, *_figures(letter.office, t)])


def _section(section: Section, t: Tongue, zone: ZoneInfo) -> Iterator[str]:
    yield t.fill(t.gettext(_HEADINGS[section.about]), n=section.many)
    yield from (_line(each, t, zone) for each in section.lines)


def _line(line: Line, t: Tongue, zone: ZoneInfo) -> str:
    if line.asked:
        return t.fill(t.gettext(ASKED[line.asked]), family=line.family)
    text = t.gettext(_LINES[line.about])
    values: dict[str, Value] = {"family": line.family, "visit": line.visit}
    if line.starts_at:
        values["what"] = what(t, line.visit, line.meeting)
        values["place"] = t.gettext(PLACES_FOR_STAFF[line.place or Place.HOME])
        return at(t, text, line.starts_at, zone, **values)
    if line.last_day:
        values["date"] = values["last"] = t.date(line.last_day)
    return t.fill(text, **values)


def _figures(office: Office, t: Tongue) -> Iterator[str]:
    lines = [
        t.fill(t.gettext(words), n=n) for name, words in _OFFICE if (n := getattr(office, name))
    ]
    if lines:
        yield "\n".join(lines)


def rows(letter: MorningList, t: Tongue) -> Rows:
    """To who is to be called, to each list there is, and to this one as it is later."""
    return in_pairs([*_lists(letter, t), morning_button(t)], t.one_per_row)


def morning_page(t: Tongue, letter: MorningList, zone: ZoneInfo) -> Message:
    """The list as it is now, whenever somebody looks."""
    text = t.gettext("Nothing waits for you now.") if letter.empty else body(letter, t, zone)
    # Translators: on a button: at which hour the morning list comes.
    when = Button(t.gettext("When it comes"), MorningHours().pack())
    lists = in_pairs(_lists(letter, t), t.one_per_row)
    return Message(text, (*lists, *one_each([when, menu_button(t)])))


def _lists(letter: MorningList, t: Tongue) -> list[Button]:
    there, office = {each.about for each in letter.sections}, letter.office
    day = DayList(staff=letter.staff_id or 0, day=letter.day.isoformat()).pack()
    phone = StaffPage(page=STAFF_PHONE).pack()
    lists = (
        # Translators: on a button: today's visits, to read and to print.
        (About.TODAY in there, Button(t.gettext("My day"), day)),
        (bool(there & _BOOKED_SOON), book_button(t)),
        # Translators: on a button: the list of families that staff should phone.
        (About.PHONE in there, Button(t.gettext("To phone"), phone)),
        (About.THREAD in there, threads_button(t)),
        (office.by_poster, asked_button(t)),
        # Translators: on a button: words that are to be translated, or looked through.
        (
            office.untranslated or office.to_approve,
            Button(t.gettext("Translations"), Translations().pack()),
        ),
        (office.old_places, Button(t.gettext("Places"), StaffPlaces().pack())),
        (office.old_pages, Button(t.gettext("Pages of the guide"), StaffPages().pack())),
        (office.old_activities or office.failed, desk_button(t)),
    )
    return [*_families(letter, t), *(each for wanted, each in lists if wanted)]


def _families(letter: MorningList, t: Tongue) -> list[Button]:
    lines = [line for each in letter.sections if each.about in _CALLED for line in each.lines]
    families = {line.family_id: line.family for line in lines}
    return [family_button(t, number, name) for number, name in families.items()]


def morning_button(t: Tongue) -> Button:
    """To the list as it is now."""
    # Translators: on a button for staff: what waits, as a list that comes in the morning.
    return Button(t.gettext("My morning list"), Mornings().pack())


def choose_morning(t: Tongue, hour: time | None, choices: Sequence[time]) -> Message:
    """When it comes, and the other hours."""
    text = t.gettext(
        "Your morning list comes at {time} on your working days.\n"
        "It says what waits that day. If nothing waits, it does not come."
    )
    if hour is None:
        text = t.gettext(
            "You get no morning list now.\n"
            "It says what waits that day, on your working days. If nothing waits, it does not come."
        )
    said = t.fill(text, time=_wall(t, hour)) if hour else text
    times = [_choice(t, each) for each in choices if each != hour]
    # Translators: on a button: no morning list, please.
    off = [Button(t.gettext("No list"), SetMorning(minutes=-1).pack())] if hour else []
    return Message(said, (*in_pairs(times, t.one_per_row), *one_each([*off, _back(t)])))


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), Mornings().pack())


def _choice(t: Tongue, hour: time) -> Button:
    minutes = hour.hour * 60 + hour.minute
    # Translators: on a button: at that hour.
    label = plain(t.fill(t.gettext("At {time}"), time=_wall(t, hour)))
    return Button(label, SetMorning(minutes=minutes).pack())


def _wall(t: Tongue, hour: time) -> Sign:
    return Sign(dates.wall(t.traits, hour))
