"""Writing a packet: all files or none, each marked EXERCISE, the same bytes each time."""

import csv
import io
import json
import os
import xml.etree.ElementTree as ElementTree

import pytest
import yaml

from incidentsim.text.problem import Problem
from tests.packet.drills import drill, scripted

FILES = {
    "SMALL-postmortem.md", "postmortem.json", "slo-definitions.yaml", "action-items.yaml", "executive-summary.md",
    "fishbone.svg", "fishbone.mmd", "whys.svg", "timeline.csv", "scorecard.json", "scorecard.md", "case.yaml",
    "exercise.journal",
}  # fmt: skip


def contents(folder):
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_the_files_are_there_and_each_says_exercise(tmp_path):
    written = drill().packet(tmp_path / "p")
    assert {path.name for path in written} == FILES == set(contents(tmp_path / "p"))
    assert all(b"EXERCISE" in data for data in contents(tmp_path / "p").values())


def test_the_marker_is_seen_where_a_file_is_shown(tmp_path):
    drill().packet(tmp_path / "p")
    files = contents(tmp_path / "p")
    assert "# EXERCISE: SMALL postmortem" in files["SMALL-postmortem.md"].decode()
    for name in ("fishbone.svg", "whys.svg"):
        shown = [
            each.text or "" for each in ElementTree.fromstring(files[name]).iter("{http://www.w3.org/2000/svg}text")
        ]
        assert any("EXERCISE" in each for each in shown)
    assert json.loads(files["postmortem.json"])["exercise"] == "EXERCISE"
    assert yaml.safe_load(files["action-items.yaml"])["exercise"] == "EXERCISE"
    for each in yaml.safe_load_all(files["slo-definitions.yaml"]):
        assert each["metadata"]["annotations"]["incidentsim.dev/exercise"] == "EXERCISE"
    assert {row[0] for row in csv.reader(io.StringIO(files["timeline.csv"].decode()))} == {"exercise", "EXERCISE"}


def test_the_same_run_gives_the_same_bytes(tmp_path):
    drill().packet(tmp_path / "a")
    drill().packet(tmp_path / "b")
    drill().packet(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_other_files_in_the_folder_stay(tmp_path):
    drill().packet(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    drill().packet(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert set(contents(tmp_path)) == FILES | {"notes.txt"}


def test_where_one_file_cannot_be_put_none_is_changed(tmp_path):
    out = tmp_path / "p"
    drill().packet(out)
    (out / "scorecard.md").unlink()
    (out / "scorecard.md").mkdir()
    before = {each.name: each.read_bytes() for each in out.iterdir() if each.is_file()}
    effect = drill().case.model_copy(update={"effect": "Something else"})
    with pytest.raises(Problem, match="folder of that name"):
        drill().packet(out, effect)
    assert {each.name: each.read_bytes() for each in out.iterdir() if each.is_file()} == before
    assert os.listdir(tmp_path) == ["p"]


def test_where_writing_fails_nothing_is_left(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match="No space left"):
        drill().packet(tmp_path / "deep" / "er" / "p")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["a-file", "bad\x00name", "x" * 300])
def test_a_place_that_cannot_be_is_a_problem_to_mend(tmp_path, name):
    (tmp_path / "a-file").write_text("")
    with pytest.raises(Problem):
        drill().packet(tmp_path / name)


def test_the_packet_of_another_incident_is_not_written_over(tmp_path):
    drill().packet(tmp_path / "p")
    before = contents(tmp_path / "p")
    with pytest.raises(Problem, match="holds the packet of SMALL"):
        scripted().packet(tmp_path / "p")
    assert contents(tmp_path / "p") == before


def test_a_postmortem_without_its_data_is_not_written_over(tmp_path):
    (tmp_path / "case.yaml").write_text("mine: true\n")
    with pytest.raises(Problem, match=r"no postmortem\.json"):
        drill().packet(tmp_path)
    assert os.listdir(tmp_path) == ["case.yaml"]
