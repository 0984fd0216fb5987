"""Typed buttons on signing up for an activity; whose sign-up it is is checked again (E7, E8)."""

from messaging.callbacks import CallbackData


class SignUp(CallbackData, prefix="sg"):
    """I would like to come to that activity."""

    activity: int
    page: int = 0  # of its times, where one signs up for each


class SignUpFor(CallbackData, prefix="sgf"):
    """To this one of its times, or to the series."""

    seats: int


class Number(CallbackData, prefix="sgn"):
    """Another number of people: first how many grown-ups, then how many children."""

    seats: int
    signup: int = 0  # whose number changes; 0: nobody has signed up yet
    adults: int = 0  # 0: not said yet
    page: int = 0


class Come(CallbackData, prefix="sgy"):
    """So many come; `wait`: in line, where it is full."""

    seats: int
    adults: int
    children: int
    wait: bool = False


class ChangeNumber(CallbackData, prefix="sgc"):
    """So many come instead."""

    signup: int
    adults: int
    children: int


class MySignUp(CallbackData, prefix="sgm"):
    """How it stands with my sign-up; there it can be changed."""

    signup: int


class CancelSignUp(CallbackData, prefix="sgx"):
    """I do not come, or do not want to wait any more."""

    signup: int


class OfferedPlace(CallbackData, prefix="si"):
    """Yes or no to a place from the waiting list; `offered`: which offer it was."""

    signup: int
    offered: int
    yes: bool
