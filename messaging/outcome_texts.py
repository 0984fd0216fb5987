"""After a visit, in words for staff: what became of it, who took part, what was shown (H5)."""

from zoneinfo import ZoneInfo

from messaging.booking_buttons import NotHome
from messaging.callbacks import CallbackData
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Button, Message, in_pairs
from messaging.marks import N_
from messaging.outcome_buttons import (
    NeverWas,
    NotHeld,
    ShowOutcome,
    TurnOffer,
    TurnTick,
    VisitDone,
    WasHeld,
)
from messaging.staff_texts import family_button
from messaging.visit_texts import at
from programme.follow_up import Offer, Tick, VisitOutcome
from programme.outcome_letters import OutcomeAsk
from programme.people import Booking, Meeting

TICKS: dict[Tick, str] = {
    # Translators: on a button for staff, with a tick behind it if it was so. So the next five.
    Tick.BIRTHING: N_("Parent who gave birth"),
    Tick.OTHER_PARENT: N_("Other parent"),
    Tick.OTHER_ADULT: N_("Other adult"),
    Tick.BOTH_STAFF: N_("Both of us came"),
    Tick.INTERPRETER: N_("Interpreter"),
    Tick.DEBRIEF: N_("We talked it over"),
}

OFFERS: dict[Offer, str] = {
    # Translators: on a button for staff: what the family was shown the way to. So the next six.
    Offer.OPEN_PRESCHOOL: N_("Open preschool"),
    Offer.LIBRARY: N_("Library, Bokstart"),
    Offer.FAMILY_CENTRE: N_("Family centre"),
    Offer.PARENT_GROUP: N_("Parent group"),
    Offer.FATHERS_GROUP: N_("Group for fathers"),
    Offer.LANGUAGE: N_("Language training"),
    Offer.PRESCHOOL: N_("Preschool"),
}


def ask(letter: OutcomeAsk, t: Tongue, zone: ZoneInfo, family: Value) -> str:
    """What became of a visit."""
    text = t.gettext("Visit {visit} with family {family}, {date} at {time}: how was it?")
    if not letter.visit:
        text = t.gettext("The visit with family {family}, {date} at {time}: how was it?")
    return at(t, text, letter.starts_at, zone, family=family, visit=letter.visit)


def ask_buttons(t: Tongue, family: int, booking: int) -> list[Button]:
    """One tap is enough."""
    return [
        # Translators: on a button for staff: the visit was done, as visits usually are.
        Button(t.gettext("Done, as usual"), VisitDone(family=family, booking=booking).pack()),
        Button(t.gettext("Nobody was at home"), NotHome(family=family, booking=booking).pack()),
        # Translators: on a button for staff: the visit was not held, and everybody knew.
        Button(t.gettext("It was cancelled"), NeverWas(family=family, booking=booking).pack()),
    ]


def ticked(
    t: Tongue, family: tuple[int, Value], booking: Booking, found: VisitOutcome, zone: ZoneInfo
) -> Message:
    """What is ticked for a visit that was done; a tap turns one thing."""
    text = t.gettext("Done: visit {visit}, {date} at {time}.\nWas anything different? Tap it.")
    if booking.meeting is not Meeting.VISIT:
        text = t.gettext("Done: {date} at {time}.\nWas anything different? Tap it.")
    if found == VisitOutcome():
        # Translators: to staff, over buttons such as "Other parent" and "Interpreter".
        text = t.gettext("Done: {date} at {time}.\nTap what was so.")
    said = at(t, text, booking.starts_at, zone, visit=booking.visit)
    number, name = family
    buttons = [
        _box(
            t,
            TICKS[each],
            each in found.ticks,
            TurnTick(family=number, booking=booking.id, tick=each),
        )
        for each in Tick
    ]
    offers = ShowOutcome(family=number, booking=booking.id, offers=True)
    # Translators: on a button for staff: to the list of what the family was shown the way to.
    way = Button(t.gettext("Showed the way to…"), offers.pack())
    last = (way, family_button(t, number, name), not_held_button(t, number, booking.id))
    return Message(said, in_pairs([*buttons, *last], t.one_per_row))


def shown_way(t: Tongue, family: int, booking: int, found: VisitOutcome) -> Message:
    """What the family was shown the way to."""
    text = t.gettext("What did you show the family the way to?")
    buttons = [
        _box(
            t,
            OFFERS[each],
            each in found.offers,
            TurnOffer(family=family, booking=booking, offer=each),
        )
        for each in Offer
    ]
    back = Button(t.gettext("Back"), ShowOutcome(family=family, booking=booking).pack())
    return Message(text, in_pairs([*buttons, back], t.one_per_row))


def _box(t: Tongue, words: str, so: bool, turns: CallbackData) -> Button:
    label = t.gettext(words)
    return Button(f"{label} ✓" if so else label, turns.pack())


def not_held_button(t: Tongue, family: int, booking: int) -> Button:
    """Somebody has called it done by mistake."""
    # Translators: on a button for staff: a visit, a walk or a call that was noted as done was not.
    label = t.gettext("It was not held after all")
    return Button(label, NotHeld(family=family, booking=booking).pack())


def was_held_button(t: Tongue, family: int, booking: int) -> Button:
    """Somebody has pressed that nobody was at home, by mistake."""
    # Translators: on a button for staff: a visit for which nobody seemed to be at home took place.
    label = t.gettext("It was held after all")
    return Button(label, WasHeld(family=family, booking=booking).pack())


def noted(t: Tongue, family: tuple[int, Value], booking: Booking, zone: ZoneInfo) -> Message:
    """A walk or a call was held: nothing is ticked of it."""
    text = at(t, t.gettext("Noted as done: {date} at {time}."), booking.starts_at, zone)
    number, name = family
    buttons = [family_button(t, number, name), not_held_button(t, number, booking.id)]
    return Message(text, in_pairs(buttons, t.one_per_row))


def never_was(t: Tongue, family: int, name: Value) -> Message:
    """It was not held; the family hears nothing more of it."""
    text = t.gettext("All right, it was not held. Please find a new time with the family.")
    return Message(text, in_pairs([family_button(t, family, name)], t.one_per_row))


def was_not(t: Tongue, family: int, name: Value, missed: int = 0) -> Message:
    """A colleague has said otherwise before; `missed`: the visit, if nobody was at home."""
    text = t.gettext("It is noted that it was not held.")
    buttons = [family_button(t, family, name)]
    if missed:
        buttons.append(was_held_button(t, family, missed))
    return Message(text, in_pairs(buttons, t.one_per_row))


def to_ticks(t: Tongue, family: int, booking: int) -> Button:
    """From the page of a visit that was done."""
    # Translators: on a button for staff: who took part in a visit, and what was shown.
    label = t.gettext("How it was")
    return Button(label, ShowOutcome(family=family, booking=booking).pack())
