"""Places in words for staff: what stands, the new edition, and how to change it (mission F4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.pickers import ANY_DAY
from messaging.place_edit_buttons import (
    ActOnPlace,
    BringBack,
    NewPlace,
    NewPlaceKind,
    PlaceAct,
    PlaceEdition,
    PlaceHistory,
    PublishPlace,
    StaffPlace,
    StaffPlaces,
)
from messaging.place_texts import (
    KINDS,
    checked,
    drop_in,
    hours,
    in_house,
    week_line,
)
from messaging.plain import plain
from programme.places import Change, Day, Doors, Hours, Venue, VenueKind

_STATES = {
    # Translators: on a button in the list of places for staff. So the next three.
    None: N_("Place {place}"),
    "old": N_("Check again: {place}"),
    "draft": N_("Draft: {place}"),
    "review": N_("Please look at it: {place}"),
}
_KIND_NAMES: dict[VenueKind, str] = {
    # Translators: on a button: a new place of this kind.
    VenueKind.OPEN_PRESCHOOL: N_("Open preschool"),
    VenueKind.FAMILY_CENTRE: N_("Family centre"),
    VenueKind.HEALTH_CENTRE: N_("BVC"),
    VenueKind.LIBRARY: N_("Library"),
    VenueKind.DENTAL: N_("Dental clinic"),
}


@dataclass(frozen=True)
class Listed:
    """A place in the list: its number, name, and what is to be done with it."""

    id: int
    name: str
    mark: str | None  # a key of the marks above


def act_button(t: Tongue, label: str, place: int, act: PlaceAct) -> Button:
    """A button that does that with the place."""
    return Button(label, ActOnPlace(place=place, act=act).pack())


def _back_to(t: Tongue, place: int) -> Button:
    return Button(t.gettext("Back"), StaffPlace(place=place).pack())


def edit_list(t: Tongue, shown: Sequence[Listed], old: int, page: int, more: bool) -> Message:
    """The places staff look after, each a button that says what is to be done."""
    lines = [t.gettext("Places that families see. Press one to look at it or change it.")]
    if old:
        text = t.ngettext(
            "{n} place was never checked, or more than three months ago.",
            "{n} places were never checked, or more than three months ago.",
            old,
        )
        lines.append(t.fill(text, n=old))
    buttons = [
        Button(marked(t, each.mark, each.name), StaffPlace(place=each.id).pack()) for each in shown
    ]
    if more:
        buttons.append(Button(t.gettext("More"), StaffPlaces(page=page + 1).pack()))
    buttons += [
        Button(t.gettext("New place"), NewPlaceKind().pack()),
        Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack()),
    ]
    return Message("\n".join(lines), one_each(buttons))


def marked(t: Tongue, mark: str | None, name: str) -> str:
    """The label of a button in a list: what is to be done, and with what."""
    label = _STATES[mark]
    return plain(t.fill(t.gettext(label), place=name or nameless(t)))


def nameless(t: Tongue) -> str:
    """In the place of a name that is not written yet."""
    return t.gettext("without a name")


def edit_kind(t: Tongue) -> Message:
    """A new place: of which kind."""
    buttons = [
        Button(t.gettext(_KIND_NAMES[kind]), NewPlace(kind=kind).pack()) for kind in VenueKind
    ]
    back = Button(t.gettext("Back"), StaffPlaces().pack())
    return Message(t.gettext("What kind of place is it?"), one_each([*buttons, back]))


def edit_facts(t: Tongue, venue: Venue) -> str:
    """All that an edition says."""
    return "\n".join(_facts(t, venue))


def _facts(t: Tongue, venue: Venue) -> Iterator[str]:
    yield t.fill(t.gettext(KINDS[venue.kind]), place=venue.name or nameless(t))
    yield from week_lines(t, venue)
    yield from (change_line(t, each) for each in venue.changes)
    if venue.later and venue.opens_on:
        text = t.gettext("It opens on {date}.")
        yield t.fill(text, date=t.date(venue.opens_on, with_year=True))
    elif venue.later:
        yield t.gettext("It opens later. The day is not known.")
    if venue.drop_in is not None:
        yield drop_in(t, venue.drop_in)
    if venue.in_house:
        yield in_house(t, venue.in_house)
    yield t.gettext("It is on the map.") if venue.point else t.gettext("It is not on the map yet.")
    if venue.way:
        languages = t.language_names(venue.way)
        text = t.gettext("How to find it is written in: {languages}.")
        yield t.fill(text, languages=languages)


def week_lines(t: Tongue, venue: Venue) -> Iterator[str]:
    """The hours of every weekday."""
    if not any(venue.week):
        yield t.gettext("No opening hours are given.")
        return
    for n, spans in enumerate(venue.week):
        yield week_line(t, _weekday(n, spans))


def _weekday(n: int, spans: tuple[Hours, ...]) -> Day:
    doors = Doors.OPEN if spans else Doors.CLOSED
    return Day(ANY_DAY + timedelta(days=n), doors, spans)


def change_line(t: Tongue, change: Change) -> str:
    """Days with other hours, or closed."""
    values = {"first": t.date(change.first, True), "last": t.date(change.last, True)}
    one = change.first == change.last
    if not change.hours:
        closed = t.gettext("Closed on {first}.") if one else t.gettext("Closed {first} to {last}.")
        return t.fill(closed, **values)
    text = (
        t.gettext("Open on {first}: {hours}.")
        if one
        else t.gettext("Open {first} to {last}: {hours}.")
    )
    return t.fill(text, hours=hours(t, change.hours), **values)


def edit_place(
    t: Tongue, venue: Venue, draft: str | None, author: str | None, saved: str = ""
) -> Message:
    """What stands of a place, and what can be done with it; `saved`: what has just been done."""
    place = venue.id
    lines = [*([saved] * bool(saved)), edit_facts(t, venue), checked(t, venue.checked_on)]
    buttons = [act_button(t, t.gettext("Checked today"), place, PlaceAct.CHECK)]
    if draft:
        lines.append(_written(t, draft, author))
        label = t.gettext("See the new version")
        buttons.insert(0, act_button(t, label, place, PlaceAct.DRAFT))
    else:
        buttons.append(act_button(t, t.gettext("Change it"), place, PlaceAct.DRAFT))
    buttons += [
        Button(t.gettext("Earlier versions"), PlaceHistory(place=place).pack()),
        act_button(t, t.gettext("This place is gone"), place, PlaceAct.GONE),
        Button(t.gettext("Back"), StaffPlaces().pack()),
    ]
    return Message("\n".join(lines), one_each(buttons))


def _written(t: Tongue, draft: str, author: str | None) -> str:
    name = author or "–"
    if draft == "review":
        text = t.gettext("{name} has written a new version. A second person must look at it.")
        return t.fill(text, name=name)
    return t.fill(t.gettext("{name} is writing a new version."), name=name)


def edit_draft(
    t: Tongue,
    venue: Venue,
    state: str | None,
    own: bool,
    stands: bool,
    said: str = "",
    seen: str = "",
) -> Message:
    """The new edition: only staff see it. `state`: None before the first change, draft, review.

    `seen`: the mark of what it says, so that nobody publishes what they have not seen.
    """
    place = venue.id
    head = t.gettext("New version. Only staff see it until it is published.")
    lines = [*([said] * bool(said)), head, "", edit_facts(t, venue)]
    buttons = []
    waits = state == "review"
    if waits and not own:
        publish = PublishPlace(place=place, seen=seen)
        buttons.append(Button(t.gettext("It is right: publish"), publish.pack()))
    elif waits:
        lines += ["", t.gettext("A second person must look at it before families see it.")]
    buttons += _changes(t, venue)
    if state == "draft":
        buttons.append(act_button(t, t.gettext("Ready for a second person"), place, PlaceAct.SEND))
    if state:
        buttons.append(act_button(t, t.gettext("Throw the new version away"), place, PlaceAct.DROP))
    back = StaffPlace(place=place) if stands else StaffPlaces()
    buttons.append(Button(t.gettext("Back"), back.pack()))
    return Message("\n".join(lines), one_each(buttons))


def _changes(t: Tongue, venue: Venue) -> list[Button]:
    labels = (
        (t.gettext("Name"), PlaceAct.NAME),
        (t.gettext("Weekly opening hours"), PlaceAct.HOURS),
        (t.gettext("Other hours on some days"), PlaceAct.CHANGES),
        (t.gettext("What is in the house"), PlaceAct.HOUSE),
        (t.gettext("With or without signing up"), PlaceAct.DROP_IN),
        (t.gettext("It opens later"), PlaceAct.LATER),
        (t.gettext("On the map"), PlaceAct.POSITION),
        (t.gettext("How to find it"), PlaceAct.WAY),
    )
    return [act_button(t, label, venue.id, act) for label, act in labels]


def edit_missing(t: Tongue, codes: Sequence[str]) -> str:
    """Why it cannot be published: languages that are missing."""
    languages = t.language_names(codes)
    # Translators: {languages} is one language, or a list of them.
    text = t.gettext("How to find it is not written in: {languages}. Write it, or take it away.")
    return t.fill(text, languages=languages)


def edit_refused(t: Tongue, why: str) -> str:
    """Why it cannot be sent or published."""
    match why:
        case "nameless":
            return t.gettext("It has no name yet.")
        case "hours":
            return t.gettext("The opening hours cannot be right. Please look at them.")
        case "second":
            return t.gettext("Who wrote it cannot publish it. A second person must look at it.")
        case _:
            return t.gettext("Somebody else was faster. Please look again.")


def edit_done(t: Tongue, what: str) -> str:
    """What has just been done."""
    match what:
        case "published":
            return t.gettext("Families see it from now on.")
        case "sent":
            return t.gettext("Now a second person can look at it, in their list of places.")
        case "checked":
            return t.gettext("Thank you. It is checked today.")
        case _:
            return t.gettext("Saved in the new version.")


def edit_gone(t: Tongue, venue: Venue) -> Message:
    """Asked once, for nobody sees it any more."""
    text = t.fill(
        t.gettext("Is {place} closed for good? Families do not see it any more."), place=venue.name
    )
    sure = act_button(t, t.gettext("Yes, it is gone"), venue.id, PlaceAct.GONE_SURE)
    return Message(text, one_each([sure, _back_to(t, venue.id)]))


def edit_history(
    t: Tongue,
    place: int,
    shown: Sequence[tuple[int, datetime, str | None, str | None]],
    page: int,
    more: bool,
) -> Message:
    """What stood, the newest first: when, who wrote it, who looked at it."""
    lines: list[str] = [t.gettext("Earlier versions:")]
    buttons = []
    for number, at, author, reviewer in shown:
        lines.append(edition_line(t, at.date(), author, reviewer))
        label = plain(t.fill(t.gettext("Version of {date}"), date=t.date(at.date(), True)))
        buttons.append(Button(label, PlaceEdition(edition=number).pack()))
    if more:
        data = PlaceHistory(place=place, page=page + 1).pack()
        buttons.append(Button(t.gettext("More"), data))
    return Message("\n".join(lines), one_each([*buttons, _back_to(t, place)]))


def edition_line(t: Tongue, on: date, author: str | None, reviewer: str | None) -> Ready:
    """When an edition was published, who wrote it, who looked at it."""
    day = t.date(on, with_year=True)
    if author and reviewer and author != reviewer:
        text = t.gettext("On {date}: written by {author}, looked at by {reviewer}.")
        return t.fill(text, date=day, author=author, reviewer=reviewer)
    return t.fill(t.gettext("On {date}: from a list."), date=day)


def edit_edition(t: Tongue, venue: Venue, number: int) -> Message:
    """One edition that stood, and the way back to it."""
    buttons = [
        Button(t.gettext("Bring this version back"), BringBack(edition=number).pack()),
        Button(t.gettext("Back"), PlaceHistory(place=venue.id).pack()),
    ]
    return Message(edit_facts(t, venue), one_each(buttons))
