"""The tools of those who write and run scenarios, through the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from incidentsim.authoring.gaming import GAMES, STRAYS, derived
from incidentsim.cli.main import run
from incidentsim.exercise.settings import setting_for

FLAGSHIP = "inc-2024-0312"


def test_a_new_scenario_is_playable_as_it_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "inc-2026-0302"
    assert run(["scenario", "new", str(folder)]) == 0
    assert sorted(each.name for each in folder.iterdir()) == ["README.md", "incident_scenario.json"]
    capsys.readouterr()
    assert run(["scenario", "check", str(folder / "incident_scenario.json"), "--seeds", "3"]) == 0
    said = capsys.readouterr().out
    assert "no errors, no warnings" in said
    assert all(each in said for each in (*GAMES, *STRAYS, "reference", "variant smaller"))


@pytest.mark.parametrize("name", ["Not An Id", "inc-1/..", "x" * 80])
def test_a_folder_that_cannot_be_one_is_refused_and_nothing_is_left(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scenario", "new", str(tmp_path / name)]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_new_scenario_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "inc-1").mkdir()
    assert run(["scenario", "new", str(tmp_path / "inc-1")]) == 2
    assert "already" in capsys.readouterr().err


def test_the_events_list_has_every_inject_in_text_and_in_csv(capsys: pytest.CaptureFixture[str]) -> None:
    scenario = setting_for(FLAGSHIP).scenario
    assert run(["scenario", "msel", FLAGSHIP, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {each["id"] for each in rows if each["kind"] == "inject"} == {each.id for each in scenario.injects}
    timed = next(each for each in scenario.injects if each.at is not None and each.when is None and each.expectation)
    row = next(each for each in rows if each["id"] == timed.id)
    assert row["nobody_acts"] == row["reference"] != "–"
    assert row["expected"]
    assert not any(value.startswith(("=", "+", "@")) for each in rows for value in each.values())
    assert run(["scenario", "msel", FLAGSHIP]) == 0
    assert "FACILITATORS ONLY" in capsys.readouterr().out


def test_a_forecast_agrees_with_a_run_of_the_same_seed(capsys: pytest.CaptureFixture[str]) -> None:
    from incidentsim.authoring.playing import played

    setting = setting_for(FLAGSHIP, seed=3)
    reference = next(each for each in setting.scenario.policies if each.id == "reference")
    assert run(["scenario", "dry-run", FLAGSHIP, "--seed", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    run_of = played(setting, reference)
    assert found["milestones"] == run_of.milestones
    assert found["budgets"]["event-coverage"][-1] == pytest.approx(run_of.budgets["event-coverage"][1], abs=1e-6)
    assert max(found["busy"]) <= 3
    assert run(["scenario", "dry-run", FLAGSHIP, "--policy", "idle"]) == 0
    assert "mitigated    not reached" in capsys.readouterr().out


@pytest.mark.parametrize("part", ["services", "flow", "truth"])
def test_each_graph_has_everything_in_every_form(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = setting_for(FLAGSHIP).scenario
    names = {
        "services": [each.title for each in scenario.services],
        "flow": [each.id for each in scenario.flow],
        "truth": [each.id for each in scenario.truth.conditions],
    }[part]
    for form in ("text", "svg", "mermaid", "dot"):
        assert run(["scenario", "graph", FLAGSHIP, "--of", part, "--format", form]) == 0
        drawn = capsys.readouterr().out
        assert ("FACILITATORS ONLY" in drawn) == (part != "services")
        if form == "svg":
            assert len(ElementTree.fromstring(drawn).findall(".//{*}rect")) >= len(names)
        elif part != "truth" or form in {"text", "dot"}:
            # Lines are broken at hyphens too.
            assert all(each.replace(" ", "") in drawn.replace("\n", "").replace(" ", "") for each in names)


def test_a_check_reports_places_as_json_and_ends_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scenario", "new", str(tmp_path / "inc-1")]) == 0
    path = tmp_path / "inc-1" / "incident_scenario.json"
    raw = json.loads(path.read_text("utf-8"))
    raw["truth"]["mitigated"] = raw["truth"]["resolved"] = "minutes() > 1"
    path.write_text(json.dumps(raw, indent=1), "utf-8")
    capsys.readouterr()
    assert run(["scenario", "check", str(path), "--json", "--seeds", "1"]) == 2
    report = json.loads(capsys.readouterr().out)[0]
    assert [each["path"] for each in report["findings"]] == ["truth.resolved"]
    assert report["findings"][0]["line"] > 1
    assert {each["policy"] for each in report["plays"]} >= {"reference", "idle", *GAMES}
    assert run(["scenario", "check", str(path), "--quick"]) == 0


def test_plays_come_to_the_same_with_any_number_of_workers() -> None:
    from incidentsim.authoring.plays import Only, carried_out

    setting = setting_for(FLAGSHIP)
    only = Only(frozenset({"idle", "typical", "shuffled"}), (None, setting.scenario.variants[0].id))
    assert (
        carried_out(setting, range(1, 3), 1, only=only).found == carried_out(setting, range(1, 3), 2, only=only).found
    )


def test_derived_policies_are_made_from_any_scenario_and_some_need_a_reference() -> None:
    scenario = setting_for(FLAGSHIP).scenario
    assert set(derived(scenario)) == {*GAMES, *STRAYS}
    bare = scenario.model_copy(update={"policies": ()})
    assert set(derived(bare)) == {"everything", "pin-everything", "status-spam"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["scenario", "check"], ["scenario", "graph", "inc-0"], ["scenario", "msel", FLAGSHIP, "--variant", "no"],
        ["scenario", "dry-run", FLAGSHIP, "--policy", "nobody-there"], ["scenario", "check", "--seeds", "0", FLAGSHIP],
        ["scenario", "graph", FLAGSHIP, "--out", "/nonexistent/x.svg"],
    ],
)  # fmt: skip
def test_a_wrong_argument_is_one_message(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert (said.err + said.out).strip()
    assert "Traceback" not in said.err + said.out
