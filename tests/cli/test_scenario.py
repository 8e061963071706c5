"""``incidentsim scenario``: list, show, check, schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from incidentsim.cli.main import run
from incidentsim.cli.output import write_new
from incidentsim.text.problem import Problem
from tests.scenario.documents import TEN_EVENTS, causal


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "scenarios" / "small"
    place.mkdir(parents=True)
    (place / "incident_scenario.json").write_text(json.dumps(causal(), indent=1))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_list_names_the_scenarios_by_their_symptom(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenario", "list"]) == 0
    assert "small" in (out := capsys.readouterr().out)
    assert "Orders arrive late" in out


def test_show_tells_what_a_participant_may_know_and_no_secret(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.dumps(causal())
    for secret in ("schema", "clock", "reference", "root", "Two numbers", "parsed", "gate"):
        assert secret in document
        document = document.replace(f'"{secret}"', f'"canary-{secret}"')
    document = document.replace("Two numbers.", "canary").replace("Gate", "canary").replace("parsed {n}", "canary {n}")
    document = document.replace('"text": "', '"text": "canary ')
    (here / "scenarios/small/incident_scenario.json").write_text(document)
    assert run(["scenario", "show", "small"]) == 0
    out = capsys.readouterr().out
    assert "SMALL  Orders arrive late" in out
    assert "starts 2024-03-12 08:00 UTC, spans 2h" in out
    assert "45 minutes" in out
    assert "needs api" in out
    assert "canary" not in out


def test_check_says_where_and_how_to_mend(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "bad.json").write_text('{\n "title": "\\u001b[31mx",\n "evnts": []\n}')
    (here / "ten.json").write_text(json.dumps(TEN_EVENTS))
    assert run(["scenario", "check", "ten.json"]) == 0
    assert "ten.json: no errors, no warnings." in capsys.readouterr().out
    assert run(["scenario", "check", "ten.json", "bad.json", "none.json"]) == 2
    out = capsys.readouterr().out
    assert "bad.json:3:2: error: evnts: there is no such field. Did you mean events?" in out
    assert "none.json: error: there is no scenario 'none.json'." in out


def test_a_warning_alone_is_no_failure(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "late.json").write_text(json.dumps({"duration": "2h", "events": [{"at": "3h", "text": "x"}]}))
    assert run(["scenario", "check", "late.json"]) == 0
    assert "warning: events[0].at: 3h lies after the end (2h)" in capsys.readouterr().out


def test_check_speaks_json_too(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "bad.json").write_text('{"evnts": []}')
    assert run(["scenario", "check", "bad.json", "--format", "json"]) == 2
    (report,) = json.loads(capsys.readouterr().out)
    assert report["file"] == "bad.json"
    assert report["findings"][0]["line"] == 1
    assert report["findings"][0]["path"] == "evnts"


def test_showing_a_bad_scenario_reports_all_of_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "bad.json").write_text('{"evnts": [], "hands": 0}')
    assert run(["scenario", "show", "bad.json"]) == 2
    said = capsys.readouterr().err
    assert "evnts" in said
    assert "hands" in said


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenario", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"].endswith("incident_scenario-1.json")


def test_a_file_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    target = tmp_path / "x.txt"
    write_new(target, "one")
    for place in (target, tmp_path / "no" / "x"):
        with pytest.raises(Problem):
            write_new(place, "two")
    assert target.read_text() == "one"
    assert [each.name for each in tmp_path.iterdir()] == ["x.txt"]
