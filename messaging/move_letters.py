"""Letters about moving: to another area, with the parents' yes, or out of the programme (B16)."""

from zoneinfo import ZoneInfo

from messaging.callbacks import AreaAnswer
from messaging.i18n import Tongue
from messaging.isolates import Sign
from messaging.keyboards import Button, Rows, lay_out
from programme.letters import AreaAsk, Goodbye, Letter


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """The words of such a letter; None if it is none."""
    match letter:
        case AreaAsk(area=area):
            text = t.gettext(
                "You are moving. May the team in {area} take over?\n"
                "If you say yes, booked visits are taken away. "
                "The new team contacts you about new times."
            )
            return t.fill(text, area=area)
        case Goodbye():
            text = t.gettext(
                "You are moving, so we cannot visit you any more. Thank you for this time!\n"
                "You are always welcome at BVC (the child health centre) "
                "and the open preschool (öppen förskola).\n"
                "Tips still come. Write {stop} if you do not want them."
            )
            return t.fill(text, stop=Sign("/stop"))
        case _:
            return None


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """Yes or no to another team."""
    if not isinstance(letter, AreaAsk):
        return ()
    asked = int(letter.key.split(":")[2])  # which question; an older one is answered politely
    yes = Button(t.gettext("Yes"), AreaAnswer(asked=asked, yes=True).pack())
    no = Button(t.gettext("No"), AreaAnswer(asked=asked, yes=False).pack())
    return lay_out([yes, no], t.one_per_row)
