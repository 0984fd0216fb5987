"""Every setting: typed, read once, documented, from the environment or `.env`.

`.env.example` lists the same names; a test compares the two.
"""

import ipaddress
import os
import re
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from programme.kinds import QuietHours, Rules
from programme.localtime import instant
from services.red_days import is_feast, is_red

PREFIX = "LOTSEN_"
SENSIBLE_YEARS = range(1900, 2200)  # beyond them a date is a typing error
KEY_LENGTH = 44  # 32 bytes in base64
_HOURS = re.compile(r"(\d{1,2})(?::(\d\d))?-(\d{1,2})(?::(\d\d))?")


class BadSettings(Exception):
    """The settings cannot be used; str() is one line per fault."""


class Settings(BaseSettings):
    """What an installation may set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    bot_token: SecretStr | None = Field(None, description="The bot's token, from @BotFather.")
    bot_token_file: Path | None = Field(None, description="A file that holds the token.")
    api_url: str = Field("https://api.telegram.org", description="The Bot API server.")
    database_url: str | None = Field(
        None, description="Another database than SQLite in DATA_DIR, e.g. postgresql://…"
    )
    data_dir: Path = Field(Path("data"), description="Where the embedded database lives.")
    secret_key: SecretStr | None = Field(
        None,
        description="Seals labels and texts; several, by comma, while it is being changed. "
        "Made in DATA_DIR on first start of the embedded database.",
    )
    secret_key_file: Path | None = Field(None, description="A file that holds the key.")
    timezone: ZoneInfo = Field(ZoneInfo("Europe/Stockholm"), description="The families' zone.")
    now: datetime | None = Field(None, description="Start any command at this instant (to try).")
    push_per_second: float = Field(
        25, gt=0, le=1000, description="Messages a second; Telegram allows about 30 in all."
    )
    quiet_hours: Annotated[QuietHours | None, NoDecode] = Field(
        QuietHours(), description="No messages in these hours, e.g. 20-08; empty for none."
    )
    keep_months: int = Field(
        13, ge=1, le=60, description="Data is kept so many months after the child is 18 months old."
    )
    backup_days: int = Field(
        14, ge=0, le=400, description="`lotsen backup` deletes older ones beside it; 0: never."
    )
    looks_per_hour: int = Field(
        20,
        ge=1,
        description="More families than that opened by one colleague within an hour are unusual; "
        "one of somebody else's list counts as three.",
    )
    looks_per_day: int = Field(60, ge=1, description="The same on one day.")
    confirm_days: int = Field(
        180, ge=7, le=3650, description="So often it is asked whether a colleague still works here."
    )
    confirm_grace_days: int = Field(
        14, ge=2, le=60, description="Without an answer access rests so many days later."
    )
    ethics_approval: str | None = Field(
        None, description="The number of the ethics approval; without it no rows for research."
    )
    webhook_url: str | None = Field(None, description="Where Telegram should call us.")
    webhook_secret: SecretStr | None = Field(None, description="What Telegram must then say.")
    http_host: str = Field(
        "127.0.0.1", description="Where health, figures, webhook and private calendars listen."
    )
    http_port: int = Field(8080, ge=0, le=65535, description="Their port; 0 for off.")
    public_url: str | None = Field(
        None, description="Where the internet reaches that port: https://…, for private calendars."
    )
    log_format: str = Field("text", pattern="^(text|json)$", description="text or json.")

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> object:
        try:
            return ZoneInfo(value) if isinstance(value, str) else value
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("there is no such time zone") from error

    @field_validator("quiet_hours", mode="before")
    @classmethod
    def _quiet(cls, value: object) -> object:
        return parse_quiet_hours(value) if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        if value and not re.match(r"(sqlite|postgres(ql)?)(\+\w+)?://", value):
            raise ValueError("sqlite:///… or postgresql://… is expected")
        return value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
            raise ValueError("an address such as https://lotsen.example is expected")
        return value.rstrip("/") if value else None

    @field_validator("ethics_approval")
    @classmethod
    def _approval(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"(?=(?:.*\d){4})[\w ./:-]{4,60}", value.strip()):
            raise ValueError("the number of an approval such as 2026-01234-01 is expected")
        return value.strip() or None if value else None

    @field_validator("now")
    @classmethod
    def _sensible(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.year not in SENSIBLE_YEARS:
            raise ValueError(f"the year {value.year} cannot be meant")
        return value

    @model_validator(mode="after")
    def _instant_has_zone(self) -> "Settings":
        if self.now is not None and self.now.tzinfo is None:
            self.now = instant(self.now.date(), self.now.time(), self.timezone)
        return self

    @property
    def rules(self) -> Rules:
        """What of this the rules of the programme need."""
        return Rules(
            zone=self.timezone,
            quiet=self.quiet_hours,
            is_red=is_red,
            is_feast=is_feast,
            keep_months=self.keep_months,
            looks_per_hour=self.looks_per_hour,
            looks_per_day=self.looks_per_day,
            confirm_days=self.confirm_days,
            confirm_grace_days=self.confirm_grace_days,
        )

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir / 'lotsen.sqlite3'}"

    @property
    def embedded(self) -> bool:
        """Whether the database is a file of our own, made and changed as needed."""
        return self.database.startswith("sqlite")

    def token(self) -> str:
        """The bot's token; raises BadSettings if there is none."""
        found = _secret(self.bot_token, self.bot_token_file)
        if not found:
            raise BadSettings(
                "There is no bot token. Get one from @BotFather in Telegram and set "
                "LOTSEN_BOT_TOKEN, or try Lotsen without one: make demo."
            )
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{10,}", found):
            raise BadSettings(
                "LOTSEN_BOT_TOKEN does not look like a token: 123456:ABC… is expected."
            )
        return found

    @property
    def key_file(self) -> Path | None:
        """The file that holds the keys; None where they stand in the settings themselves."""
        if self.secret_key is not None and self.secret_key.get_secret_value():
            return None
        return self.secret_key_file or (self.data_dir / "secret.key" if self.embedded else None)

    def keys(self) -> list[str]:
        """The keys that seal, the newest first; made on first use of the embedded database."""
        found = _secret(self.secret_key, self.secret_key_file)
        if not found and not self.embedded:
            raise BadSettings(
                "LOTSEN_SECRET_KEY must be set when the database is not our own file."
            )
        keys = [key.strip() for key in (found or _own_key(self.data_dir)).split(",")]
        for number, key in enumerate(keys, 1):
            _check_key(key, number, len(keys))
        if len(set(keys)) < len(keys):
            raise BadSettings("LOTSEN_SECRET_KEY names the same key twice.")
        return keys


def parse_quiet_hours(value: str) -> QuietHours | None:
    """`20-08` or `20:30-07:45` as hours; None for an empty text; raises ValueError."""
    if not value.strip():
        return None
    match = _HOURS.fullmatch(value.strip())
    if match is None:
        raise ValueError("two hours are expected, such as 20-08, or nothing")
    start, start_minute, end, end_minute = match.groups(default="0")
    try:
        return QuietHours(time(int(start) % 24, int(start_minute)), time(int(end), int(end_minute)))
    except ValueError as error:
        raise ValueError("two hours of the day are expected, such as 20-08") from error


def _secret(value: SecretStr | None, file: Path | None) -> str | None:
    if value is not None and value.get_secret_value():
        return value.get_secret_value().strip()
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSettings(f"The secret in {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"The secret in {file} is not text.") from error


def _own_key(folder: Path) -> str:
    """The key in the data folder, readable by its owner only; made if it is not there."""
    file = folder / "secret.key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
        key = file.read_text(encoding="ascii").strip()
        if not key:
            key = Fernet.generate_key().decode()
            file.write_text(key, encoding="ascii")
        return key
    except OSError as error:
        raise BadSettings(f"The data folder {folder} cannot be used: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"The key in {file} is not text. Put back the copy of it.") from error


def _check_key(key: str, number: int, of: int) -> None:
    try:
        Fernet(key)
    except ValueError as error:
        which = f" (key {number} of {of})" if of > 1 else ""
        short = f" This one has {len(key)}: something is missing." if len(key) < KEY_LENGTH else ""
        raise BadSettings(
            f"LOTSEN_SECRET_KEY is not a key{which}: 32 random bytes in url-safe base64 are "
            f"expected ({KEY_LENGTH} characters).{short}"
        ) from error


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """The settings of this installation; raises BadSettings with one line per fault."""
    _check_file(env_file)
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic's own parameter
    except ValidationError as error:
        lines = [_line(each["loc"], each["msg"]) for each in error.errors()]
        raise BadSettings("\n".join(lines)) from error


def unknown_names(env_file: Path = Path(".env")) -> list[str]:
    """Names with our prefix, in the environment or `.env`, that are no settings: typing errors."""
    lines = env_file.read_text(encoding="utf-8").splitlines() if env_file.exists() else []
    written = {line.split("=")[0].removeprefix("export ").strip() for line in lines}
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    return sorted(
        name for name in written | set(os.environ) if name.startswith(PREFIX) and name not in known
    )


def _line(place: tuple[int | str, ...], fault: str) -> str:
    name = f"{PREFIX}{str(place[0]).upper()}" if place else "settings"
    return f"{name}: {fault.removeprefix('Value error, ')}."


def _check_file(env_file: Path | None) -> None:
    """A line that is no setting is a mistake somebody should hear of."""
    if env_file is None or not env_file.exists():
        return
    try:
        lines = env_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{env_file} cannot be read as text.") from error
    faults = [
        f"{env_file}, line {number}: NAME=value is expected."
        for number, line in enumerate(lines, 1)
        if line.strip() and not re.match(r"\s*(#|(export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=)", line)
    ]
    if faults:
        raise BadSettings("\n".join(faults))


def local_instant(text: str, zone: ZoneInfo) -> datetime:
    """An instant from ISO text; without an offset it is wall time. Raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.year not in SENSIBLE_YEARS:
        raise ValueError("that year cannot be meant")
    return at.astimezone(UTC) if at.tzinfo else instant(at.date(), at.time(), zone)


def is_local(url: str) -> bool:
    """Whether that address is on this machine, so that no real person can be reached."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
