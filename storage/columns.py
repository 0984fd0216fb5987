"""Column types of our own: instants that keep their zone, and text that is sealed at rest."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from storage.keys import Keyring, SealBroken

__all__ = ["Instant", "SealBroken", "Sealed", "give_keys", "keys_of"]

_KEYS = "lotsen_keys"  # the keys travel on the engine's dialect: no global, one set per database


class Instant(TypeDecorator[datetime]):
    """An aware datetime, in UTC on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant as UTC; SQLite keeps no zone, so there it is written without."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """Text that is encrypted in the database: labels, raw updates, answers, conversations."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The sealed text."""
        return None if value is None else keys_of(dialect).seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it was written; raises SealBroken if the key is another one."""
        return None if value is None else keys_of(dialect).open(value)


def give_keys(dialect: Dialect, keys: Iterable[str]) -> None:
    """Let this engine seal with the first key and open with any of them."""
    setattr(dialect, _KEYS, Keyring(keys))


def keys_of(dialect: Dialect) -> Keyring:
    """The keys that this engine was given."""
    return cast(Keyring, getattr(dialect, _KEYS))
