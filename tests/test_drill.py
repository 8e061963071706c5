"""The main job from the command line: a drill is played, and its packet is worth reading and holds."""

from __future__ import annotations

import csv
import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from incidentsim.cli.main import run
from incidentsim.exercise.journal import read
from incidentsim.scenario.loading import load

NUMBER = "INC-2024-0312"
FILES = {
    f"{NUMBER}-postmortem.md", "postmortem.json", "slo-definitions.yaml", "action-items.yaml", "executive-summary.md",
    "fishbone.svg", "fishbone.mmd", "whys.svg", "timeline.csv", "scorecard.json", "scorecard.md", "case.yaml",
    "exercise.journal",
}  # fmt: skip
LADDER = ["eliminate", "automate", "guardrail", "document"]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("packet") / "p"
    assert run(["drill", "inc-2024-0312", "--auto", "reference", "--out", str(out)]) == 0
    return out


def test_the_packet_has_all_its_files_and_each_is_marked_as_an_exercise(reference: Path) -> None:
    assert {path.name for path in reference.iterdir()} == FILES
    for path in reference.iterdir():
        assert "EXERCISE" in path.read_text(), path.name


def test_every_file_is_read_by_the_tools_it_is_for(reference: Path) -> None:
    assert 0 <= json.loads((reference / "scorecard.json").read_text())["score"] <= 100
    assert json.loads((reference / "postmortem.json").read_text())["fields"]
    assert len(list(yaml.safe_load_all((reference / "slo-definitions.yaml").read_text()))) > 3
    for name in ("fishbone.svg", "whys.svg"):
        assert ET.parse(reference / name).getroot().tag.endswith("svg")
    rows = list(csv.DictReader((reference / "timeline.csv").open(newline="")))
    assert len(rows) > 40
    html = MarkdownIt("commonmark").enable("table").render((reference / f"{NUMBER}-postmortem.md").read_text())
    assert html.count("<h2>") > 12
    assert "<table>" in html


def test_action_items_are_ranked_and_each_names_a_cause_and_an_objective_that_exist(reference: Path) -> None:
    items = yaml.safe_load((reference / "action-items.yaml").read_text())["items"]
    assert len(items) >= 8
    assert [item["hierarchy"] for item in items] == sorted((i["hierarchy"] for i in items), key=LADDER.index)
    assert {item["hierarchy"] for item in items} == set(LADDER)
    causes = {why["id"] for why in yaml.safe_load((reference / "case.yaml").read_text())["whys"]}
    documents = yaml.safe_load_all((reference / "slo-definitions.yaml").read_text())
    objectives = {each["metadata"]["name"] for each in documents if each["kind"] == "SLO"}
    for item in items:
        assert item["addresses"]
        assert set(item["addresses"]) <= causes
        assert item["slo"]["ref"] in objectives
        assert item["done_when"]
        assert item["owner"]


def test_every_number_of_the_packet_is_accounted_for(reference: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["packet", "verify", str(reference)]) == 0
    assert "agrees" in capsys.readouterr().out


def test_the_worked_packet_is_of_the_scenario_as_it_stands_and_every_number_in_it_holds() -> None:
    folder = Path(__file__).parent.parent / "scenarios" / "inc-2024-0312"
    header = read(folder / "worked" / "exercise.journal").header
    assert header["scenario_hash"] == load(folder / "incident_scenario.json").hash
    assert run(["packet", "verify", str(folder / "worked")]) == 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"{NUMBER}-postmortem.md", "372,196", "372,197"),
        (f"{NUMBER}-postmortem.md", "## Trigger\n", "## Trigger\n\nIt cost 4,711 sellers a day.\n"),
        ("executive-summary.md", "1.4%", "1.3%"),
        ("postmortem.json", "367706", "367707"),
        ("slo-definitions.yaml", "0.995", "0.996"),
        ("scorecard.json", '"score": 99', '"score": 100'),
        ("timeline.csv", "08:43", "08:42"),
    ],
)
def test_a_number_that_was_changed_or_put_in_is_found(
    reference: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    copy = tmp_path / "p"
    shutil.copytree(reference, copy)
    text = (copy / name).read_text()
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1))
    assert run(["packet", "verify", str(copy)]) == 1


def test_an_edited_sentence_survives_another_rendering_and_only_the_number_is_reported(
    reference: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "p"
    shutil.copytree(reference, copy)
    document = copy / f"{NUMBER}-postmortem.md"
    text = document.read_text()
    sentence = "That is why two boards could differ."
    assert sentence in text
    edited = "The two boards were never the same measure."
    document.write_text(
        text.replace(sentence, edited, 1).replace("4,490 had been refused", "4,491 had been refused", 1)
    )
    status = run(["packet", "render", str(copy)])
    said = capsys.readouterr()
    assert status in {0, 1}
    assert edited in document.read_text()
    assert "4,491" in said.out + said.err
    assert "never the same measure" not in said.out + said.err
    run(["packet", "verify", str(copy)])
    found = capsys.readouterr().out
    assert "never the same measure" not in found


def test_ten_timed_events_and_nothing_else_drill_to_a_packet_whose_causes_are_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "incident_scenario.json"
    path.write_text(json.dumps({"events": [{"at": f"{n}m", "text": f"event {n}"} for n in range(10)]}))
    assert run(["scenario", "check", str(path)]) == 0
    assert run(["replay", str(path), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [row["text"] for row in rows] == [f"event {n}" for n in range(10)]
    assert run(["drill", str(path), "--auto", "idle", "--out", str(tmp_path / "p")]) == 0
    (document,) = (tmp_path / "p").glob("*-postmortem.md")
    causes = document.read_text().split("## Root causes")[1].split("## ")[0]
    assert "TODO" in causes
    assert run(["packet", "verify", str(tmp_path / "p")]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["drill", "inc-2024-0312", "--auto", "referenc"], ["drill", "inc-2024-031", "--auto", "idle"],
        ["drill", "inc-2024-0312", "--auto", "idle", "--variant", "nothing"],
        ["drill", "inc-2024-0312", "--variant", "nothing"], ["drill", "--seed", "-1", "inc-2024-0312"],
        ["replay", "inc-2024-0312", "--until", "soon"], ["replay", "inc-2024-0312", "--speed", "0"],
        ["replay", "/dev/null"], ["exercise", "show", "no-such"], ["exercise", "verify", "/dev/null"],
        ["exercise", "fork", "no-such", "--at", "1h"], ["packet", "verify", "/nonexistent"], ["packet", "render", "/"],
        ["scenario", "check", "/nonexistent"], ["nonsense"], ["drill"],
    ],
)  # fmt: skip
def test_a_wrong_argument_is_one_message_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path / "home"))
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert (said.err + said.out).strip()
    assert "Traceback" not in said.err + said.out
    assert list(tmp_path.iterdir()) == []


def test_a_packet_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert run(["drill", "inc-2024-0312", "--auto", "idle", "--out", str(blocked)]) == 2
    assert blocked.read_text() == "in the way"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
