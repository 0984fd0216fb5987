"""A small Telegram on this machine: the Bot API with its strictness, and phones on a page.

It stands alone: it imports nothing of the assistant and no Telegram library, and nothing but the
assembly and the tests imports it.
"""

from simulator.clock import ShiftedClock
from simulator.errors import ApiError, Impossible, Unknown
from simulator.faults import Fault
from simulator.limits import Limits
from simulator.server import make_app, serve, start
from simulator.world import World

__all__ = [
    "ApiError",
    "Fault",
    "Impossible",
    "Limits",
    "ShiftedClock",
    "Unknown",
    "World",
    "make_app",
    "serve",
    "start",
]
