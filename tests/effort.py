"""How much is tried: a little at every change, much more with HYPOTHESIS_PROFILE=thorough."""

import os
from typing import TypeVar

T = TypeVar("T")
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def tries(usual: T, thorough: T) -> T:
    """So many examples, families or kills; `thorough` when there is a night's time for it."""
    return thorough if THOROUGH else usual
