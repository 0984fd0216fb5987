"""`lotsen report`: text, files of every form, and clear sentences (mission I3)."""

import json


def test_figures_and_files_of_an_installation_that_has_just_begun(typed, data, tmp_path):
    asked = ("report", "--from", "2025-01", "--to", "2025-06-30", "--language", "en")
    made = typed(*asked, "--format", "json,csv,xlsx", "--out", str(tmp_path / "r"))
    assert made.code == 0
    assert "Visits that were held: 0" in made.out
    names = sorted(path.name for path in (tmp_path / "r").iterdir())
    assert names == ["lotsen-report.csv", "lotsen-report.json", "lotsen-report.xlsx"]
    rows = json.loads((tmp_path / "r" / "lotsen-report.json").read_text("utf-8"))["rows"]
    assert {row["area"] for row in rows} > {"All areas", "Hjällbo"}
    assert {row["from"] for row in rows if not row["centre"]} == {"2025-01"}
    one = typed(*asked, "--area", "Hjällbo")
    assert "Gårdsten" not in one.out


def test_what_cannot_be_told_is_a_sentence(typed, data):
    later = typed("report", "--from", "2099-01", "--to", "2099-06")
    assert later.code == 1
    assert "two weeks after it is over" in later.err
    assert "no month" in typed("report", "--from", "yesterday", "--to", "2025-06").err
    unknown = typed("report", "--from", "2025-01", "--to", "2025-06", "--area", "Atlantis")
    assert unknown.code == 1
    assert "Atlantis" in unknown.err
    backwards = typed("report", "--from", "2025-06", "--to", "2025-01")
    assert "must not lie before" in backwards.err
