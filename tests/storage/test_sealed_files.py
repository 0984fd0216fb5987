"""Whatever is done to a sealed file, it is either as it was written or refused."""

import io

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from storage import sealed_files
from storage.sealed_files import NotSealed, Tampered, WrongKey, opened, read_head, seal

KEY, OTHER = (Fernet.generate_key().decode() for _ in range(2))
FACTS = {"form": "0001", "made_at": "2027-03-01T09:00:00+00:00"}
SMALL = 32


@pytest.fixture(scope="module", autouse=True)
def small_pieces():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_files, "PIECE", SMALL)
        yield


def sealed(content: bytes) -> bytes:
    file = io.BytesIO()
    seal(KEY, FACTS, [content[n : n + 7] for n in range(0, len(content), 7)], file)
    return file.getvalue()


def read(raw: bytes, *keys: str) -> tuple[dict[str, str], bytes]:
    file = io.BytesIO(raw)
    head = read_head(file)
    return dict(head.facts), b"".join(opened(keys or (KEY,), file, head))


@given(st.binary(max_size=5 * SMALL))
def test_what_was_written_is_read_with_any_of_the_keys_at_hand(content):
    assert read(sealed(content), OTHER, KEY) == (FACTS, content)


@given(st.integers(0, 3 * SMALL), st.data())
def test_no_byte_can_be_changed_and_no_end_cut_off_or_added(length, data):
    raw = sealed(bytes(length))
    where = data.draw(st.integers(0, len(raw) - 1))
    spoiled = bytearray(raw)
    spoiled[where] ^= 1 << data.draw(st.integers(0, 7))
    for each in (bytes(spoiled), raw[:where], raw + b"x", raw + raw[-SMALL - 16 :]):
        with pytest.raises((NotSealed, Tampered, WrongKey)):
            read(each)


def test_pieces_cannot_change_places_and_a_file_cannot_end_between_two():
    raw = sealed(bytes(range(96)))
    start = len(raw) - 3 * (SMALL + 16)
    head, pieces = raw[:start], [raw[start + n * 48 : start + (n + 1) * 48] for n in range(3)]
    for order in ([1, 0, 2], [0, 2, 1], [0, 1], [0], [0, 1, 1, 2]):
        with pytest.raises((Tampered, WrongKey)):
            read(head + b"".join(pieces[n] for n in order))


def test_nothing_of_it_can_be_read_without_the_key():
    assert b"4711" not in sealed(b"4711" * 50)


def test_another_key_opens_nothing_and_another_file_is_none_of_ours():
    with pytest.raises(WrongKey):
        read(sealed(b"secret"), OTHER)
    for other in (b"", b"SQLite format 3\0" * 9, sealed_files.MAGIC):
        with pytest.raises(NotSealed):
            read(other)
