"""Places in words for parents: what is open, where it is, what is in the house (mission F3, E9).

What nobody has said or checked is called so, and a person is named who can tell.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from messaging import dates
from messaging.i18n import Tongue
from messaging.isolates import Ready, Sign
from messaging.keyboards import Button, Keys, Message, Pin, Rows, lay_out
from messaging.marks import N_
from messaging.place_buttons import (
    NearMe,
    PlaceCard,
    Places,
    PlacesToday,
    PlacesWeek,
    PlaceWay,
    PlaceWeek,
    near,
)
from messaging.plain import plain
from messaging.texts import more_button
from programme.places import Day, Doors, Hours, InHouse, Status, Venue, VenueKind, clock

PER_PAGE = 2  # places on a page, each with its button, beside More or Back
NEAREST_STEP, LONG_METRES, KILOMETRE = 50, 3000, 1000

KINDS: dict[VenueKind, str] = {
    # Translators: the first line about a place. Its Swedish name on signs stays in brackets.
    VenueKind.FAMILY_CENTRE: N_("Family centre (familjecentral): {place}"),
    VenueKind.OPEN_PRESCHOOL: N_("Open preschool (öppen förskola): {place}"),
    VenueKind.HEALTH_CENTRE: N_("Child health centre (BVC): {place}"),
    VenueKind.LIBRARY: N_("Library (bibliotek): {place}"),
    VenueKind.DENTAL: N_("Dental clinic (Folktandvården): {place}"),
}

IN_HOUSE: dict[InHouse, str] = {
    # Translators: inside a list of who is in the house. Small first letter.
    InHouse.MIDWIFE: N_("midwife"),
    InHouse.BVC: N_("BVC (child health centre)"),
    InHouse.OPEN_PRESCHOOL: N_("open preschool (öppen förskola)"),
    InHouse.SOCIAL_WORKER: N_("social worker (socionom) who supports families"),
    InHouse.DOCTOR: N_("doctor"),
    InHouse.LIBRARIAN: N_("librarian"),
    InHouse.PSYCHOLOGIST: N_("psychologist"),
    InHouse.DENTAL: N_("dental care"),
}

Shown = Sequence[tuple[Venue, Status]]


def menu(t: Tongue) -> Message:
    """What one can ask about places."""
    text = t.gettext(
        "Here are places for you and your child, and when they are open.\n"
        "You are welcome. You need no reason to come."
    )
    buttons = [
        Button(t.gettext("Open today"), PlacesToday().pack()),
        # Translators: on a button: the hours of the next seven days.
        Button(t.gettext("This week"), PlacesWeek().pack()),
        # Translators: on a button: which places are near.
        Button(t.gettext("Near me"), NearMe().pack()),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), Places().pack())


def _turn(t: Tongue, more: str | None) -> Button:
    return more_button(t, more) if more else _back(t)


def ask_a_person(t: Tongue) -> str:
    """Who can tell what is not known here (domain.md N14)."""
    return t.gettext("Not sure? Ask BVC (the child health centre), or ask us at the visit.")


def no_places(t: Tongue) -> Message:
    """There is nothing to show."""
    text = t.gettext("We have no places to show here yet.")
    return Message(f"{text}\n{ask_a_person(t)}", lay_out([_back(t)], t.one_per_row))


def today(t: Tongue, shown: Shown, day: date, page: int, more: bool, zone: ZoneInfo) -> Message:
    """How it stands today at two places, each with a button."""
    # Translators: above a list of places; {date} is today.
    lines: list[str] = [t.fill(t.gettext("Today, {date}:"), date=t.date(day))]
    for venue, status in shown:
        lines += ["", _kind(t, venue), *_status(t, status, venue, zone)]
    if any(_unsure(status.today) for _, status in shown):
        lines += ["", ask_a_person(t)]
    buttons = [_card_button(t, venue) for venue, _ in shown]
    turn = _turn(t, PlacesToday(page=page + 1).pack() if more else None)
    return Message("\n".join(lines), lay_out([*buttons, turn], t.one_per_row))


def _card_button(t: Tongue, venue: Venue) -> Button:
    # Translators: on a button: more about this place.
    label = plain(t.fill(t.gettext("About {place}"), place=venue.name))
    return Button(label, PlaceCard(place=venue.id).pack())


def _kind(t: Tongue, venue: Venue) -> Ready:
    return t.fill(t.gettext(KINDS[venue.kind]), place=venue.name)


def _unsure(day: Day) -> bool:
    return day.doors in {Doors.UNKNOWN, Doors.RED}


def _status(t: Tongue, status: Status, venue: Venue, zone: ZoneInfo) -> Iterator[str]:
    """Open or not, and when it opens next, in one or two lines."""
    if status.open_until:
        text = t.gettext("Open now, until {time}.")
        yield t.fill(text, time=t.time(status.open_until, zone))
        return
    if status.today.doors is not Doors.OPEN or not status.opens_at:
        yield _doors(t, status, venue)
    if status.opens_at:
        yield _opens(t, status, zone)


def _doors(t: Tongue, status: Status, venue: Venue) -> str:
    match status.today.doors:
        case Doors.UNKNOWN:
            return t.gettext("We do not know the opening hours.")
        case Doors.RED:
            return t.gettext("Today is a public holiday. It may be closed.")
        case Doors.NOT_YET if venue.opens_on:
            text = t.gettext("It has not opened yet. It opens on {date}.")
            return t.fill(text, date=t.date(venue.opens_on))
        case Doors.NOT_YET:
            return t.gettext("It has not opened yet. We do not know when it opens.")
        case _ if status.opens_at:
            return t.gettext("Closed today.")
        case _:
            return t.gettext("Closed. We do not know when it opens again.")


def _opens(t: Tongue, status: Status, zone: ZoneInfo) -> str:
    assert status.opens_at
    opens = status.opens_at.astimezone(zone).date()
    if opens == status.today.day:
        return t.fill(t.gettext("Opens today at {time}."), time=t.time(status.opens_at, zone))
    text = t.gettext("Opens on {date} at {time}.")
    return t.fill(text, date=t.date(opens), time=t.time(status.opens_at, zone))


def card(
    t: Tongue,
    venue: Venue,
    status: Status,
    zone: ZoneInfo,
    metres: int | None = None,
    after: str | None = None,
) -> Message:
    """All of one place; how far, if that was just asked; `after`: the button to the next one."""
    lines: list[str] = [_kind(t, venue)]
    if metres is not None:
        lines.append(distance(t, metres))
    lines += _status(t, status, venue, zone)
    if status.today.hours:
        lines.append(t.fill(t.gettext("Today: {hours}."), hours=hours(t, status.today.hours)))
    if venue.drop_in is not None and status.today.doors is not Doors.NOT_YET:
        lines.append(drop_in(t, venue.drop_in))
    if venue.in_house:
        lines.append(in_house(t, venue.in_house))
    lines.append(checked(t, venue.checked_on))
    if venue.checked_on and _unsure(status.today):
        lines.append(t.gettext("Ask BVC or us before you go."))
    return Message("\n".join(lines), _card_rows(t, venue, after))


def _card_rows(t: Tongue, venue: Venue, after: str | None) -> Rows:
    buttons = [Button(t.gettext("This week"), PlaceWeek(place=venue.id).pack())]
    if venue.point or venue.way:
        # Translators: on a button: a map, and how to find the door.
        buttons.append(Button(t.gettext("Find the way"), PlaceWay(place=venue.id).pack()))
    return lay_out([*buttons, _turn(t, after)], t.one_per_row)


def drop_in(t: Tongue, without: bool) -> str:
    """Whether one has to sign up."""
    if without:
        return t.gettext("You can come without signing up.")
    return t.gettext("You need to sign up before you come.")


def in_house(t: Tongue, found: Sequence[InHouse]) -> Ready:
    """Who and what is in the house."""
    listed = t.listing([t.gettext(IN_HOUSE[each]) for each in found])
    return t.fill(t.gettext("In the house: {list}."), list=listed)


def checked(t: Tongue, on: date | None) -> str:
    """When somebody last looked whether this is right; else whom to ask."""
    if on is None:
        return t.gettext("Not checked yet. Ask BVC or us before you go.")
    return t.fill(t.gettext("Checked on {date}."), date=t.date(on, with_year=True))


def hours(t: Tongue, spans: Sequence[Hours]) -> Ready:
    """Such as 09:00–12:00 and 13:00–15:00, as a value."""
    return t.listing([_span(t, each) for each in sorted(spans)])


def _span(t: Tongue, each: Hours) -> Sign:
    opens, closes = (dates.wall(t.traits, clock(minute)) for minute in (each.opens, each.closes))
    return Sign(f"{opens}–{closes}")


def distance(t: Tongue, metres: int) -> Ready:
    """How far it is, roughly: as a bird flies is never exactly as one walks."""
    if metres < LONG_METRES:
        n = max(NEAREST_STEP, round(metres / NEAREST_STEP) * NEAREST_STEP)
        # Translators: {n} is 50, 100, 150 … 3000.
        return t.fill(t.ngettext("About {n} metre away.", "About {n} metres away.", n), n=n)
    n = round(metres / KILOMETRE)
    text = t.ngettext("About {n} kilometre away.", "About {n} kilometres away.", n)
    return t.fill(text, n=n)


def week(t: Tongue, venue: Venue, days: Sequence[Day], after: str | None = None) -> Message:
    """The next seven days at one place."""
    lines: list[str] = [_kind(t, venue)]
    if all(day.doors is Doors.UNKNOWN for day in days):
        lines.append(t.gettext("We do not know the opening hours."))
    else:
        lines += [week_line(t, day) for day in days]
    if any(_unsure(day) for day in days):
        lines += [ask_a_person(t)]
    open_card = Button(t.gettext("About this place"), PlaceCard(place=venue.id).pack())
    return Message("\n".join(lines), lay_out([open_card, _turn(t, after)], t.one_per_row))


def week_line(t: Tongue, day: Day) -> Ready:
    """One day of the week and its hours."""
    name = dates.weekday(t.traits, day.day.weekday())
    match day.doors:
        case Doors.OPEN:
            # Translators: one line of a week; {day} is a weekday. So the next three.
            text = t.gettext("{day}: {hours}")
            return t.fill(text, day=name, hours=hours(t, day.hours))
        case Doors.RED:
            return t.fill(t.gettext("{day}: public holiday, ask first"), day=name)
        case Doors.NOT_YET:
            return t.fill(t.gettext("{day}: not open yet"), day=name)
        case Doors.UNKNOWN:
            return t.fill(t.gettext("{day}: we do not know"), day=name)
        case Doors.CLOSED:
            return t.fill(t.gettext("{day}: closed"), day=name)


def pin(t: Tongue, venue: Venue) -> Message | None:
    """The place on the map; None if nobody has said where it is."""
    if venue.point is None:
        return None
    # The phone shows both as plain text; a pin needs an address, and Lotsen has none.
    about = plain(_kind(t, venue))
    return Message("", pin=Pin(venue.point.latitude, venue.point.longitude, venue.name, about))


def way(t: Tongue, venue: Venue) -> Message:
    """How to find the door, as staff have written it; else whom to ask."""
    text = ask_a_person(t)
    if t.code in venue.way:
        # Translators: {way} is what staff wrote in your language, such as "next to the library".
        text = t.fill(t.gettext("How to find it: {way}"), way=venue.way[t.code])
    buttons = [
        Button(t.gettext("About this place"), PlaceCard(place=venue.id).pack()),
        _back(t),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def ask_position(t: Tongue) -> Message:
    """Where are you: only the key below can say it, and only with a yes of the phone's owner."""
    text = t.gettext(
        "Where are you now? Press the key at the bottom, and your phone shows me.\n"
        "I use it once, to find what is near. I do not keep it."
    )
    keys = Keys(t.gettext("Show where I am"), not_now(t))
    return Message(text, keys=keys)


def not_now(t: Tongue) -> str:
    """On a key: no position."""
    return t.gettext("Not now")


def all_right(t: Tongue) -> Message:
    """No position then; the keys go away."""
    return Message(t.gettext("All right."), keys=Keys())


def used_once(t: Tongue) -> Message:
    """The position has been used; the keys go away."""
    text = t.gettext(
        "Thank you. I have used your position once. I do not keep it.\n"
        "You can delete it from this chat."
    )
    return Message(text, keys=Keys())


def none_near(t: Tongue) -> Message:
    """No place has a position yet."""
    text = t.gettext("I do not know yet which place is nearest.")
    today_button = Button(t.gettext("Open today"), PlacesToday().pack())
    rows = lay_out([today_button, _back(t)], t.one_per_row)
    return Message(f"{text}\n{ask_a_person(t)}", rows)


def nearby(
    t: Tongue, venue: Venue, status: Status, zone: ZoneInfo, found: list[tuple[int, int]], n: int
) -> Message:
    """Number `n` of the nearest places, and the button to the next one."""
    after = near(found, n + 1) if n + 1 < len(found) else None
    return card(t, venue, status, zone, found[n][1], after)


def position_not_used(t: Tongue) -> Message:
    """A position came that nobody asked for (mission F8)."""
    text = t.gettext(
        "I have not used your position, and I do not keep it. You can delete it.\n"
        "Do you want to see what is near you? Press the button."
    )
    buttons = [Button(t.gettext("Near me"), NearMe().pack()), _back(t)]
    return Message(text, lay_out(buttons, t.one_per_row))
