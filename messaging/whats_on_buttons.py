"""What the buttons about what is on say; a position is never in one of them."""

from messaging.callbacks import CallbackData
from programme.activities import ActivityKind
from programme.whats_on import Scope


class WhatsOn(CallbackData, prefix="wo"):
    """The first page."""


class MoreOn(CallbackData, prefix="wom"):
    """The rest of what one can ask."""


class ListOn(CallbackData, prefix="wol"):
    """What is on, page by page."""

    scope: Scope
    page: int = 0


class OnNearMe(CallbackData, prefix="won"):
    """What is near: the position is asked for."""


class OnCard(CallbackData, prefix="woc"):
    """All of one activity; `more`: what else one can do about it."""

    activity: int
    more: bool = False


class FollowKind(CallbackData, prefix="wf"):
    """To hear of such activities, or no longer; `activity`: whose page this is said on, or 0."""

    kind: ActivityKind
    on: bool
    activity: int = 0


class Followed(CallbackData, prefix="wfl"):
    """What this parent follows, page by page."""

    page: int = 0
