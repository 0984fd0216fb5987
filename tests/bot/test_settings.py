import re
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.settings import (
    PREFIX,
    BadSettings,
    Settings,
    parse_quiet_hours,
    read_settings,
    unknown_names,
)
from programme.kinds import QuietHours

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_names_every_setting_and_no_other():
    named = re.findall(rf"^#? ?{PREFIX}(\w+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE)

    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_as_it_is_and_with_everything_uncommented_can_be_read(empty_folder):
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for text in (lines, [re.sub(rf"^# ({PREFIX})", r"\1", line) for line in lines]):
        Path(".env").write_text("\n".join(text), "utf-8")

        found = read_settings()

        assert unknown_names() == []
        assert found.quiet_hours == QuietHours(time(20), time(8))


def test_the_example_shows_the_real_defaults(empty_folder):
    lines = EXAMPLE.read_text("utf-8").splitlines()
    shown = dict(
        line.removeprefix(f"# {PREFIX}").split("=", 1)
        for line in lines
        if re.match(rf"# {PREFIX}\w+=.", line)
    )
    defaults = read_settings(None)
    for name in ("API_URL", "DATA_DIR", "TIMEZONE", "PUSH_PER_SECOND", "HTTP_HOST", "HTTP_PORT"):
        assert str(getattr(defaults, name.lower())).removesuffix(".0") == shown[name]
    assert parse_quiet_hours(shown["QUIET_HOURS"]) == defaults.quiet_hours
    assert shown["LOG_FORMAT"] == defaults.log_format


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("20-08", QuietHours(time(20), time(8))),
        ("20:30-07:45", QuietHours(time(20, 30), time(7, 45))),
        ("24-08", QuietHours(time(0), time(8))),
        (" 21-7 ", QuietHours(time(21), time(7))),
        ("", None),
        ("  ", None),
    ],
)
def test_quiet_hours_are_two_hours_or_nothing(empty_folder, monkeypatch, text, hours):
    monkeypatch.setenv("LOTSEN_QUIET_HOURS", text)

    assert read_settings().quiet_hours == hours


BAD = {
    "QUIET_HOURS": ["8", "20-25", "99-99", "20-", "eight", "[1]", "{}", "20-08-10"],
    "TIMEZONE": ["Mars/Base", "", "../../etc/passwd", "Europe"],
    "NOW": ["tomorrow", "", "2027-13-01", "9999-12-31T23:59", "0001-01-01"],
    "PUSH_PER_SECOND": ["0", "-1", "1001", "nan", "inf", "many"],
    "HTTP_PORT": ["-1", "65536", "", "web"],
    "LOG_FORMAT": ["", "xml", "JSON"],
    "DATABASE_URL": ["nonsense", "sqlite:", "mysql://a/b", "http://a"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD.items() for value in values]
)
def test_a_value_that_cannot_be_used_is_one_line_that_names_it(
    empty_folder, monkeypatch, name, value
):
    monkeypatch.setenv(f"LOTSEN_{name}", value)

    with pytest.raises(BadSettings) as error:
        read_settings()

    assert re.fullmatch(rf"LOTSEN_{name}: [^\n]+\.", str(error.value))
    assert "Value error" not in str(error.value)


def test_every_fault_is_told_at_once(empty_folder, monkeypatch):
    monkeypatch.setenv("LOTSEN_HTTP_PORT", "x")
    monkeypatch.setenv("LOTSEN_LOG_FORMAT", "x")

    with pytest.raises(BadSettings) as error:
        read_settings()

    assert [line.split(":")[0] for line in str(error.value).splitlines()] == [
        "LOTSEN_HTTP_PORT",
        "LOTSEN_LOG_FORMAT",
    ]


@pytest.mark.parametrize("line", ["garbage", "A B=c", "LOTSEN NOW=1", "=x", "export", "1A=b"])
def test_a_garbage_line_is_named_by_its_number(empty_folder, line):
    Path(".env").write_text(f"# fine\n\nexport LOTSEN_LOG_FORMAT=json\n{line}\n", "utf-8")

    with pytest.raises(BadSettings, match=r"^\.env, line 4: NAME=value is expected\.$"):
        read_settings()


@pytest.mark.parametrize("content", [b"LOTSEN_LOG_FORMAT=\xff\xfe", None], ids=["latin", "folder"])
def test_a_settings_file_that_is_no_text_is_a_sentence(empty_folder, content):
    if content is None:
        Path(".env").mkdir()
    else:
        Path(".env").write_bytes(content)

    with pytest.raises(BadSettings, match=r"cannot be read as text"):
        read_settings()


def test_the_environment_wins_over_the_file(empty_folder, monkeypatch):
    Path(".env").write_text("LOTSEN_LOG_FORMAT=json\nLOTSEN_HTTP_PORT=1\n", "utf-8")
    monkeypatch.setenv("LOTSEN_HTTP_PORT", "2")

    found = read_settings()

    assert (found.log_format, found.http_port) == ("json", 2)


def test_typing_errors_in_names_are_found_in_both_places(empty_folder, monkeypatch):
    Path(".env").write_text("LOTSEN_TOKEN=x\nOTHER_THING=y\nexport LOTSEN_NIGHT=1\n", "utf-8")
    monkeypatch.setenv("LOTSEN_BOT_TOKE", "x")

    assert unknown_names() == ["LOTSEN_BOT_TOKE", "LOTSEN_NIGHT", "LOTSEN_TOKEN"]


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "There is no bot token"),
        ("   ", "There is no bot token"),
        ("abc", "does not look like a token"),
        ("987654", "does not look like a token"),
        ("123456:short", "does not look like a token"),
        ("123456:abcdefghij klm", "does not look like a token"),
        ("https://t.me/bot", "does not look like a token"),
    ],
)
def test_a_token_of_the_wrong_shape_is_a_sentence_without_the_token(empty_folder, token, said):
    settings = Settings(_env_file=None, bot_token=token)

    with pytest.raises(BadSettings, match=said) as error:
        settings.token()

    assert token.strip() == "" or token not in str(error.value)


def test_token_and_key_can_come_from_files(empty_folder):
    Path("token").write_text(" 123456:abcdefghijkl\n", "utf-8")
    key = "A" * 43 + "="
    Path("key").write_text(f"{key}\n", "utf-8")
    settings = Settings(_env_file=None, bot_token_file=Path("token"), secret_key_file=Path("key"))

    assert (settings.token(), settings.keys()) == ("123456:abcdefghijkl", [key])


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"], ids=["missing", "not text"])
def test_a_secret_that_cannot_be_read_is_a_sentence(empty_folder, content):
    if content:
        Path("token").write_bytes(content)
    settings = Settings(_env_file=None, bot_token_file=Path("token"))

    with pytest.raises(BadSettings, match=r"^The secret in token "):
        settings.token()


def test_the_key_of_the_embedded_database_is_made_once_and_for_its_owner_only(empty_folder):
    settings = Settings(_env_file=None, data_dir=Path("data"))

    first = settings.keys()

    assert settings.keys() == first
    file = Path("data/secret.key")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == first[0]


def test_several_keys_are_the_newest_first(empty_folder):
    one, two = "A" * 43 + "=", "B" * 42 + "A="
    settings = Settings(_env_file=None, secret_key=f"{one}, {two}")

    assert settings.keys() == [one, two]


@pytest.mark.parametrize("key", ["short", "ä" * 44, "A" * 44, f"{'A' * 43}=,"])
def test_a_key_of_the_wrong_shape_is_a_sentence_without_the_key(empty_folder, key):
    with pytest.raises(BadSettings, match="LOTSEN_SECRET_KEY is not a key") as error:
        Settings(_env_file=None, secret_key=key).keys()

    assert key not in str(error.value)


def test_another_database_needs_a_key_of_its_own(empty_folder):
    settings = Settings(_env_file=None, database_url="postgresql://localhost/lotsen")

    with pytest.raises(BadSettings, match="LOTSEN_SECRET_KEY must be set"):
        settings.keys()
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2027-03-01T09:00", datetime(2027, 3, 1, 8, tzinfo=UTC)),
        ("2027-07-01T09:00", datetime(2027, 7, 1, 7, tzinfo=UTC)),
        ("2027-03-01T09:00:00+00:00", datetime(2027, 3, 1, 9, tzinfo=UTC)),
    ],
)
def test_now_is_wall_time_unless_it_has_an_offset(empty_folder, monkeypatch, text, instant):
    monkeypatch.setenv("LOTSEN_NOW", text)

    assert read_settings().now == instant


def test_secrets_are_not_shown_by_accident(empty_folder):
    settings = Settings(_env_file=None, bot_token="123456:abcdefghijkl", webhook_secret="hidden")

    assert "abcdefghijkl" not in repr(settings)
    assert "hidden" not in repr(settings)
