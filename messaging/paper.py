"""Sheets of paper as PDF: lines in a language's own direction, and a link to scan.

The only home of fpdf2. Letters are joined by HarfBuzz and ordered by the bidi rules, so a line
from right to left reads on paper as it does on a phone. The font comes with matplotlib and has the
letters of all four languages.
"""

from datetime import UTC, datetime
from enum import Enum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from messaging.i18n import Tongue
from messaging.plain import plain
from messaging.qr import squares

_FONT, _BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
_LEADING = 1.45  # of the letters' height: Arabic letters need it
_MM = 25.4 / 72  # of a point
_RULE = 0.2
_FOOT = 7.0  # points
_PALE = 190  # of 255: a line between columns
_NOT_LATIN = "\u0300"  # from here on letters join, or run from the right
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)  # no page tells when it was printed


class Size(Enum):
    """Width, height and margin in millimetres."""

    A6 = (105.0, 148.0, 9.0)
    A5 = (148.0, 210.0, 14.0)
    A4 = (210.0, 297.0, 18.0)
    A4_WIDE = (297.0, 210.0, 10.0)


@cache
def _fonts() -> Path:
    found = find_spec("matplotlib")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


class Sheet:
    """Pages of one size, written from top to bottom."""

    def __init__(self, size: Size, language: str) -> None:
        width, height, margin = size.value
        pdf = FPDF(unit="mm", format=(width, height))
        pdf.add_font("letters", "", _fonts() / _FONT)
        pdf.add_font("letters", "B", _fonts() / _BOLD)
        pdf.set_margin(margin)
        pdf.set_auto_page_break(auto=True, margin=margin)
        pdf.set_title("Lotsen")
        pdf.set_lang(language)
        pdf.set_creation_date(_BEGAN)
        self._pdf = pdf
        self._foot = ""

    def page(self) -> None:
        """Begin a new one."""
        self._pdf.add_page()

    @property
    def pages(self) -> int:
        """How many there are."""
        return self._pdf.pages_count

    def lines(self, t: Tongue, text: str, points: float, bold: bool = False) -> None:
        """Telegram's HTML as lines of that language, each from its own side; broken where long."""
        pdf = self._pdf
        pdf.set_font("letters", "B" if bold else "", points)
        pdf.set_text_shaping(True, direction="rtl" if t.rtl else "ltr")
        for line in plain(text).split("\n"):
            self._line(line, points, t.rtl)

    def _line(self, line: str, points: float, rtl: bool) -> None:
        height = points * _MM * _LEADING
        if not line.strip():
            self._pdf.ln(height / 2)
            return
        side = Align.R if rtl else Align.L
        at, under = XPos.LMARGIN, YPos.NEXT
        self._pdf.multi_cell(0, height, line, align=side, new_x=at, new_y=under)

    def space(self, millimetres: float) -> None:
        """Nothing, so high."""
        self._pdf.ln(millimetres)

    def together(self, t: Tongue, text: str, points: float) -> None:
        """Begin a new page if these lines would not stand on this one as a whole."""
        rows = plain(text).count("\n") + 1
        if self._pdf.will_page_break(rows * points * _MM * _LEADING):
            self.page()

    def rule(self) -> None:
        """A thin line from side to side: something is written on it by hand, or it divides."""
        pdf = self._pdf
        pdf.set_line_width(_RULE)
        pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())

    def code(self, link: str, side: float) -> None:
        """The link as squares to scan, in the middle, so many millimetres wide."""
        pdf, rows = self._pdf, squares(link)
        each, left, top = side / len(rows), (pdf.w - side) / 2, pdf.get_y()
        pdf.set_fill_color(0)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    pdf.rect(left + x * each, top + y * each, each, each, style="F")
        pdf.set_y(top + side)

    @property
    def wide(self) -> float:
        """Millimetres between the margins."""
        return self._pdf.epw

    @property
    def down(self) -> float:
        """How far down the next line begins, in millimetres from the upper edge."""
        return self._pdf.get_y()

    @property
    def room(self) -> float:
        """How much of the page is left below that, in millimetres."""
        return self._pdf.h - self._pdf.b_margin - self._pdf.get_y()

    def tall(self, words: str, points: float, rtl: bool, width: float) -> float:
        """How high plain words will stand in a column so wide, in millimetres."""
        return points * _MM * _LEADING * len(self._broken(words, points, rtl, width))

    def _broken(self, words: str, points: float, rtl: bool, width: float) -> list[str]:
        self._letters(words, points, rtl)
        lines = self._pdf.multi_cell(
            width, 1, words, align=Align.L, dry_run=True, output=MethodReturnValue.LINES
        )
        assert isinstance(lines, list)  # what was asked for
        return lines

    def _letters(self, words: str, points: float, rtl: bool) -> None:
        """Joined and ordered where a letter asks for it: that takes five times as long."""
        self._pdf.set_font("letters", "", points)
        plain_ones = not rtl and max(words, default="") < _NOT_LATIN
        self._pdf.set_text_shaping(not plain_ones, direction="rtl" if rtl else "ltr")

    def column(self, words: str, points: float, rtl: bool, left: float, width: float) -> None:
        """Plain words in a column that begins so far from the left margin; the height stays."""
        pdf = self._pdf
        top, height = pdf.get_y(), points * _MM * _LEADING
        self._letters(words, points, rtl)
        side = Align.R if rtl else Align.L
        for line in words.split("\n"):
            pdf.set_x(pdf.l_margin + left)
            if line.strip():
                pdf.multi_cell(width, height, line, align=side, new_x=XPos.LEFT, new_y=YPos.NEXT)
            else:
                pdf.ln(height)
        pdf.set_y(top)

    def box(self, left: float, side: float) -> None:
        """An empty square to tick, so far from the left margin; the height stays."""
        self._pdf.set_line_width(_RULE)
        self._pdf.rect(self._pdf.l_margin + left, self._pdf.get_y(), side, side)

    def upright(self, left: float, height: float) -> None:
        """A pale line upwards from here, so high, that divides two columns."""
        pdf = self._pdf
        pdf.set_draw_color(_PALE)
        pdf.line(pdf.l_margin + left, pdf.get_y() - height, pdf.l_margin + left, pdf.get_y())
        pdf.set_draw_color(0)

    def foot(self, words: str) -> None:
        """From now on every page ends with these words, and says which of how many it is."""
        self._foot = words

    def _write_feet(self) -> None:
        pdf = self._pdf
        down = pdf.h - pdf.b_margin + 2
        pdf.set_auto_page_break(False)
        pdf.set_text_shaping(False)
        for number in range(1, self.pages + 1):
            pdf.page = number
            pdf.set_font("letters", "", _FOOT)
            for words, side in ((self._foot, Align.L), (f"{number} / {self.pages}", Align.R)):
                pdf.set_xy(pdf.l_margin, down)
                pdf.cell(0, _FOOT * _MM, words, align=side)

    def pdf(self) -> bytes:
        """The file."""
        if self._foot:
            self._write_feet()
        return bytes(self._pdf.output())
