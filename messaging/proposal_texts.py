"""What a parent reads who chooses a time: booked, gone, others, another place, a wish (D3, D16)."""

from zoneinfo import ZoneInfo

from messaging.callbacks import VisitAnswer
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, Rows, lay_out
from messaging.marks import N_
from messaging.meeting_texts import which
from messaging.plain import plain
from messaging.proposal_buttons import AskMenu, AskStaff, BookTime, ChoosePlace, OtherPlaces
from messaging.proposal_letters import choices, paged, times
from messaging.visit_texts import at, place, visit_rows, who
from programme.letters import Time
from programme.people import Booking, Choice, Place, Proposal
from programme.reasons import Asked

_PLACES = (Place.HOME, Place.FAMILY_CENTRE, Place.OPEN_PRESCHOOL, Place.BVC, Place.PHONE)

_ASKS: dict[Asked, str] = {
    # Translators: on a button, said by a parent. So the next two.
    Asked.CALL: N_("Please call me"),
    Asked.TALK: N_("I would like to talk"),
    Asked.WALK: N_("Come with me to open preschool"),
}


def free_times(t: Tongue, found: Proposal, zone: ZoneInfo) -> Message:
    """Times to choose from, for a parent who looks for one."""
    return _times(t, t.gettext("These times are free. Which one suits you?"), found, zone)


def other_times(t: Tongue, found: Proposal, zone: ZoneInfo) -> Message:
    """Other times than those before."""
    return _times(t, t.gettext("Here are other times. Which one suits you?"), found, zone)


def no_other_times(t: Tongue) -> str:
    """There are none; what was proposed before stays."""
    return t.gettext(
        "I find no other times now. We will contact you.\n"
        "You can still choose one of the times from before."
    )


def time_is_gone(t: Tongue, others: Proposal | None, zone: ZoneInfo) -> Message:
    """Somebody was faster, or the time has run out: other times, or staff find one."""
    sorry = t.gettext("Sorry, that time is not free any more.")
    return _instead(t, sorry, others, zone)


def time_has_passed(t: Tongue, others: Proposal | None, zone: ZoneInfo) -> Message:
    """A press on a time of yesterday."""
    return _instead(t, t.gettext("That time has passed."), others, zone)


def _instead(t: Tongue, said: str, others: Proposal | None, zone: ZoneInfo) -> Message:
    if others is None:
        contact = t.gettext("We will contact you with a time.")
        return Message(f"{said}\n{contact}")
    free = t.gettext("But these times are free:")
    return _times(t, f"{said}\n{free}", others, zone)


def _times(t: Tongue, said: str, found: Proposal, zone: ZoneInfo) -> Message:
    lines = [said, which(t, found.visit, found.meeting)]
    lines += times(t, [slot.starts_at for slot in found.slots], zone)
    return Message("\n".join(lines), time_rows(t, found, 0, zone))


def more_times(t: Tongue, found: Proposal, page: int, zone: ZoneInfo) -> Message:
    """The next answers to times."""
    lines = times(t, [slot.starts_at for slot in found.slots], zone)
    text = "\n".join([t.gettext("What would you like to do?"), *lines])
    return Message(text, time_rows(t, found, page, zone))


def time_rows(t: Tongue, found: Proposal, page: int, zone: ZoneInfo) -> Rows:
    """The times as buttons, and what else can be answered."""
    offered = [Time(slot_id=slot.id, starts_at=slot.starts_at) for slot in found.slots]
    return choices(t, found.id, offered, page, found.booking_id is not None, zone)


def booked(t: Tongue, visit: Booking, zone: ZoneInfo) -> Message:
    """The time a parent chose is booked."""
    if visit.place is Place.PHONE:
        text = t.gettext("It is booked! We will call you on {date} at {time}.")
        lines = [at(t, text, visit.starts_at, zone)]
    else:
        text = t.gettext("It is booked! See you on {date} at {time}.")
        where = t.fill(t.gettext("Place: {place}."), place=place(t, visit.place))
        lines = [at(t, text, visit.starts_at, zone), where]
    if visit.staff:
        lines.append(who(t, visit.place, visit.staff))
    return Message("\n".join(lines), booked_rows(t, visit))


def booked_rows(t: Tongue, visit: Booking) -> Rows:
    """Under a time that suits: another place, another time, no thanks."""

    def answer(label: str, choice: Choice) -> Button:
        data = VisitAnswer(booking=visit.id, revision=visit.revision, choice=choice)
        return Button(label, data.pack())

    buttons = [
        other_place_button(t, visit),
        answer(t.gettext("Another time"), Choice.OTHER_TIME),
        answer(t.gettext("No thanks"), Choice.NO_THANKS),
    ]
    return lay_out(buttons, t.one_per_row)


def other_place_button(t: Tongue, visit: Booking) -> Button:
    """Opens the choice of places."""
    return Button(t.gettext("Another place"), OtherPlaces(booking=visit.id).pack())


def already_booked(t: Tongue, visit: Booking, zone: ZoneInfo) -> Message:
    """Somebody of the family has chosen, or staff have booked it."""
    text = t.gettext("You have a time already: {date} at {time}. Does it suit you?")
    rows = visit_rows(t, visit.id, visit.revision, visit.house)
    return Message(at(t, text, visit.starts_at, zone), rows)


def kept(t: Tongue, visit: Booking, zone: ZoneInfo) -> str:
    """No other time is wanted than the one that is booked."""
    text = t.gettext("That is fine. The time is as before: {date} at {time}.")
    return at(t, text, visit.starts_at, zone)


def no_times(t: Tongue) -> str:
    """No thanks to times for something that is none of the six visits."""
    return t.gettext("Thank you for your answer. It is fine to say no.")


def nothing_to_book(t: Tongue) -> str:
    """No visit waits for a time."""
    return t.gettext("There is no visit to book now.\nWe will contact you when it is time.")


def which_place(t: Tongue, visit: Booking, page: int) -> Message:
    """Where could it be? No reason is asked."""
    text = t.gettext("Where would you like to meet? You do not need to say why.")
    others = [each for each in _PLACES if each is not visit.place]
    buttons = [_choose(t, visit, each) for each in others]

    def turn(n: int) -> str:
        return OtherPlaces(booking=visit.id, page=n).pack()

    return Message(text, paged(t, buttons, page, turn))


def _choose(t: Tongue, visit: Booking, where: Place) -> Button:
    return Button(plain(place(t, where)), ChoosePlace(booking=visit.id, place=where).pack())


def place_is_set(t: Tongue, visit: Booking, zone: ZoneInfo) -> Message:
    """It is there now."""
    text = t.gettext("Done. We meet on {date} at {time}. Place: {place}.")
    if visit.place is Place.PHONE:
        text = t.gettext("Done. We will call you on {date} at {time}.")
    where = place(t, visit.place)
    return Message(at(t, text, visit.starts_at, zone, place=where), booked_rows(t, visit))


def place_is_not_free(t: Tongue, visit: Booking) -> Message:
    """At that time nobody can be there: another time, then."""
    text = t.gettext("We cannot be there at that time.\nWould you like another time?")
    return Message(text, booked_rows(t, visit))


def what_to_ask(t: Tongue) -> Message:
    """What a parent can ask for, without saying why."""
    text = t.gettext("What would you like? You do not need to say why.")
    return Message(text, lay_out([_ask(t, each) for each in _ASKS], t.one_per_row))


def _ask(t: Tongue, what: Asked) -> Button:
    return Button(t.gettext(_ASKS[what]), AskStaff(what=what).pack())


def asked(t: Tongue) -> str:
    """Staff will contact this parent, and only this one."""
    return t.gettext("Thank you! We will contact you on a working day.")


def book_button(t: Tongue) -> Button:
    """Look for a time."""
    return Button(t.gettext("Book a time"), BookTime().pack())


def talk_button(t: Tongue) -> Button:
    """Ask for a person."""
    # Translators: on a button in the menu: be called, or meet somebody.
    return Button(t.gettext("Talk to somebody"), AskMenu().pack())
