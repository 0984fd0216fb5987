"""Letters about what a family wished or missed: offers, away, digest, visits taken away."""

from zoneinfo import ZoneInfo

from messaging import texts, visit_texts
from messaging.callbacks import VisitUndo
from messaging.i18n import Tongue
from messaging.keyboards import Button, Rows, lay_out
from messaging.sentences import age_text, first_sentence
from messaging.visit_texts import at, theme, together
from programme.kinds import Kind
from programme.letters import (
    AwayNote,
    DigestLetter,
    EarlyTipLetter,
    Letter,
    OfferLetter,
    VisitOff,
    VisitOnHold,
)
from programme.people import Why


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """The words of such a letter; None if it is none."""
    match letter:
        case OfferLetter():
            return _offer(letter, t)
        case VisitOff():
            return _off(letter, t, zone)
        case VisitOnHold():
            return _on_hold(letter, t, zone)
        case AwayNote():
            return _away(letter, t)
        case DigestLetter():
            return _digest(letter, t)
        case EarlyTipLetter():
            return age_text(letter.kind, letter.code, t)
        case _:
            return None


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """Its buttons."""
    match letter:
        case OfferLetter():
            return visit_texts.offer_rows(t, letter.visit)
        case VisitOff():
            wanted = Button(t.gettext("Yes, please"), VisitUndo(booking=letter.booking_id).pack())
            return lay_out([wanted], t.one_per_row)
        case AwayNote():
            return lay_out([texts.start_again_button(t, Why.AWAY)], t.one_per_row)
        case EarlyTipLetter():
            return texts.tip_rows(t, letter.code, letter.child_id)
        case _:
            return ()


def _offer(letter: OfferLetter, t: Tongue) -> str:
    text = t.gettext("Visit {visit_number} of 6: {visit_theme}.")
    which = t.fill(text, visit_number=letter.visit, visit_theme=theme(t, letter.visit))
    lines = [
        t.gettext("We would like to meet you. It is voluntary and free."),
        which,
        together(t, letter.visit),
        t.gettext("May we contact you with a time?"),
    ]
    return "\n".join(lines)


def _off(letter: VisitOff, t: Tongue, zone: ZoneInfo) -> str:
    # Translators: the other parent said no thanks. Name nobody, blame nobody.
    text = t.gettext(
        "We do not come on {date} at {time}. Your family has said no thanks, and that is fine.\n"
        "Would you like the visit after all?"
    )
    return at(t, text, letter.starts_at, zone)


def _on_hold(letter: VisitOnHold, t: Tongue, zone: ZoneInfo) -> str:
    # Translators: the visits in the whole area rest for a while; it has nothing to do with you.
    text = t.gettext(
        "We cannot come on {date} at {time}. All visits where you live must wait for a while.\n"
        "You do not need to do anything. We will contact you about a new time."
    )
    return at(t, text, letter.starts_at, zone)


def _away(letter: AwayNote, t: Tongue) -> str:
    # Translators: the other parent pressed "We are away". {date} is the last day away.
    text = t.fill(
        t.gettext(
            "Somebody in your family has told me that you are away.\n"
            "I send nothing until {date} has passed."
        ),
        date=t.date(letter.last_day),
    )
    if not letter.freed:
        return text
    freed = t.gettext("We do not come to you in that time. We will contact you about a new time.")
    return f"{text}\n{freed}"


def _digest(letter: DigestLetter, t: Tongue) -> str:
    heading = t.gettext("You joined a little later. Some things that are still good to know:")
    lines = [first_sentence(age_text(Kind.TIP, code, t)) for code in letter.codes]
    return "\n".join([heading, *lines])
