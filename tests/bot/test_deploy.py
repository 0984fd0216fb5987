"""What is in `deploy/` and the Dockerfile names only what there is."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import web
from bot.__main__ import lotsen
from bot.app import ANSWER_SECONDS
from bot.settings import PREFIX, Settings
from scheduler.runner import STOP_SECONDS
from tests.deployed import COMPOSE, DEPLOY, NGINX, ROOT, compose, settings_env

FILES = [ROOT / "Dockerfile", *sorted(DEPLOY.glob("*.*"))]
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
    open_to_all = re.findall(r"location (?:= )?(\S+) \{(?!\s*return 404)", NGINX)
    assert open_to_all == [web.WEBHOOK_PATH, web.CALENDAR_PATH.partition("{")[0]]
    assert "location / { return 404; }" in NGINX
    assert "access_log off" in NGINX


def test_the_service_may_write_only_its_own_folder_and_is_given_time_to_stop():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(DEPLOY / "lotsen.service", "utf-8")
    service = unit["Service"]
    assert (service["ProtectSystem"], service["StateDirectory"]) == ("strict", "lotsen")
    assert (service["NoNewPrivileges"], service["CapabilityBoundingSet"]) == ("yes", "")
    assert int(service["TimeoutStopSec"]) > max(STOP_SECONDS, ANSWER_SECONDS)
    assert service["Restart"] == "always"


def test_what_several_processes_need_is_a_file_that_docker_would_take():
    services = compose()["services"]
    ours = [each for each in services.values() if each["image"] == "lotsen"]
    assert len(ours) == 5
    for each in ours:  # no place of theirs may be written to but what is in memory
        assert (each["read_only"], each["cap_drop"], each["tmpfs"]) == (True, ["ALL"], ["/tmp"])
        assert int(each["stop_grace_period"].removesuffix("s")) > max(STOP_SECONDS, ANSWER_SECONDS)
        assert set(each["environment"]) | set(settings_env()) <= KNOWN
    for right, wrong in (("read_only", "read_onyl"), ("[inside]", "[outside]")):
        with pytest.raises(ValueError, match=wrong.strip("[]")):
            compose(COMPOSE.replace(right, wrong))


def hadolint(text: str) -> str:
    """What the linter finds."""
    command = [Path(sys.executable).with_name("hadolint"), "--no-color", "-"]
    return subprocess.run(command, check=False, input=text, capture_output=True, text=True).stdout


def test_the_dockerfile_has_no_fault_that_a_linter_finds():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert hadolint(text) == ""
    assert "DL3006" in hadolint(text.replace(":3.11-slim-bookworm", ""))


def test_the_image_runs_as_nobody_and_is_built_from_the_lock():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r requirements.lock" in text
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    assert text.count("\nFROM ") == 2
