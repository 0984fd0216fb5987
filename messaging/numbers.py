"""Numbers by language, by Babel: thousands apart, shares in percent, 0-9 only (domain.md 3.3).

In Swedish a space at which no line breaks stands in "2 227" and "83 %".
"""

from babel.numbers import format_decimal, format_percent

from messaging.language import Traits

_FIRST_GROUPED = 1000


def counted(traits: Traits, count: int) -> str:
    """Such as "2 227"."""
    if abs(count) < _FIRST_GROUPED:  # nearly all: nothing to ask Babel for
        return str(count)
    return str(format_decimal(count, locale=traits.babel))


def percent(traits: Traits, share: float, places: int = 0) -> str:
    """Such as "83 %", with so many decimals at most."""
    rounded = round(share, 2 + places)
    return str(format_percent(rounded, locale=traits.babel, decimal_quantization=False))


def percents(traits: Traits, lowest: float, highest: float) -> str:
    """Such as "65–98 %"."""
    return f"{round(100 * lowest)}–{percent(traits, highest)}"
