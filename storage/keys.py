"""The keys that seal, the newest first. Each has a mark, which may be shown and tells nothing."""

import base64
import hashlib
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_MARK_LENGTH = 8


class SealBroken(Exception):
    """A sealed value cannot be opened with the keys at hand."""


def mark_of(key: str) -> str:
    """What tells one key from another: eight letters and digits, from which nobody gets the key."""
    secret = base64.urlsafe_b64decode(key)
    return hashlib.sha256(b"the mark of a key of Lotsen's" + secret).hexdigest()[:_MARK_LENGTH]


class Keyring:
    """Seals with the newest key and opens with any of them."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._each = {mark_of(key): Fernet(key) for key in keys}
        self._all = MultiFernet(list(self._each.values()))

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the keys, the newest first."""
        return tuple(self._each)

    def seal(self, text: str) -> str:
        """The text, sealed with the newest key."""
        return self._all.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text as it was; raises SealBroken if no key opens it."""
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBroken("LOTSEN_SECRET_KEY does not open this database") from error

    def opener(self, sealed: str) -> str | None:
        """The mark of the key that opens it; None if there is none."""
        for mark, key in self._each.items():
            try:
                key.decrypt(sealed.encode())
            except InvalidToken:
                continue
            return mark
        return None

    def renew(self, sealed: str) -> str:
        """The same text, sealed with the newest key; raises SealBroken."""
        try:
            return self._all.rotate(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBroken("LOTSEN_SECRET_KEY does not open this database") from error
