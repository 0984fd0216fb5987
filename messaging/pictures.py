"""Bars for a phone: the only home of matplotlib, which is loaded when the first picture is drawn.

Colours are of Okabe and Ito's palette, which colour-blind people tell apart; every bar also has its
own words, so that nothing rests on a colour.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BLUE, _GREY, _FRAME = "#0072B2", "#DDDDDD", "#888888"
_WIDE, _ROW, _HEAD, _FOOT = 6.0, 0.62, 0.65, 0.75  # inches; at 180 dots a phone's width
_DOTS = 180
_USUAL, _SMALLEST = 12.0, 8.5  # points; long words in small ones rather than over each other
_SIGNS_ROW = 54
_SIGNS_TITLE, _SIGNS_FOOT = 44, 74
# Signs that only order the directions of writing: a picture draws none of them.
_ORDERING = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, how long, and the words at its end; `size` None: hidden."""

    label: str
    size: float | None
    said: str


def bars(
    title: str,
    rows: Sequence[Bar],
    foot: str,
    *,
    most: float | None = None,
    rtl: bool = False,
) -> bytes:
    """A PNG with one bar below the other; `most`: how long the longest could be.

    `rtl`: words and bars begin at the right. The library joins Arabic letters by itself.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - slow to load
    from matplotlib.figure import Figure  # noqa: PLC0415 - only for who wants a picture

    high = _HEAD + _FOOT + _ROW * len(rows)
    figure = Figure(figsize=(_WIDE, high), dpi=_DOTS, facecolor="white")
    FigureCanvasAgg(figure)
    top, bottom = 1 - _HEAD / high, _FOOT / high
    axes = figure.add_axes((0.04, bottom, 0.92, top - bottom))
    longest = most or max((row.size or 0 for row in rows), default=0) or 1
    for place, row in enumerate(rows):
        _bar(axes, len(rows) - 1 - place, row, longest, rtl)
    axes.set_xlim(*((longest, 0) if rtl else (0, longest)))
    axes.set_ylim(-0.5, len(rows) - 0.5)
    axes.axis("off")
    title, foot = fill(_drawn(title), _SIGNS_TITLE), fill(_drawn(foot), _SIGNS_FOOT)
    side, near = (0.96, "right") if rtl else (0.04, "left")
    figure.text(side, 1 - 0.18 / high, title, size=15, weight="bold", ha=near, va="top")
    figure.text(side, 0.12 / high, foot, size=9.5, ha=near, va="bottom", ma=near)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _bar(axes: "Axes", height: int, row: Bar, longest: float, rtl: bool) -> None:
    """Its words above it; a hidden one is a hatched frame with no length."""
    middle, thick, above = height - 0.2, 0.34, height + 0.06
    near, far = ("right", "left") if rtl else ("left", "right")
    label, said = _drawn(row.label), _drawn(row.said)
    size = max(_SMALLEST, min(_USUAL, _USUAL * _SIGNS_ROW / (len(label) + len(said) + 1)))
    axes.text(0, above, label, size=size, va="bottom", ha=near)
    axes.text(longest, above, said, size=size, weight="bold", va="bottom", ha=far)
    axes.barh(middle, longest, thick, color=_GREY if row.size is not None else "white")
    if row.size is None:
        axes.barh(middle, longest, thick, facecolor="white", edgecolor=_FRAME, hatch="//")
    else:
        axes.barh(middle, row.size, thick, color=_BLUE)


def _drawn(text: str) -> str:
    return text.translate(_ORDERING)
