"""The headings of the yearly follow-up, and what a line under one may be (mission I5, I8).

The template is the region's (domain.md T1-T4). Money is not for Lotsen (T5).
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum

LONGEST_LINE = 300  # half of what the template takes under one heading
LAST_MONTH_KEPT = 3  # the follow-up is sent by 1 February; until then it may be asked about


class Heading(StrEnum):
    """One question of the template, in its order. Stored: retire one, never rename it."""

    COORDINATION = "coordination"  # what coordinators did, and learned
    PRIORITY = "priority"  # reaching groups that are reached least
    STEERING = "steering"
    IMPROVEMENTS = "improvements"  # before the next year
    ACTIVITIES = "activities"  # together, and what they gave child and family (T3)
    GAINS = "gains"
    CHALLENGES = "challenges"
    CENTRES = "centres"  # family centres there are, and those that are planned
    STAFFING = "staffing"
    TRAINING = "training"
    TRAINING_NEEDS = "training_needs"
    OTHER = "other"
    PARENT_SUPPORT = "parent_support"  # in general, up to twelve years


class LineFault(StrEnum):
    """Why a line cannot be taken."""

    EMPTY = "empty"
    LONG = "long"
    NUMBER = "number"  # it looks like a personal number, a birth date or a phone number
    ADDRESS = "address"  # of e-mail, or somebody's name in Telegram


# Six digits in a row are a birth date at least; years, shares and counts are shorter.
_PERSONAL = re.compile(r"\d{6}|(?<!\d)\d{2}[-/. ]\d{2}[-/. ]\d{2}[-+ ]\d{4}(?!\d)")
_HOUR = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\d)")  # 08.30-10.00 is no phone number
_PHONE = re.compile(r"(?<![\d.,])(?:\+|0)\d(?:[ \-\u2010-\u2015./()]{0,2}\d){5,}")


def line_fault(line: str) -> LineFault | None:
    """Why that line cannot be kept, or None. Names nobody can find: people are asked instead."""
    if not line.strip():
        return LineFault.EMPTY
    plain = unicodedata.normalize("NFKC", line)
    if _PERSONAL.search(plain) or _PHONE.search(_HOUR.sub(" ", plain)):
        return LineFault.NUMBER
    if "@" in plain:
        return LineFault.ADDRESS
    return LineFault.LONG if len(plain) > LONGEST_LINE else None


def year_at(day: date) -> int:
    """The year of the follow-up that is being worked on: until March it is the last one."""
    return day.year if day.month > LAST_MONTH_KEPT else day.year - 1


def oldest_kept(day: date) -> int:
    """Lines about earlier years than this are gone on that day."""
    return year_at(day)


def month_in(day: date, year: int) -> date:
    """The month a line belongs to that is written on that day about that year."""
    return day.replace(day=1) if day.year == year else date(year, 12, 1)
