"""What of ours is in memory: whatever an update leaves behind is there for as long as we run."""

import gc
from collections import Counter

OURS = frozenset(
    ("bot", "handlers", "scheduler", "services", "messaging", "storage", "programme", "aiogram")
)


def alive() -> Counter[str]:
    """How many objects of each of our classes, and of aiogram's, somebody still holds."""
    gc.collect()
    kinds = Counter(map(type, gc.get_objects()))
    return Counter({_named(kind): n for kind, n in kinds.items() if _is_ours(kind)})


def _is_ours(kind: type) -> bool:
    return str(kind.__module__).partition(".")[0] in OURS


def _named(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
