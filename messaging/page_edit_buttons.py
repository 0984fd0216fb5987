"""Buttons with which staff write pages of the guide; `page` is a page's code."""

from enum import StrEnum

from messaging.callbacks import CallbackData


class PageAct(StrEnum):
    """What staff do with a page."""

    SEND = "send"
    DROP = "drop"
    HISTORY = "past"


class StaffPages(CallbackData, prefix="PG"):
    """The list of pages."""

    screen: int = 0


class PrintGuide(CallbackData, prefix="PD"):
    """The whole guide as a file to print; without a language: in which?"""

    language: str = ""


class StaffGuidePage(CallbackData, prefix="PP"):
    """One page, for staff."""

    page: str


class PageIn(CallbackData, prefix="PL"):
    """The page in that language."""

    page: str
    language: str


class WritePage(CallbackData, prefix="PW"):
    """Write it anew in that language."""

    page: str
    language: str


class PageIsRight(CallbackData, prefix="PR"):
    """It is right as it is in that language."""

    page: str
    language: str


class ActOnPage(CallbackData, prefix="PA"):
    """That, with that page."""

    page: str
    act: PageAct


class PublishPage(CallbackData, prefix="PU"):
    """Families read it from now on, if it still says what was seen."""

    page: str
    seen: str


class BringPageBack(CallbackData, prefix="PB"):
    """That edition again, as a draft."""

    edition: int
