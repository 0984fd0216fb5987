"""What is in `deploy/` and the Dockerfile names only what there is."""

import configparser
import re
from pathlib import Path

from bot import web
from bot.__main__ import lotsen
from bot.app import ANSWER_SECONDS
from bot.settings import PREFIX, Settings
from scheduler.runner import STOP_SECONDS

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "Dockerfile", *sorted((ROOT / "deploy").glob("*.*"))]
KNOWN = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_every_setting_named_there_is_one():
    assert len(FILES) == 4
    for file in FILES:
        assert set(re.findall(r"LOTSEN_[A-Z_]+", file.read_text("utf-8"))) <= KNOWN, file


def test_every_command_and_option_typed_there_is_one():
    typed = {
        tuple(re.sub(r'[\[\]",]', " ", found).split())
        for file in FILES
        for found in re.findall(r'lotsen"?,? +"?(?:run|migrate)[^\n]*', file.read_text("utf-8"))
        if not found.startswith("lotsen run --webhook #")
    }
    assert len(typed) >= 4
    for _, command, *options in typed:
        allowed = {each for param in lotsen.commands[command].params for each in param.opts}
        assert {each for each in options if each.startswith("--")} <= allowed


def test_the_world_reaches_the_webhook_and_the_calendars_and_nothing_else():
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    open_to_all = re.findall(r"location (?:= )?(\S+) \{(?!\s*return 404)", text)
    assert open_to_all == [web.WEBHOOK_PATH, web.CALENDAR_PATH.partition("{")[0]]
    assert "location / { return 404; }" in text
    assert "access_log off" in text


def test_the_service_may_write_only_its_own_folder_and_is_given_time_to_stop():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(ROOT / "deploy" / "lotsen.service", "utf-8")
    service = unit["Service"]
    assert (service["ProtectSystem"], service["StateDirectory"]) == ("strict", "lotsen")
    assert (service["NoNewPrivileges"], service["CapabilityBoundingSet"]) == ("yes", "")
    assert int(service["TimeoutStopSec"]) > max(STOP_SECONDS, ANSWER_SECONDS)
    assert service["Restart"] == "always"


def test_the_image_runs_as_nobody_and_is_built_from_the_lock():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r requirements.lock" in text
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    assert text.count("\nFROM ") == 2
