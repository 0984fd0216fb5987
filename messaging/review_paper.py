"""Sheets on which native readers sign off: the languages side by side, a box, room for remarks."""

from collections.abc import Sequence

from messaging.i18n import Languages
from messaging.paper import Sheet, Size
from messaging.plain import plain
from messaging.review import Part, Row, name_of

_POINTS, _SMALL, _HEAD = 7.5, 6.0, 10.0
_LABEL, _REMARKS = 26.0, 40.0  # millimetres
_GAP = 5.0  # between columns
_BOX = 2.6
_AIR = 1.6  # above and below a text
_BY_HAND = 14.0  # the height of the room for role and date
_HEADING = 12.0  # of a heading


def sheets(languages: Languages, parts: Sequence[Part], release: str) -> bytes:
    """The parts as pages to print: PDF, A4 on its side, each text with its number."""
    return _Table(languages, parts, release).drawn()


class _Table:
    """Columns: what it is, one for each language, remarks."""

    def __init__(self, languages: Languages, parts: Sequence[Part], release: str) -> None:
        self._languages, self._parts = languages, parts
        self._source = next(t for t in languages if t.traits.source)
        self._sheet = Sheet(Size.A4_WIDE, self._source.code)
        self._sheet.foot(f"Lotsen {release} · {name_of(parts)}")
        count = len(languages.codes)
        self._width = (self._sheet.wide - _LABEL - _REMARKS) / count - _GAP
        self._lefts = [_LABEL + n * (self._width + _GAP) for n in range(count)]

    def drawn(self) -> bytes:
        self._sheet.page()
        self._names()
        self._how_to()
        number = 0
        for part in self._parts:
            for row in part.rows:
                number += 1
                self._row(number, row, part.heading if row is part.rows[0] else None)
        return self._sheet.pdf()

    def _names(self) -> None:
        """Above the columns of every page: the languages by their own names."""
        sheet = self._sheet
        for left, t in zip(self._lefts, self._languages, strict=True):
            sheet.column(t.own_name, _HEAD, t.rtl, left, self._width)
        remarks = plain(self._source.gettext("Remarks"))
        sheet.column(remarks, _HEAD, False, sheet.wide - _REMARKS, _REMARKS)
        sheet.space(6)
        sheet.rule()
        sheet.space(_AIR)

    def _how_to(self) -> None:
        """What a reader does, in every language, and where they sign: a role, and no name."""
        said = [
            plain(
                t.gettext(
                    "Read every text as a family would read it.\n"
                    "Tick the box if it is right. If not, write beside it what it should be.\n"
                    "Write here what you work with, and the date. Not your name."
                )
            )
            for t in self._languages
        ]
        self._texts(said, boxes=False)
        self._sheet.space(self._tallest(said) + _BY_HAND)
        self._sheet.rule()
        self._sheet.space(2)

    def _row(self, number: int, row: Row, heading: str | None) -> None:
        """A text, whole on one page, with its heading if it is the first under it."""
        sheet, label = self._sheet, f"{number}\n{row.label}"
        of_label = sheet.tall(label, _SMALL, False, _LABEL - _GAP)
        height = max(of_label, self._tallest(row.texts)) + _AIR
        if sheet.room < height + _AIR + (_HEADING if heading else 0):
            sheet.page()
            self._names()
        if heading:
            self._heading(heading)
        sheet.column(label, _SMALL, False, 0, _LABEL - _GAP)
        self._texts(row.texts, boxes=True)
        sheet.space(height)
        for left in (*self._lefts, sheet.wide - _REMARKS):
            sheet.upright(left - _GAP / 2, height)
        sheet.rule()
        sheet.space(_AIR)

    def _heading(self, words: str) -> None:
        self._sheet.space(2)
        self._sheet.column(words, _HEAD, False, 0, self._sheet.wide)
        self._sheet.space(6)
        self._sheet.rule()
        self._sheet.space(_AIR)

    def _tallest(self, texts: Sequence[str]) -> float:
        each = zip(texts, self._languages, strict=True)
        room = self._width - _BOX - 1
        return max(self._sheet.tall(text, _POINTS, t.rtl, room) for text, t in each)

    def _texts(self, texts: Sequence[str], boxes: bool) -> None:
        """Each in its column, with a box on the side on which its lines begin; stays there."""
        sheet = self._sheet
        for left, t, text in zip(self._lefts, self._languages, texts, strict=True):
            if boxes:
                sheet.box(left + self._width - _BOX if t.rtl else left, _BOX)
            begins = left if t.rtl else left + _BOX + 1
            sheet.column(text, _POINTS, t.rtl, begins, self._width - _BOX - 1)
