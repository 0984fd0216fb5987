"""How fast Telegram takes messages. On the monotonic clock: a moved wall clock lifts no limit."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from simulator.errors import too_many

MINUTE = 60


@dataclass(frozen=True)
class Limits:
    """The numbers; `None` switches a rate off."""

    per_second: int | None = 30  # messages of one bot to everybody together
    chat_burst: int | None = 20  # messages one private chat takes at once
    chat_rate: float = 1.0  # messages a second a private chat takes in the long run
    group_per_minute: int | None = 20
    flood_wait: int = 3  # seconds a private chat, or the whole bot, stays shut after too many
    slow_repeats: bool = True  # Telegram slows pollers that ask the same again at once

    @classmethod
    def off(cls) -> Limits:
        """No rate limit at all; sizes and rules stay."""
        return cls(None, None, 1.0, None, 3, False)

    def with_changes(self, **changes: object) -> Limits:
        """A copy with some numbers changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names of fields


@dataclass
class Bucket:
    """One private chat's patience: `left` messages, filled up again with time."""

    left: float
    seen: float
    shut_until: float = 0.0


@dataclass
class Pace:
    """What one bot has sent lately; asked before every message."""

    clock: Callable[[], float] = time.monotonic
    lately: deque[float] = field(default_factory=deque)
    shut_until: float = 0.0
    buckets: dict[int, Bucket] = field(default_factory=dict)
    groups: dict[int, deque[float]] = field(default_factory=dict)

    def take(self, limits: Limits, chat_id: int) -> None:
        """Count one message to `chat_id`, or raise the 429 Telegram would answer."""
        now = self.clock()
        self._check_everything(limits, now)
        if chat_id < 0:
            self._check_group(limits, chat_id, now)
        else:
            self._check_private(limits, chat_id, now)
        self.lately.append(now)

    def _check_everything(self, limits: Limits, now: float) -> None:
        while self.lately and now - self.lately[0] >= 1:
            self.lately.popleft()
        if limits.per_second is None:
            return
        if now < self.shut_until:
            raise too_many(_whole(self.shut_until - now))
        if len(self.lately) >= limits.per_second:
            self.shut_until = now + limits.flood_wait
            raise too_many(limits.flood_wait)

    def _check_private(self, limits: Limits, chat_id: int, now: float) -> None:
        if limits.chat_burst is None:
            return
        bucket = self.buckets.setdefault(chat_id, Bucket(limits.chat_burst, now))
        if now < bucket.shut_until:
            raise too_many(_whole(bucket.shut_until - now))
        bucket.left += (now - bucket.seen) * limits.chat_rate
        bucket.left = min(bucket.left, float(limits.chat_burst))
        bucket.seen = now
        if bucket.left < 1:
            bucket.shut_until = now + limits.flood_wait
            raise too_many(limits.flood_wait)
        bucket.left -= 1

    def _check_group(self, limits: Limits, chat_id: int, now: float) -> None:
        if limits.group_per_minute is None:
            return
        sent = self.groups.setdefault(chat_id, deque())
        while sent and now - sent[0] >= MINUTE:
            sent.popleft()
        if len(sent) >= limits.group_per_minute:
            raise too_many(_whole(MINUTE - (now - sent[0])))
        sent.append(now)


def _whole(seconds: float) -> int:
    return max(1, math.ceil(seconds))
