"""The list of a day to print, in words: as text, and as a page (mission D15).

It says when, which visit, the kind of place, the interpreter, and staff's own word for the family:
no name of a parent or child, no address, no number to phone.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from messaging.calendar_buttons import STAFF_CALENDAR, DayList
from messaging.calendar_texts import interpreter_lines, place_line
from messaging.callbacks import StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready, Sign, Value
from messaging.keyboards import Button, File, FileKind, Message, one_each
from messaging.meeting_texts import what
from messaging.plain import plain
from programme.people import Booking, StaffMember

NAME = "lotsen.html"  # neutral: a lock screen shows it

_PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<title>Lotsen</title>
<style>
@page {{ size: A4; margin: 16mm; }}
body {{ font: 13pt/1.45 "Noto Sans", "Noto Sans Arabic", Arial, sans-serif; margin: 16mm;
  max-width: 180mm; color: #111; }}
@media print {{ body {{ margin: 0; }} }}
h1 {{ font-size: 17pt; margin: 0 0 6mm; }}
section {{ border-top: 1px solid #999; padding: 3mm 0; break-inside: avoid; }}
p {{ margin: 0; }}
p.when {{ font-size: 15pt; font-weight: 700; }}
p.foot {{ margin-top: 6mm; font-size: 10pt; }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
<p class="foot">{foot}</p>
</body>
</html>
"""


class Line(Protocol):
    """One visit of the day, as the service knows it."""

    @property
    def family_id(self) -> int:
        """The family's number."""
        ...

    @property
    def label(self) -> str | None:
        """Staff's own word for it."""
        ...

    @property
    def booking(self) -> Booking:
        """What is booked."""
        ...

    @property
    def phone(self) -> bool:
        """Whether nobody of the family reads the chat."""
        ...


def _title(t: Tongue, member: StaffMember, day: date) -> Ready:
    # Translators: the heading of a printed list; {name} is a colleague.
    text = t.gettext("The day of {name}: {date}")
    return t.fill(text, name=member.name, date=t.date(day, with_year=True))


def _visit(t: Tongue, line: Line, zone: ZoneInfo) -> list[str]:
    """When; the family and what it is; where; the interpreter; the phone."""
    booking = line.booking
    family: Value = line.label or line.family_id
    hours = Sign(f"{t.time(booking.starts_at, zone)}–{t.time(booking.ends_at, zone)}")
    lines: list[str] = [
        # Translators: {hours} is such as 10:30–11:30.
        t.fill(t.gettext("At {hours}"), hours=hours),
        t.fill(
            # Translators: {what} is "Visit 3", "One more visit", or another of these words.
            t.gettext("Family {family}: {what}."),
            family=family,
            what=what(t, booking.visit, booking.meeting),
        ),
        place_line(t, booking),
    ]
    return [*lines, *interpreter_lines(t, booking), *_phone(t, line)]


def _phone(t: Tongue, line: Line) -> list[str]:
    if not line.phone:
        return []
    return [t.gettext("Nobody of this family uses the chat. Please phone.")]


def _nothing(t: Tongue) -> str:
    return t.gettext("Nothing is booked on this day.")


def _foot(t: Tongue) -> str:
    return t.gettext(
        "Times change: look in Lotsen before you go. Afterwards throw this paper away."
    )


def as_text(
    t: Tongue, member: StaffMember, day: date, visits: Sequence[Line], zone: ZoneInfo
) -> Ready:
    """The list as Telegram's HTML."""
    parts = ["\n".join(_visit(t, each, zone)) for each in visits] or [_nothing(t)]
    return Ready("\n\n".join([_title(t, member, day), *parts]))


def as_plain(
    t: Tongue, member: StaffMember, day: date, visits: Sequence[Line], zone: ZoneInfo
) -> str:
    """The list for a terminal and its printer."""
    return plain(f"{as_text(t, member, day, visits, zone)}\n\n{_foot(t)}")


def as_page(
    t: Tongue, member: StaffMember, day: date, visits: Sequence[Line], zone: ZoneInfo
) -> str:
    """The list as one page to print; it needs nothing from anywhere else."""
    found = "\n".join(_section(_visit(t, each, zone)) for each in visits)
    return printed(t, _title(t, member, day), found or f"<p>{_nothing(t)}</p>")


def printed(t: Tongue, title: str, body: str) -> str:
    """A page to print under that title; it needs nothing from anywhere else."""
    side = "rtl" if t.rtl else "ltr"
    return _PAGE.format(lang=t.code, dir=side, title=title, body=body, foot=_foot(t))


def _section(lines: Sequence[str]) -> str:
    when, *others = lines
    said = [f'<p class="when">{when}</p>', *(f"<p>{line}</p>" for line in others)]
    return "\n".join(["<section>", *said, "</section>"])


def day_list(
    t: Tongue, member: StaffMember, day: date, visits: Sequence[Line], zone: ZoneInfo
) -> Message:
    """The list in the chat, and as a file to print."""
    page = as_page(t, member, day, visits, zone)
    file = File(FileKind.DOCUMENT, NAME, page.encode())
    text = "\n\n".join(
        [as_text(t, member, day, visits, zone), t.gettext("Open the file to print it.")]
    )
    return Message(text, one_each([_days(t, member.id), _back(t)]), file=file)


def whose_day(t: Tongue, members: Sequence[StaffMember]) -> Message:
    """Whose day; those without the chat need it on paper."""
    buttons = [Button(_of(t, each.name), DayList(staff=each.id).pack()) for each in members]
    return Message(t.gettext("Whose day?"), one_each([*buttons, _back(t)]))


def _of(t: Tongue, name: str) -> str:
    # Translators: on a button; {name} is a colleague.
    return plain(t.fill(t.gettext("Day of {name}"), name=name))


def which_day(t: Tongue, member: StaffMember, days: Sequence[date]) -> Message:
    """Which day."""
    buttons = [
        Button(plain(t.date(each)), DayList(staff=member.id, day=each.isoformat()).pack())
        for each in days
    ]
    return Message(t.gettext("Which day?"), one_each([*buttons, _back(t)]))


def print_button(t: Tongue) -> Button:
    """To the list of a day."""
    return Button(t.gettext("Print the list of a day"), DayList().pack())


def _days(t: Tongue, staff_id: int) -> Button:
    return Button(t.gettext("Another day"), DayList(staff=staff_id).pack())


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), StaffPage(page=STAFF_CALENDAR).pack())
