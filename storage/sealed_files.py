"""A file that nobody can read, shorten or change without the key; written piece by piece.

AES-GCM over pieces of a mebibyte. A piece's number and whether it is the last are its nonce, and
the head of the file is part of every piece: nothing can be left out, swapped, cut or relabelled.
The file's own key comes from our key and a random salt, so that no nonce is ever used twice.
"""

import base64
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"LOTSEN SEALED 1\n"
PIECE = 1 << 20
SALT, LENGTH, TAG = 16, 4, 16  # bytes
LONGEST_FACTS = 10_000
_FITS = b"\xff" * 12  # the nonce of nothing at all, sealed after the head: does this key open it?


class NotSealed(Exception):
    """This is no file of that kind."""


class WrongKey(Exception):
    """None of the keys opens it."""


class Tampered(Exception):
    """It was cut short or changed since it was written."""


@dataclass(frozen=True)
class Head:
    """What can be read without a key, and cannot be changed unnoticed."""

    facts: Mapping[str, str]
    salt: bytes
    raw: bytes


def seal(key: str, facts: Mapping[str, str], content: Iterable[bytes], to: BinaryIO) -> None:
    """Write the content, whatever its pieces, to a file that only the key opens."""
    told = json.dumps(dict(facts), sort_keys=True).encode()
    salt = os.urandom(SALT)
    raw = MAGIC + salt + len(told).to_bytes(LENGTH, "big") + told
    box = _box(key, salt)
    to.write(raw + box.encrypt(_FITS, b"", raw))
    pieces = _pieces(content)
    piece, number = next(pieces), 0
    for following in pieces:
        to.write(box.encrypt(_nonce(number, False), piece, raw))
        piece, number = following, number + 1
    to.write(box.encrypt(_nonce(number, True), piece, raw))


def read_head(file: BinaryIO) -> Head:
    """The head of the file, from its beginning; raises NotSealed."""
    start = file.read(len(MAGIC) + SALT + LENGTH)
    length = int.from_bytes(start[-LENGTH:], "big")
    if not start.startswith(MAGIC) or length > LONGEST_FACTS:
        raise NotSealed
    told = file.read(length)
    try:
        facts = json.loads(told)
    except ValueError as error:
        raise NotSealed from error
    if not isinstance(facts, dict):
        raise NotSealed
    return Head(facts, start[len(MAGIC) : -LENGTH], start + told)


def opened(keys: Sequence[str], file: BinaryIO, head: Head) -> Iterator[bytes]:
    """The content, from where the head ends; raises WrongKey or Tampered.

    A piece is given out once it is proven; that nothing is missing is proven by the last one.
    """
    box = _fitting(keys, file.read(TAG), head)
    number, piece = 0, file.read(PIECE + TAG)
    while True:
        following = file.read(PIECE + TAG)
        try:
            yield box.decrypt(_nonce(number, not following), piece, head.raw)
        except (InvalidTag, ValueError) as error:
            raise Tampered from error
        if not following:
            return
        number, piece = number + 1, following


def _fitting(keys: Sequence[str], fits: bytes, head: Head) -> AESGCM:
    """What opens the file; raises WrongKey."""
    for key in keys:
        box = _box(key, head.salt)
        with suppress(InvalidTag, ValueError):
            box.decrypt(_FITS, fits, head.raw)
            return box
    raise WrongKey


def _box(key: str, salt: bytes) -> AESGCM:
    secret = base64.urlsafe_b64decode(key)
    return AESGCM(HKDF(SHA256(), 32, salt, b"lotsen sealed file").derive(secret))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """The content cut into pieces of one size; the last may be shorter, and there is one."""
    held = bytearray()
    for each in content:
        held += each
        while len(held) > PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    yield bytes(held)
