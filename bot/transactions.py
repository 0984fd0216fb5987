"""The transaction of the update that is being handled, as the intake opened it.

A context variable, because aiogram reads conversation state before its middlewares run; one
update's handlers and its state adapter must share one transaction.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from services.types import Tx


@dataclass(frozen=True)
class Act:
    """One update's transaction and its moment."""

    tx: Tx
    now: datetime
    afresh: bool = False  # whatever was waited for in this chat is given up


current: ContextVar[Act] = ContextVar("current")
