"""What is handed over or hung up: invitations, a letter, the guide (mission B3, B13).

No name, no address, no number: what must be there is written by hand.
"""

from collections.abc import Iterable

from messaging.guide import Page
from messaging.i18n import Languages, Tongue
from messaging.paper import Sheet, Size
from messaging.visit_texts import together

_CARD_CODE, _POSTER_CODE = 42.0, 60.0  # millimetres: a phone reads it from a hand, from a wall
_LINES_BY_HAND = 3


def _invitation(t: Tongue) -> tuple[str, str]:
    """What it is, and how one joins."""
    head = t.gettext("We would like to visit you at home")
    # Translators: on paper, above a picture to scan. Each line is one short sentence.
    text = t.gettext(
        "It is for you who have your first child, or your first child in Sweden.\n"
        "You get six visits, until your child is 15 months old.\n"
        "It is voluntary and free.\n"
        "Scan the picture with your phone. It opens Telegram.\n"
        "There we remind you about the visits and give tips. You can stop when you want.\n"
        "You get the same visits without Telegram. Ask at BVC (the child health centre)."
    )
    return head, text


def card(tongues: Iterable[Tongue], link: str) -> bytes:
    """A6, a page for each language: one to hand over."""
    tongues = tuple(tongues)
    sheet = Sheet(Size.A6, tongues[0].code)
    for t in tongues:
        head, text = _invitation(t)
        sheet.page()
        sheet.lines(t, head, 13, bold=True)
        sheet.space(2)
        sheet.lines(t, text, 9.5)
        sheet.space(3)
        sheet.code(link, _CARD_CODE)
    return sheet.pdf()


def poster(languages: Languages, link: str) -> bytes:
    """A4, all languages on one page: one to hang up."""
    sheet = Sheet(Size.A4, next(iter(languages)).code)
    sheet.page()
    sheet.code(link, _POSTER_CODE)
    sheet.space(5)
    for t in languages:
        head, text = _invitation(t)
        sheet.lines(t, head, 14, bold=True)
        sheet.lines(t, text, 10)
        sheet.space(2)
    return sheet.pdf()


def letter(t: Tongue, visit: int) -> bytes:
    """A4: we have not reached you; the next visit; who to call stands there by hand."""
    sheet = Sheet(Size.A4, t.code)
    sheet.page()
    sheet.space(20)
    sheet.lines(t, t.gettext("We would like to visit you at home"), 18, bold=True)
    sheet.space(6)
    # Translators: a letter on paper to a family that we could not reach in another way.
    text = t.gettext(
        "We have tried to reach you. Perhaps you have a new phone.\n"
        "The visits are voluntary and free. You can say yes, no, or later.\n"
        "Please call us, or ask at BVC (the child health centre). We can get an interpreter."
    )
    # Translators: on paper; under it stands what we do together at that visit.
    next_one = t.fill(t.gettext("Next is visit {number} of 6."), number=visit)
    sheet.lines(t, "\n".join((next_one, together(t, visit), text)), 14)
    sheet.space(10)
    # Translators: on paper; staff write their first names and a telephone number under it.
    sheet.lines(t, t.gettext("Call us:"), 14, bold=True)
    for _ in range(_LINES_BY_HAND):
        sheet.space(12)
        sheet.rule()
    return sheet.pdf()


def booklet(t: Tongue, pages: Iterable[Page]) -> bytes:
    """A4: every page of the guide, for the youngest first.

    The page on safety is in it, for everybody: having it on paper says nothing of anybody.
    """
    sheet = Sheet(Size.A4, t.code)
    sheet.page()
    sheet.lines(t, t.gettext("Parent guide"), 22, bold=True)
    sheet.space(6)
    for page in sorted(pages, key=lambda each: (*each.ages, each.code)):
        sheet.together(t, page.html, 12)
        sheet.lines(t, page.title, 15, bold=True)
        sheet.space(2)
        sheet.lines(t, page.html, 11)
        sheet.space(8)
    return sheet.pdf()
