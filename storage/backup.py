"""One state of the whole database into a sealed file, and out of it again.

Beside writers: an SQLite file is copied within one reading transaction, PostgreSQL's own `pg_dump`
does the same. What a copy is made of stays readable only by its owner, and is checked before it
counts.
"""

import glob
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy.engine import URL, make_url

from storage.sealed_files import PIECE, Head, NotSealed, Tampered, WrongKey, opened, read_head, seal

ONLY_OURS = 0o600
BUSY_SECONDS = 10
FORGOTTEN_SECONDS = 6 * 3600  # no backup takes so long
_ROOM, _PART = ".backup-", ".part"
_IS_PART = re.compile(r"\.([0-9a-f]{8}\.)?part$")  # older ones had no number
ASIDE, STAMP = ".before-", "%Y%m%dT%H%M%SZ"  # of a database that a restore has put aside
_ASIDE = re.compile(r"([0-9]{8}T[0-9]{6}Z)(-wal|-shm)?")
FILE, SERVER = "sqlite", "postgresql"
_ITS_OWN = ("PATH", "HOME", "PG")  # names of what a program of PostgreSQL's reads
_LIBPQ = {"host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "ssl": "PGSSLMODE"}


class Unsound(Exception):
    """What was read is no sound database; str() says what was found."""


class NoProgram(Exception):
    """A program of PostgreSQL's is not on this machine; str() is its name."""


class InUse(Exception):
    """Another process has the database open."""


def kind_of(url: str) -> str:
    """Which database that is: a backup of one is none of the other."""
    return make_url(url).get_backend_name()


def database_file(url: str) -> Path:
    """The file of an SQLite database."""
    return Path(make_url(url).database or "")


def make(url: str, key: str, facts: Mapping[str, str], target: Path) -> None:
    """A sealed copy of the database as it is now, whole and proven, or none at all.

    Raises OSError, FileExistsError too, Unsound or NoProgram.
    """
    with _new_file(target) as file:
        if kind_of(url) == FILE:
            with _copied(database_file(url)) as copy, copy.open("rb") as content:
                seal(key, facts, iter(lambda: content.read(PIECE), b""), file)
        else:
            seal(key, facts, _dumped(make_url(url)), file)
        _settle(file)
        file.seek(0)
        _prove(file, key)


def head_of(source: Path) -> Head:
    """What a backup says of itself; raises NotSealed or OSError."""
    with source.open("rb") as file:
        return read_head(file)


@dataclass(frozen=True)
class Kept:
    """A backup in a folder, and how old it is by what it says and by its file."""

    file: Path
    key: str | None  # the mark; an older Lotsen wrote none
    oldest: datetime
    newest: datetime  # a clock that was wrong once takes nothing


def kept_in(folder: Path, kind: str) -> list[Kept]:
    """Backups of such a database in that folder."""
    found = []
    for file in sorted(folder.iterdir()):
        with suppress(OSError, NotSealed, KeyError, ValueError):
            if not file.is_file() or is_part(file):  # it may be half: not one of the newest
                continue
            facts = head_of(file).facts
            made_at = datetime.fromisoformat(facts["made_at"])
            touched = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            if facts["kind"] == kind:
                ages = sorted((made_at, touched))
                found.append(Kept(file, facts.get("key"), *ages))
    return found


def opens(file: Path, keys: Sequence[str]) -> bool:
    """Whether one of the keys opens that backup; raises OSError."""
    with file.open("rb") as content, suppress(NotSealed, WrongKey, Tampered):
        next(opened(keys, content, read_head(content)))
        return True
    return False


def set_aside(file: Path, before: datetime) -> list[Path]:
    """Databases that a restore has put aside before that, with their logs, and nobody's copies."""
    limit = f"{before.astimezone(UTC):{STAMP}}"
    begins = f"{file.name}{ASIDE}"
    return [
        each
        for each in sorted(file.parent.glob(f"{glob.escape(begins)}*"))
        if (ours := _ASIDE.fullmatch(each.name.removeprefix(begins))) and ours[1] < limit
    ]


def unpack(source: Path, keys: Sequence[str], target: Path) -> None:
    """The SQLite file out of a backup, proven sound. Raises WrongKey, Tampered or Unsound."""
    with source.open("rb") as file, open(os.open(target, _NEW, ONLY_OURS), "wb") as out:
        for piece in opened(keys, file, read_head(file)):
            out.write(piece)
        _settle(out)
    check(target)


def load(url: str, source: Path, keys: Sequence[str]) -> None:
    """Fill an empty database on a server from a backup: all of it or nothing.

    Raises WrongKey, Tampered, Unsound or NoProgram.
    """
    with source.open("rb") as file:  # nothing is written before every piece is proven
        for _ in opened(keys, file, read_head(file)):
            pass
    with source.open("rb") as file:
        how = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        to = _server(make_url(url))
        _feed("pg_restore", [*how, "--dbname", to["PGDATABASE"]], to, file, keys)


def check(file: Path) -> None:
    """Raises Unsound for a file that is no sound database."""
    try:
        with closing(sqlite3.connect(_uri(file), uri=True)) as db:
            found = [row[0] for row in db.execute("PRAGMA integrity_check")]
            loose = db.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Unsound(str(error)) from error
    if found != ["ok"] or loose:
        raise Unsound(found[0] if found != ["ok"] else f"a row of {loose[0]} refers to nothing")


def put_in_place(new: Path, file: Path, beside: Path) -> None:
    """Let the new file be the database; the old one, if any, stays under the other name.

    At every moment there is a whole database under the file's name. Raises InUse.
    """
    _fold(new)
    if only_ours(file):
        for end in ("", "-wal", "-shm"):
            _keep(Path(f"{file}{end}"), Path(f"{beside}{end}"))
        for end in ("-wal", "-shm"):  # a log of the old one must never be read into the new one
            Path(f"{file}{end}").unlink(missing_ok=True)
    new.replace(file)
    _settle_folder(file.parent)


@contextmanager
def workroom(beside: Path) -> Iterator[Path]:
    """A folder on the same disk, for nobody else, that is gone in the end."""
    beside.mkdir(parents=True, exist_ok=True)
    _sweep(beside)
    folder = Path(tempfile.mkdtemp(prefix=_ROOM, dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(beside: Path) -> None:
    """What one that was killed has left: a copy in which everybody stands who is erased since."""
    for room in beside.glob(f"{_ROOM}*"):
        with suppress(OSError):
            if time.time() - room.stat().st_mtime > FORGOTTEN_SECONDS:
                shutil.rmtree(room, ignore_errors=True)


def _sweep_parts(beside: Path) -> None:
    """What a backup that was killed has left, and nobody's own files of such a name."""
    for part in beside.glob(f"*{_PART}"):
        with suppress(OSError, NotSealed):
            if is_part(part) and time.time() - part.stat().st_mtime > FORGOTTEN_SECONDS:
                if part.stat().st_size:
                    head_of(part)
                part.unlink()


def is_part(file: Path) -> bool:
    """Whether that is the name of a backup that is being made, or never came to its end."""
    return _IS_PART.search(file.name) is not None


_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL


@contextmanager
def _new_file(target: Path) -> Iterator[BinaryIO]:
    """A file that gets its name only once it is whole; raises FileExistsError."""
    if target.exists():
        raise FileExistsError(17, "there is such a file already", str(target))
    _sweep_parts(target.parent)
    # Its own name for each: two at once into one file never take each other's half for the whole.
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{_PART}")
    try:
        with open(os.open(part, _NEW, ONLY_OURS), "w+b") as file:
            yield file
        part.rename(target)
        _settle_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _copied(file: Path) -> Iterator[Path]:
    """One state of the file beside its writers, without what was erased, and proven sound."""
    with workroom(file.parent) as folder:
        copy = folder / "copy.sqlite3"
        os.close(os.open(copy, _NEW, ONLY_OURS))
        try:
            with closing(sqlite3.connect(_uri(file), uri=True, timeout=BUSY_SECONDS)) as db:
                db.execute("VACUUM INTO ?", (str(copy),))
        except sqlite3.DatabaseError as error:
            raise Unsound(str(error)) from error
        check(copy)
        yield copy


def _prove(file: BinaryIO, key: str) -> None:
    """Read back what was written: every piece opens, and the dump of a server can be read."""
    head = read_head(file)
    if head.facts["kind"] == FILE:
        for _ in opened([key], file, head):
            pass
        return
    file.seek(0)
    _feed("pg_restore", ["--file", os.devnull], {}, file, [key])


def _dumped(url: URL) -> Iterator[bytes]:
    how = ("--format=custom", "--no-owner", "--no-privileges", "--no-password")
    with _program("pg_dump", how, _server(url), stdout=subprocess.PIPE) as running:
        assert running.stdout
        yield from iter(lambda: cast(BinaryIO, running.stdout).read(PIECE), b"")


def _feed(
    name: str, how: Sequence[str], to: Mapping[str, str], file: BinaryIO, keys: Sequence[str]
) -> None:
    """Let a program of PostgreSQL's read what is in a backup."""
    with _program(name, how, to, stdin=subprocess.PIPE) as running:
        assert running.stdin
        with suppress(BrokenPipeError):  # it ended early: it says itself why
            for piece in opened(keys, file, read_head(file)):
                running.stdin.write(piece)
            running.stdin.close()


@contextmanager
def _program(
    name: str,
    how: Sequence[str],
    to: Mapping[str, str],
    stdin: int | None = None,
    stdout: int | None = None,
) -> "Iterator[subprocess.Popen[bytes]]":
    """A program of PostgreSQL's at work; raises NoProgram, or Unsound with what it said."""
    found = shutil.which(name)
    if found is None:
        raise NoProgram(name)
    # Of our own surroundings only what it needs: no token, no key.
    ours = {name: os.environ[name] for name in os.environ if name.startswith(_ITS_OWN)}
    surroundings = {**ours, **to, "LC_ALL": "C"}
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            [found, *how], env=surroundings, stdin=stdin, stdout=stdout, stderr=said
        ) as running:
            try:
                yield running
            except BaseException:
                running.kill()
                raise
        if running.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise Unsound(lines[-1] if lines else f"{name} ended with {running.returncode}")


def _server(url: URL) -> dict[str, str]:
    """Where the server is, for its own programs: a password never stands on a command line."""
    found = {"PGDATABASE": url.database or "", "PGAPPNAME": "lotsen"}
    facts = {"host": url.host, "port": url.port, **url.query}
    found |= {_LIBPQ[name]: str(value) for name, value in facts.items() if value and name in _LIBPQ}
    if url.username:
        found["PGUSER"] = url.username
    if url.password:
        found["PGPASSWORD"] = str(url.password)
    return found


def _keep(file: Path, beside: Path) -> None:
    """The same file under another name; a copy where the disk knows no second names."""
    try:
        os.link(file, beside)
    except FileNotFoundError:
        return
    except OSError:
        shutil.copyfile(file, beside)
    beside.chmod(ONLY_OURS)


def only_ours(file: Path) -> bool:
    """Fold the log into the file, which only its last reader can do; raises InUse.

    False if there is no such file.
    """
    if not file.exists():
        return False
    try:
        _fold(file)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise InUse from error
    except sqlite3.DatabaseError:  # damaged: that may be why there is a restore at all
        return True
    return True


def _fold(file: Path) -> None:
    with closing(sqlite3.connect(_uri(file), uri=True, timeout=1)) as db:
        db.execute("PRAGMA journal_mode=DELETE")


def _uri(file: Path) -> str:
    """Never a new, empty database where one was expected."""
    return f"{file.absolute().as_uri()}?mode=rw"


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _settle_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
