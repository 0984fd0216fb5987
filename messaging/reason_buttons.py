"""What the buttons about a reason for stopping say."""

from messaging.callbacks import CallbackData
from programme.reasons import About, WhyNot


class AskWhy(CallbackData, prefix="Fa"):
    """A parent would tell why: the answers, a page at a time."""

    about: About
    page: int = 0


class TellWhy(CallbackData, prefix="Fw"):
    """A parent tells why, in one tap."""

    about: About
    why: WhyNot


class StaffAskWhy(CallbackData, prefix="Fy"):
    """Staff would tell what a family said."""

    family: int


class StaffTellWhy(CallbackData, prefix="Fz"):
    """That is what the family said."""

    family: int
    why: WhyNot
