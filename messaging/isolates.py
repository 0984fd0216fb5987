"""Values put into sentences: cleaned, escaped for HTML, and isolated so that each keeps its order.

The reasons, sign by sign, are in domain.md 3.7. Nothing else writes these marks.
"""

import html
import unicodedata
from collections.abc import Mapping

from messaging.errors import MissingValue

FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"

# What a person may have typed or pasted: Telegram removes some of these itself, and an end mark
# that is removed or comes from outside would break the rest of the line.
MARKS = frozenset(
    chr(code)
    for code in (
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0x200E,
        0x200F,
        0x061C,
    )
)
_CONTROLS = frozenset({"Cc", "Cs"})
# Nothing to see, and no meaning in any of our languages; joiners have one, and stay.
_NOTHING = frozenset("\u200b\u2060\ufeff\u180e")

_LEFT_OUT = MARKS | _NOTHING


class Sign(str):
    """A time, link, phone number or code: read from left to right in every language."""

    __slots__ = ()


class Ready(str):
    """Text whose values are escaped and isolated already: `fill` takes it as it is."""

    __slots__ = ()


Value = str | int


def clean(value: str) -> str:
    """The value on one line, without direction marks and control characters."""
    kept = (" " if unicodedata.category(c) in _CONTROLS else c for c in value if c not in _LEFT_OUT)
    return " ".join("".join(kept).split())


def clean_lines(text: str) -> str:
    """Words of several lines, each cleaned; empty if there is nothing to read."""
    return "\n".join(clean(line) for line in text.splitlines()).strip("\n")


def unmarked(text: str) -> str:
    """The text without the marks that nobody sees."""
    return "".join(sign for sign in text if sign not in MARKS)


def isolate(value: Value) -> Ready:
    """The value as it may stand in a sentence: names find their own direction, signs run right."""
    if isinstance(value, Ready):
        return value
    opens = LRI if isinstance(value, int | Sign) else FSI
    return Ready(opens + html.escape(clean(str(value)), quote=False) + PDI)


def isolate_number(written: str) -> Ready:
    """A number as its language writes it, with its own spaces; read from left to right."""
    return Ready(LRI + written + PDI)


def fill(template: str, values: Mapping[str, Value]) -> Ready:
    """The sentence with every value isolated once; MissingValue if it wants another one."""
    try:
        return Ready(template.format_map({name: isolate(value) for name, value in values.items()}))
    except KeyError as error:
        raise MissingValue(template, str(error.args[0])) from error
