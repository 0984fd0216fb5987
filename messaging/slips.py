"""A visit's slip: on paper for a family without the chat, in its own language (mission B13).

It says what the reminder says, and so holds no name of a child and no address.
"""

from zoneinfo import ZoneInfo

from messaging import visit_letters
from messaging.i18n import Tongue
from messaging.plain import plain
from messaging.visit_texts import together
from programme.letters import DayBefore

_PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<title>Lotsen</title>
<style>
@page {{ size: A5; margin: 14mm; }}
body {{ font: 20pt/1.45 "Noto Sans", "Noto Sans Arabic", Arial, sans-serif; margin: 14mm;
  max-width: 120mm; color: #111; }}
@media print {{ body {{ margin: 0; }} }}
p {{ margin: 0 0 5mm; }}
p.when {{ font-size: 24pt; font-weight: 700; }}
</style>
</head>
<body>
{lines}
</body>
</html>
"""


def _lines(letter: DayBefore, t: Tongue, zone: ZoneInfo) -> list[str]:
    """When and where, which visit, who comes, interpreter; and what we do together."""
    said = (visit_letters.body(letter, t, zone) or "").split("\n")
    return [*said[:2], together(t, letter.visit), *said[2:]]


def text(letter: DayBefore, t: Tongue, zone: ZoneInfo) -> str:
    """The slip as plain text."""
    return plain("\n".join(_lines(letter, t, zone)))


def page(letter: DayBefore, t: Tongue, zone: ZoneInfo) -> str:
    """The slip as one page to print, A5, in big letters; it needs nothing from anywhere else."""
    when, *others = _lines(letter, t, zone)
    lines = [f'<p class="when">{when}</p>', *(f"<p>{line}</p>" for line in others)]
    direction = "rtl" if t.rtl else "ltr"
    return _PAGE.format(lang=t.code, dir=direction, lines="\n".join(lines))
