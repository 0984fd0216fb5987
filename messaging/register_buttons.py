"""What buttons say where staff build their team, register families and run areas.

And where parents come in by a poster. Prefixes begin with R; see `callbacks.py`.
"""

from messaging.callbacks import CallbackData
from programme.people import GuardianRole, Role

TEAM_LIST, TEAM_INVITE = "list", "invite"
MEMBER_SHOW, MEMBER_LINK, MEMBER_END, MEMBER_UNDO = "show", "link", "end", "undo"
MEMBER_CONFIRM, MEMBER_REST, MEMBER_RESUME = "confirm", "rest", "resume"


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


class NewFamily(CallbackData, prefix="Rn"):
    """Register a family."""


class FamilyArea(CallbackData, prefix="Ra"):
    """It lives in that area."""

    area: int


class Expected(CallbackData, prefix="Re"):
    """The child is not here yet: ask when it is due, or after all when it was born."""

    on: bool


class FirstChild(CallbackData, prefix="Rf"):
    """First child, or first in Sweden; None: ask the parent."""

    yes: bool | None = None


class FamilyLanguage(CallbackData, prefix="Rl"):
    """The family reads that language of ours; "": another one."""

    code: str


class FamilySpoken(CallbackData, prefix="Ro"):
    """The family speaks that language, which is none of ours."""

    code: str


class SpokenPage(CallbackData, prefix="Rp"):
    """Show that page of other languages."""

    page: int


class Interpreter(CallbackData, prefix="Ri"):
    """Which interpreter the family wants: see INTERPRETERS."""

    wish: str


class Protected(CallbackData, prefix="Rq"):
    """The family has protected identity, or has not after all."""

    on: bool


class RegisterNow(CallbackData, prefix="Rd"):
    """All is right: register the family."""


class NotBornYet(CallbackData, prefix="Rj"):
    """Who came by a poster expects a child: show when it may be due, or when it may be born."""

    on: bool


class Withdraw(CallbackData, prefix="Rk"):
    """Who came by a poster does not want to wait any more."""


class PosterAnswer(CallbackData, prefix="Rz"):
    """Staff say whether a family that came by a poster is theirs.

    It names the parent who asked: a family's number may be given out again, a parent's never.
    """

    asker: int
    yes: bool


class AskedByPoster(CallbackData, prefix="Rh"):
    """Show staff who came by a poster and waits."""


class PosterPage(CallbackData, prefix="Rm"):
    """An area's poster: see POSTER_ names."""

    area: int
    act: str


class ParentLink(CallbackData, prefix="Rw"):
    """A link for one more parent of that family; None: ask for which one."""

    family: int
    role: GuardianRole | None = None


class LinkForAnyone(CallbackData, prefix="Ry"):
    """The same, without saying who it is for."""

    family: int


class CorrectFirst(CallbackData, prefix="Rg"):
    """Whether it is their first child here, corrected; None: ask."""

    family: int
    yes: bool | None = None


NO_INTERPRETER, ANY_INTERPRETER = "no", "any"
POSTER_SHOW, POSTER_NEW, POSTER_END = "show", "new", "end"


class AreaAct(CallbackData, prefix="RA"):
    """Something about an area: see AREA_ names; 0: about none yet."""

    area: int
    act: str


class AreaState(CallbackData, prefix="RS"):
    """How far an area has come."""

    area: int
    status: str


class MergeAreas(CallbackData, prefix="RM"):
    """One area becomes part of another; `now`: it is done, else shown what moves."""

    gone: int
    into: int
    now: bool = False


AREA_LIST, AREA_SHOW, AREA_PAUSE, AREA_RESUME = "list", "show", "pause", "resume"
AREA_SUMMER, AREA_NO_SUMMER, AREA_STATES = "summer", "no_summer", "states"
AREA_BOKSTART, AREA_NO_BOKSTART = "bokstart", "no_bokstart"
AREA_RENAME, AREA_ADD, AREA_MERGE = "rename", "add", "merge"
