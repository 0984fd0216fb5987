"""What buttons say where staff build their team, register families and run areas.

And where parents come in by a poster. Prefixes begin with R; see `callbacks.py`.
"""

from messaging.callbacks import CallbackData
from programme.people import Role

TEAM_LIST, TEAM_INVITE = "list", "invite"
MEMBER_SHOW, MEMBER_LINK, MEMBER_END, MEMBER_UNDO = "show", "link", "end", "undo"


class StepBack(CallbackData, prefix="Rb"):
    """The question before this one."""


class Cancel(CallbackData, prefix="Rc"):
    """Nothing of it: nothing is kept."""


class Team(CallbackData, prefix="Rt"):
    """The team of my areas: see TEAM_ names."""

    page: str
    n: int = 0


class Member(CallbackData, prefix="Ru"):
    """Somebody of the team: see MEMBER_ names."""

    staff: int
    act: str


class GiveRole(CallbackData, prefix="Rr"):
    """Whoever is invited will work as that."""

    role: Role


class GiveArea(CallbackData, prefix="Rv"):
    """Whoever is invited works in that area, or does not after all; 0: these are all."""

    area: int
