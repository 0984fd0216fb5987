"""Buttons with which staff write activities and their times; ids are checked by who presses."""

from enum import StrEnum

from messaging.callbacks import CallbackData
from messaging.picker_buttons import Day
from programme.activities import ActivityKind

# Codes of what is picked: the task's own (`messaging/pickers.py`).
FIRST, BEGINS, ENDS = "anf", "ant", "ane"  # a new time: its day, from when, until when
LAST = "anl"  # until which day every week
MOVED, MOVED_BEGINS, MOVED_ENDS = "amd", "amt", "ame"  # the same of one that moves
OFF_FIRST, OFF_LAST = "acf", "acl"  # none on those days


class Planning(StrEnum):
    """How often a new time is."""

    ONE = "one"
    SERIES = "series"
    WEEKLY = "weekly"


class ActivityAct(StrEnum):
    """What staff do with an activity."""

    EDIT = "edit"  # everything that can be changed
    OPEN = "open"
    CHECK = "check"
    WORDS = "words"
    PLACE = "place"
    LINK = "link"
    NO_LINK = "link0"
    SPOKEN = "spoken"
    INTERPRETER = "interp"
    FOR_WHOM = "whom"
    AGE = "age"
    CHILDCARE = "care"  # yes or no, one after the other
    FREE = "free"  # free, not free, not said, one after the other
    SIGNING_UP = "sign"
    CAPACITY = "seats"
    PICTURE = "pic"
    NO_PICTURE = "pic0"
    AREAS = "areas"
    TELL = "tell"  # correct every notice that has told of it: asks once
    CORRECT = "mend"  # without a sound
    TELL_SURE = "tell2"  # and say aloud that something has changed
    CANCEL = "off"  # asks once
    CANCEL_SURE = "off2"
    OFF_DAYS = "offd"


class OccasionAct(StrEnum):
    """What staff do with one of its times."""

    MOVE = "move"
    CANCEL = "off"  # asks once
    CANCEL_SURE = "off2"
    CLOSE = "close"  # closed today: shows what would be said, and to how many
    CLOSE_SURE = "close2"


class Field(StrEnum):
    """What is chosen with one tap out of several."""

    PLACE = "p"
    SPOKEN = "s"  # on or off
    INTERPRETER = "i"
    INTERPRETED = "t"  # on or off
    FOR_WHOM = "w"
    YOUNGEST = "y"
    OLDEST = "o"
    SIGNING_UP = "u"
    CAPACITY = "c"
    AREA = "a"  # on or off


class Activities(CallbackData, prefix="Al"):
    """The list of activities."""

    page: int = 0


class ActivityOfNotice(CallbackData, prefix="Ag"):
    """The activity that a notice announces: one goes back to the notice."""

    activity: int
    notice: int


class StaffActivity(CallbackData, prefix="Ae"):
    """One activity, for staff."""

    activity: int


class ActOnActivity(CallbackData, prefix="Aa"):
    """That, with that activity."""

    activity: int
    act: ActivityAct


class NewActivityKind(CallbackData, prefix="Aj"):
    """A new activity: of which kind?"""


class NewActivity(CallbackData, prefix="Ak"):
    """A new activity of that kind."""

    kind: ActivityKind


class SetField(CallbackData, prefix="As"):
    """That is chosen; an empty value is none."""

    activity: int
    field: Field
    value: str = ""


class WordsIn(CallbackData, prefix="Ay"):
    """Write its words in that language."""

    activity: int
    code: str


class AskTranslators(CallbackData, prefix="Aq"):
    """Let the translators write what is missing."""

    activity: int


class Times(CallbackData, prefix="At"):
    """The times of an activity."""

    activity: int
    page: int = 0


class NewTimes(CallbackData, prefix="Ap"):
    """Plan times of that sort."""

    activity: int
    how: Planning


class SeriesOf(CallbackData, prefix="Ac"):
    """So many meetings from that day on."""

    activity: int
    day: Day
    begins: int  # minutes of the day
    minutes: int
    count: int


class StaffOccasion(CallbackData, prefix="Ao"):
    """One time, for staff."""

    occasion: int


class ActOnOccasion(CallbackData, prefix="Ax"):
    """That, with that time."""

    occasion: int
    act: OccasionAct


class OffDays(CallbackData, prefix="Az"):
    """None on those days."""

    activity: int
    first: Day
    last: Day


class Timetable(CallbackData, prefix="Aw"):
    """This week (0) or a later one, at one place or everywhere (0)."""

    week: int = 0
    place: int = 0


class ClosePlace(CallbackData, prefix="Ab"):
    """A place is closed today: which; `sure` after the preview."""

    place: int = 0
    sure: bool = False
