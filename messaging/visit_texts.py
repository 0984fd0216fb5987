"""Visits in words: themes, places, who comes, the buttons, and the answers to a press.

The letters about visits are put together in `letters.py` from what stands here.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.callbacks import Offer, OfferWish, VisitAnswer, VisitNo, VisitUndo
from messaging.i18n import Tongue
from messaging.isolates import Ready, Value
from messaging.keyboards import Button, Message, Rows, lay_out
from messaging.marks import N_
from messaging.meeting_place_buttons import MoreOnVisit
from messaging.place_buttons import PlaceWay
from messaging.proposal_buttons import AskStaff, BookTime
from messaging.reason_texts import tell_button
from programme.localtime import on_the_clock
from programme.people import Choice, Meeting, Place, Role, StaffMember, Why
from programme.reasons import About, Asked

THEMES: dict[int, str] = {
    # Translators: the six themes; they stand after "Visit 1 of 6:". No full stop.
    1: N_("Welcoming your child"),
    2: N_("Getting to know your child"),
    3: N_("Being together"),
    4: N_("Showing the world"),
    5: N_("Leading and following"),
    6: N_("Being a family"),
}

TOGETHER: dict[int, str] = {
    # Translators: what we do at each visit, in one easy sentence; it stands under the theme.
    # BVC: the child health centre. Its ordinary visit at 8 months is this one (never two).
    1: N_("We get to know each other and talk about the first time with your child."),
    2: N_("We talk about how your child shows what it wants, and how you answer."),
    3: N_("We talk about songs, play and places where you can meet others."),
    4: N_("We talk about books and a safe home.\nIt is also BVC's visit at 8 months."),
    5: N_("We talk about playing together, about teeth, and about preschool if you want."),
    6: N_("We talk about how you help each other, and about what comes after our visits."),
}

PLACES: dict[Place, str] = {
    # Translators: where a visit is, after "Place:". Small first letter, no full stop. So the next.
    Place.HOME: N_("at your home"),
    Place.FAMILY_CENTRE: N_("at the family centre (familjecentral)"),
    Place.OPEN_PRESCHOOL: N_("at the open preschool (öppen förskola)"),
    Place.BVC: N_("at BVC (the child health centre)"),
    Place.PHONE: N_("by phone"),
}

_ROLES: dict[Role, str] = {
    # Translators: inside a list. From right to left: begin with the word for the work.
    Role.NURSE: N_("{name} (nurse)"),
    Role.PARENT_SUPPORTER: N_("{name} (parent supporter)"),
}


def theme(t: Tongue, visit: int) -> str:
    """The theme of that visit, as a value; KeyError outside 1 to 6."""
    return t.gettext(THEMES[visit])


def together(t: Tongue, visit: int) -> str:
    """What we do together at that visit; KeyError outside 1 to 6."""
    return t.gettext(TOGETHER[visit])


def place(t: Tongue, where: Place) -> str:
    """The kind of place, as a value: never an address."""
    return t.gettext(PLACES[where])


def people(t: Tongue, staff: Sequence[StaffMember]) -> Ready:
    """Who comes, as a list: first names and what they are."""
    return t.listing([_person(t, member) for member in staff])


def who(t: Tongue, where: Place, staff: Sequence[StaffMember]) -> Ready:
    """Who comes; on the phone nobody comes, so the words differ."""
    if where is Place.PHONE:
        text = t.gettext("These people will call: {staff}.")
    else:
        text = t.gettext("These people will come: {staff}.")
    return t.fill(text, staff=people(t, staff))


def _person(t: Tongue, member: StaffMember) -> Value:
    first = " ".join(member.name.split()[:1])  # a surname never leaves (mission C10)
    if member.role not in _ROLES:
        return first
    return t.fill(t.gettext(_ROLES[member.role]), name=first)


def visit_rows(t: Tongue, booking: int, revision: int, house: int | None = None) -> Rows:
    """Yes, another time, no thanks: under everything that names a coming visit.

    Where the map knows the house, the way there takes the third place, with no thanks behind More.
    """
    yes = _answer(t.gettext("Yes, that suits us"), booking, revision, Choice.YES)
    other = _answer(t.gettext("Another time"), booking, revision, Choice.OTHER_TIME)
    last = _no_thanks(t, booking, revision)
    if house:
        more = MoreOnVisit(booking=booking, revision=revision)
        last = Button(t.gettext("More"), more.pack())
    return lay_out([yes, other, last], t.one_per_row)


def _answer(label: str, booking: int, revision: int, choice: Choice) -> Button:
    return Button(label, VisitAnswer(booking=booking, revision=revision, choice=choice).pack())


def _no_thanks(t: Tongue, booking: int, revision: int) -> Button:
    return _answer(t.gettext("No thanks"), booking, revision, Choice.NO_THANKS)


def more_on_visit(t: Tongue, booking: int, revision: int, house: int | None) -> Message:
    """What else one can say to a visit, and the way there."""
    buttons = [_no_thanks(t, booking, revision)]
    if house:
        way = PlaceWay(place=house).pack()
        buttons.insert(0, Button(t.gettext("Find the way"), way))
    return Message(t.gettext("What would you like to do?"), lay_out(buttons, t.one_per_row))


def missed_rows(t: Tongue, visit: int, meeting: Meeting) -> Rows:
    """Under the kind word after nobody was at home: a new time, or none."""
    if meeting is not Meeting.VISIT:
        again = Button(t.gettext("Yes, please"), AskStaff(what=Asked.CALL).pack())
        return lay_out([again], t.one_per_row)
    buttons = [
        Button(t.gettext("Yes, please"), BookTime(visit=visit).pack()),
        _offer(t.gettext("No thanks"), visit, OfferWish.NOT_THIS),
    ]
    return lay_out(buttons, t.one_per_row)


def confirmed(t: Tongue, starts_at: datetime, zone: ZoneInfo) -> str:
    """The time suits."""
    return at(t, t.gettext("Thank you! See you on {date} at {time}."), starts_at, zone)


def other_time_ack(t: Tongue) -> str:
    """Another time is wanted."""
    return t.gettext("No problem! We will contact you about a new time.")


def which_no(t: Tongue, booking: int) -> Message:
    """No thanks: asked once how far it goes."""
    text = t.gettext(
        "Thank you for your answer. It is fine to say no.\nIs it only this visit, or all visits?"
    )
    buttons = [
        Button(t.gettext("Only this visit"), VisitNo(booking=booking, every=False).pack()),
        Button(t.gettext("All visits"), VisitNo(booking=booking, every=True).pack()),
        _undo(t, booking),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def only_this_visit(t: Tongue, starts_at: datetime, zone: ZoneInfo, booking: int) -> Message:
    """The visit will not be; everything else goes on. With Undo."""
    text = t.fill(
        t.gettext(
            "That is fine. We do not come on {date}.\n"
            "The other visits are as before.\n"
            "You can change your mind when you want."
        ),
        date=t.date(on_the_clock(starts_at, zone).date()),
    )
    return Message(text, lay_out([_undo(t, booking)], t.one_per_row))


def no_more_visits(t: Tongue, booking: int, rest: Why | None, may_tell: bool = False) -> Message:
    """None of the visits; tips go on, unless they `rest`. With Undo. 0: no certain visit.

    `may_tell`: and a way to tell why, if they wish.
    """
    lines = [
        t.gettext("That is fine. We do not come any more."),
        *([t.gettext("Tips go on.")] if rest is None else []),
        t.gettext(
            "You can change your mind when you want.\n"
            "You are always welcome at BVC (the child health centre)."
        ),
    ]
    why = [tell_button(t, About.VISITS)] if may_tell else []
    return Message("\n".join(lines), lay_out([_undo(t, booking), *why], t.one_per_row))


def _undo(t: Tongue, booking: int) -> Button:
    return Button(t.gettext("Undo"), VisitUndo(booking=booking).pack())


def visits_go_on(t: Tongue) -> str:
    """No thanks to all visits was taken back."""
    return t.gettext("That is nice. The home visits go on as before.")


def visit_was_declined(t: Tongue, booking: int) -> Message:
    """A press on the button of a visit to which the family has said no."""
    text = t.gettext("This visit is not booked any more.\nWould you like it after all?")
    yes = Button(t.gettext("Yes, please"), VisitUndo(booking=booking).pack())
    return Message(text, lay_out([yes], t.one_per_row))


def offer_rows(t: Tongue, visit: int) -> Rows:
    """The answers to an offer; no to all visits is behind More."""
    buttons = [
        _offer(t.gettext("Yes, please"), visit, OfferWish.YES),
        _offer(t.gettext("Not this visit"), visit, OfferWish.NOT_THIS),
        _offer(t.gettext("More"), visit, OfferWish.MORE),
    ]
    return lay_out(buttons, t.one_per_row)


def offer_more(t: Tongue, visit: int) -> Message:
    """What else one can say to an offer."""
    buttons = [
        _offer(t.gettext("Yes, please"), visit, OfferWish.YES),
        _offer(t.gettext("No more visits"), visit, OfferWish.NONE),
    ]
    return Message(t.gettext("What would you like to do?"), lay_out(buttons, t.one_per_row))


def offer_yes(t: Tongue) -> str:
    """A visit is wanted: staff find a time."""
    return t.gettext("Thank you! We will contact you with a time.")


def offer_not_this(t: Tongue, visit: int) -> Message:
    """Not this one; the way back stands under it."""
    text = t.gettext(
        "Thank you for your answer. It is fine to say no.\nYou can change your mind when you want."
    )
    yes = _offer(t.gettext("Yes, please"), visit, OfferWish.YES)
    return Message(text, lay_out([yes], t.one_per_row))


def _offer(label: str, visit: int, wish: OfferWish) -> Button:
    return Button(label, Offer(visit=visit, wish=wish).pack())


def visit_is_over(t: Tongue) -> str:
    """A press on the button of a visit that has begun."""
    return t.gettext("The time of this visit has passed.")


def visit_has_changed(t: Tongue, starts_at: datetime, zone: ZoneInfo) -> str:
    """A press on the button of an older revision; put `visit_rows` of the new one under it."""
    text = t.gettext("The time has changed. New time: {date} at {time}. Does it suit you?")
    return at(t, text, starts_at, zone)


def visit_was_cancelled(t: Tongue) -> str:
    """A press on the button of a cancelled visit."""
    return t.gettext("This visit is cancelled. We will contact you about a new time.")


def at(t: Tongue, text: str, starts_at: datetime, zone: ZoneInfo, **values: Value) -> Ready:
    """The sentence with that visit's {date} and {time}, as clocks in `zone` show them."""
    shown = on_the_clock(starts_at, zone).date()
    return t.fill(text, date=t.date(shown), time=t.time(starts_at, zone), **values)
