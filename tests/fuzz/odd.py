"""Values that nobody expects, and ways to spoil an update with them."""

from copy import deepcopy
from random import Random
from typing import Any

STRINGS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud83d",  # half a sign: JSON may hold it, UTF-8 may not
    "\udfff\ud800",
    "\ufeff\u200b\u200d",
    "\u202eabc\u202c",
    "\u2066\u2067\u2068",
    "\u2069" * 50,
    "\U000e0001\U000e0041",
    "Z\u0351\u036b\u0343" * 40,  # marks upon marks
    "👩‍👩‍👧‍👦" * 20,
    "مرحبا",
    "٢٠٢٦-١١-٠٢",
    "²³¼Ⅷ፩",
    "<b>bold</b><script>alert(1)</script>&amp;",
    "</code></pre><a href='tg://user?id=1'>x</a>",
    "{0} {name} %s %(x)s",
    "'; DROP TABLE guardian; --",
    "../../etc/passwd",
    '=HYPERLINK("http://x")',
    "9" * 400,
    "-1",
    "1e400",
    "NaN",
    "null",
    "Infinity",
    "x" * 4096,
    "ض" * 4096,
    "😀" * 2048,
    "\n" * 500,
    "a\r\nb\u2028c\u2029d\x0b\x0c\x1c\x85e",
    "/",
    "//",
    "/@",
    "/start" + "x" * 64,
    "/start \u202e",
    ":",
    ":" * 60,
    "v:",
)
NUMBERS = (
    *(0, 1, -1, 2, 7, 2**31 - 1, 2**31, -(2**31), 2**32, 2**52, 2**53 + 1),
    *(2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**30, 10**400, 253402300800, -62135596801),
)
OTHERS: tuple[Any, ...] = (None, True, False, 0.5, -0.0, 1e308, 5.0, [], {}, [[]], [None], {"": ""})


def number(draw: Random) -> int:
    return draw.choice(NUMBERS)


def string(draw: Random) -> str:
    if draw.random() < 0.2:
        return "".join(
            chr(draw.choice((draw.randrange(32, 127), draw.randrange(0x110000))))
            for _ in range(draw.randrange(1, 30))
        )
    return draw.choice(STRINGS)


def deep(draw: Random) -> Any:
    """Something in something, far down."""
    value: Any = draw.choice((1, "x", None))
    for _ in range(draw.choice((5, 40, 150, 300))):
        value = [value] if draw.random() < 0.5 else {"chat": value}
    return value


def value(draw: Random) -> Any:
    kind = draw.random()
    if kind < 0.35:
        return number(draw)
    if kind < 0.75:
        return string(draw)
    return deep(draw) if kind > 0.97 else deepcopy(draw.choice(OTHERS))


def _places(found: Any, at: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Every (holder, key) in it."""
    pairs = found.items() if isinstance(found, dict) else enumerate(found)
    for key, inner in pairs:
        at.append((found, key))
        if isinstance(inner, dict | list):
            _places(inner, at)
    return at


def spoil(draw: Random, update: dict[str, Any]) -> dict[str, Any]:
    """The same update with one to four of its values missing, of another type, or odd."""
    spoilt: dict[str, Any] = deepcopy(update)
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        places = [each for each in _places(spoilt, []) if each[1] != "update_id"]
        if not places:
            break
        holder, key = draw.choice(places)
        _spoil_one(draw, holder, key, places)
    return spoilt


def _spoil_one(draw: Random, holder: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    how = draw.random()
    if how < 0.25:
        del holder[key]
    elif how < 0.35:  # a value from somewhere else in it
        other, from_key = draw.choice(places)
        try:
            holder[key] = deepcopy(other[from_key])
        except (KeyError, IndexError, RecursionError):
            holder[key] = None
    elif how < 0.45 and isinstance(holder[key], int):
        holder[key] = draw.choice((str(holder[key]), float(holder[key] % 2**60), -holder[key]))
    elif how < 0.5:
        holder[key] = [holder[key]]
    elif how < 0.55 and isinstance(holder, dict):
        holder[string(draw)] = value(draw)
    else:
        holder[key] = value(draw)
