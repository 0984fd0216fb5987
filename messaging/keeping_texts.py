"""What a parent reads before their data goes by itself (mission B10)."""

from zoneinfo import ZoneInfo

from messaging.i18n import Tongue
from messaging.keyboards import Rows, lay_out
from messaging.trust_menu import forget_button, my_data_button
from programme.letters import ErasureNotice, Letter


def body(letter: Letter, t: Tongue, _zone: ZoneInfo) -> str | None:
    """The words of that letter; None if it is none."""
    if not isinstance(letter, ErasureNotice):
        return None
    text = t.gettext(
        "Thank you for letting us come along.\n"
        "After {date} I delete what I have saved about you and your family. "
        "Then tips end, too.\n"
        "You do not need to do anything. What stands in this chat stays with you.\n"
        "You are always welcome at BVC (the child health centre) and the open preschool."
    )
    return t.fill(text, date=t.date(letter.day, with_year=True))


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """One may look at it first, or have it deleted at once."""
    if isinstance(letter, ErasureNotice):
        return lay_out([my_data_button(t), forget_button(t)], t.one_per_row)
    return ()
