"""An incident as the files it left, from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from incidentsim.cli.main import run
from incidentsim.exercise import folder, runs
from incidentsim.exercise.seat import Seat
from tests.exercise.reconstructions import CANARY, HOSTILE, everything, written


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path / "home"))
    return tmp_path


def only_exercise() -> folder.Entry:
    (entry,) = folder.exercises()
    return entry


def test_the_exports_hold_what_was_on_record_and_parse(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reconstruct", written(home), "--out", str(home / "out")]) == 0
    said = capsys.readouterr().out
    entry = only_exercise()
    assert f"incidentsim exercise resume {entry.id}" in said
    assert entry.mode == "reconstruct"
    files = everything(home / "out")
    assert all("EXERCISE" in text for text in files.values())
    played = runs.read_exercise(entry.path)
    assert sum(len(text.splitlines()) - 1 for name, text in files.items() if name.startswith("logs/")) == len(
        played.store
    )
    edge = [json.loads(line) for line in files["logs/edge.log"].splitlines()]
    assert edge[0]["msg"].startswith("EXERCISE")
    assert all(row["msg"].startswith("batch") for row in edge[1:])
    alerts = json.loads(files["alerts.json"])
    assert [each["startsAt"][11:16] for each in alerts] == ["00:06", "01:30"]
    assert [each["status"]["state"] for each in alerts] == ["resolved", "active"]
    chat = [json.loads(line) for line in files["chat.jsonl"].splitlines()]
    assert [each["title"] for each in chat if each["channel"] == "incident"] == ["ask", "declare", "announce"]
    assert {each["from"] for each in chat} <= {"responders", "producer", "reply"}
    audit = [json.loads(line) for line in files["audit.jsonl"].splitlines()]
    assert [each["did"] for each in audit] == ["count", "act", "result"]
    changes = list(csv.DictReader(files["changes.csv"].splitlines()))
    assert [each["change"] for each in changes] == ["before"]
    samples = list(csv.DictReader(files["metrics.csv"].splitlines()))
    assert {each["signal"] for each in samples} == {"lag"}
    assert {each["exercise"] for each in samples} == {"EXERCISE"}
    readme = files["README.md"]
    assert all(f"`{name}`" in readme for name in files if name != "README.md")
    assert "UTC" in readme
    assert entry.id in readme


def test_nothing_secret_and_nothing_that_acts_is_in_any_file(home: Path) -> None:
    assert run(["reconstruct", written(home), "--out", str(home / "out"), "--files-only"]) == 0
    files = everything(home / "out")
    for name, text in files.items():
        assert CANARY not in text.lower(), name
        assert CANARY not in name
        assert "\x1b" not in text, name
        assert "\u202e" not in text, name
    assert "we-ird-..-name.log" in " ".join(files)
    assert not any(part == ".." for name in files for part in Path(name).parts)
    assert "'=1+1" in files["changes.csv"]
    (weird,) = (text for name, text in files.items() if "ird" in name)
    assert len(weird.splitlines()) == 2


def test_the_same_seed_writes_the_same_bytes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = written(home)
    found = []
    for name in ("one", "two"):
        monkeypatch.setenv("INCIDENTSIM_HOME", str(home / name))
        assert run(["reconstruct", place, "--seed", "7"]) == 0
        found.append(everything(only_exercise().path.parent / "exports"))
    assert found[0] == found[1]
    monkeypatch.setenv("INCIDENTSIM_HOME", str(home / "three"))
    assert run(["reconstruct", place, "--seed", "8"]) == 0
    assert everything(only_exercise().path.parent / "exports") != found[0]


def test_it_verifies_and_is_taken_up_with_nothing_seen_yet(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reconstruct", written(home)]) == 0
    entry = only_exercise()
    capsys.readouterr()
    assert run(["exercise", "verify", entry.id]) == 0
    assert "agree" in capsys.readouterr().out
    exercise, journal = runs.resume(entry.path)
    with journal:
        seat = Seat(exercise)
        assert seat.status()["state"] == "ended"
        assert seat.evidence() == []
        assert seat.hypotheses() == []
        assert CANARY not in json.dumps([seat.incident_record(), seat.signals()])
        opened = seat.do("open", "file:logs/edge.log:5")
        assert opened["evidence"] == ["E-0001"]
    assert run(["exercise", "verify", entry.id]) == 0
    assert [each.title for each in runs.read_exercise(entry.path).ledger.evidence] == ["INFO edge"]


@pytest.mark.parametrize("address", ["logs/edge.log", "edge.log", "edge"])
def test_a_line_opens_exactly_the_row_that_it_is(home: Path, address: str) -> None:
    assert run(["reconstruct", written(home), "--out", str(home / "out")]) == 0
    lines = (home / "out" / "logs" / "edge.log").read_text().splitlines()
    exercise, journal = runs.resume(only_exercise().path)
    with journal:
        seat = Seat(exercise)
        for number in (2, 17, len(lines)):
            (minted,) = seat.do("open", f"file:{address}:{number}")["evidence"]
            found = next(each for each in seat.evidence() if each["id"] == minted)
            assert found["text"] == json.loads(lines[number - 1])["msg"]
            assert found["phase"] == "after"


def test_lines_of_every_file_open_and_others_are_refused(home: Path) -> None:
    assert run(["reconstruct", written(home), "--out", str(home / "out")]) == 0
    files = everything(home / "out")
    exercise, journal = runs.resume(only_exercise().path)
    with journal:
        seat = Seat(exercise)
        for name, text in files.items():
            if name == "README.md":
                continue
            first = 1 if name.endswith("jsonl") else 2
            answer = seat.do("open", f"file:{name}:{first}")
            assert answer["status"] == "ok", name
            found = next(each for each in seat.evidence() if each["id"] == answer["evidence"][0])
            if name.endswith("jsonl"):
                assert json.loads(text.splitlines()[0])["text"].replace("\\u202e", "\u202e")[:5] in (
                    found["text"].replace("\x1b", "␛")
                )
        refused = ["alerts.json:1", "chat.jsonl:0", "chat.jsonl:999", "logs/edge.log:1", "logs/no.log:2",
                   "logs/edge.log:99999999", "README.md:1", "metrics.csv:1", "../chat.jsonl:1", "chat.jsonl", ":",
                   "edge:٣"]  # fmt: skip
        for address in refused:
            assert seat.do("open", f"file:{address}")["status"] == "refused", address
        for target in ("said:0", "said:999", "said:1", "said:x", "signal:lag@-1", "signal:lag@999999"):
            assert seat.do("open", target)["status"] == "refused", target


def test_what_cannot_be_written_is_one_message_and_leaves_nothing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = written(home)
    full, file = home / "full", home / "file"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    file.write_text("a file")
    for arguments in (
        ["reconstruct", "no-such-scenario"],
        ["reconstruct", place, "--out", str(full)],
        ["reconstruct", place, "--out", str(file)],
        ["reconstruct", place, "--out", str(file / "below")],
        ["reconstruct", place, "--variant", "no-such-variant"],
        ["reconstruct", place, "--out", "/proc/none/here"],
    ):
        assert run(arguments) == 2, arguments
        error = capsys.readouterr().err
        assert error.strip()
        assert "Traceback" not in error
    assert folder.exercises() == []
    assert not any((home / "home" / "exercises").glob("*/*"))
    assert [each.name for each in full.iterdir()] == ["mine.txt"]
    assert sorted(each.name for each in home.iterdir()) == ["file", "full", "home", "small.json"]
    empty = home / "empty"
    empty.mkdir()
    assert run(["reconstruct", place, "--out", str(empty)]) == 0
    assert (empty / "README.md").is_file()


def test_a_scenario_that_nobody_responds_to_can_be_reconstructed_too(home: Path) -> None:
    place = home / "line.json"
    place.write_text(json.dumps({"events": [{"at": "0m", "text": HOSTILE}, {"at": "12m", "text": "checkout is down"}]}))
    assert run(["reconstruct", str(place)]) == 0
    files = everything(only_exercise().path.parent / "exports")
    assert "checkout is down" in files["logs/timeline.log"]
    assert set(files) == {"README.md", "logs/timeline.log", "metrics.csv"}


def test_a_policy_is_named_for_it_or_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.exercise.reconstructions import incident

    document = incident()
    document["policies"].append({"id": "quiet", "title": "Quiet", "commands": [{"at": "9m", "verb": "end"}]})
    document["reconstruction"] = "quiet"
    assert run(["reconstruct", written(home, document)]) == 0
    assert runs.read_exercise(only_exercise().path).now == 9 * 60_000
    document["reconstruction"] = "quieter"
    assert run(["reconstruct", written(home, document)]) == 2
    assert "quiet" in capsys.readouterr().err


def test_there_is_no_room_to_look_back_at(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reconstruct", written(home)]) == 0
    assert run(["exercise", "review", only_exercise().id]) == 2
    assert "look back" in capsys.readouterr().err


def test_from_the_middle_of_it_a_drill_goes_on_and_at_its_end_a_reconstruction(home: Path) -> None:
    assert run(["reconstruct", written(home)]) == 0
    entry = only_exercise()
    for at, mode, state in (("40m", "learn", "running"), ("110m", "reconstruct", "ended")):
        target = home / f"{at}.journal"
        assert run(["exercise", "fork", entry.id, "--at", at, "--to", str(target)]) == 0
        assert run(["exercise", "verify", str(target)]) == 0
        forked = runs.read_exercise(target)
        assert (forked.setting.mode, Seat(forked).status()["state"]) == (mode, state)


def test_an_export_of_it_has_no_thoughts_of_the_responders(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reconstruct", written(home)]) == 0
    capsys.readouterr()
    assert run(["exercise", "export", only_exercise().id]) == 0
    said = capsys.readouterr().out
    assert "we look into it" in said
    assert CANARY not in said
