"""Golden journals replay to the same digests, and making them anew takes a raised engine version."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from incidentsim.cli.main import run
from incidentsim.exercise import exercise, runs
from incidentsim.exercise.journal import read
from incidentsim.exercise.records import Record
from incidentsim.simulation.engine_version import ENGINE_VERSION
from tests.golden.making import HERE, SCENARIOS, SCRIPTED, RefusedError, journal_path, numbers, renew

OTHER = "INCIDENTSIM_OTHER_PYTHON"
NAMES = sorted(each.name.removesuffix(".journal.gz") for each in HERE.glob("*.journal.gz"))


def unpacked(name: str, folder: Path) -> Path:
    path = folder / f"{name}.journal"
    path.write_bytes(gzip.decompress(journal_path(name).read_bytes()))
    return path


def altered(path: Path, **header: object) -> None:
    """Give a journal's header other values, and its first digest another sum."""
    lines, left = [], True
    for line in path.read_bytes().splitlines():
        record: Record = json.loads(line[9:])
        if record["k"] == "header":
            record |= header
        elif record["k"] == "digest" and left:
            record["sha256"], left = "0" * 64, False
        data = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        lines.append(b"%08x %s\n" % (zlib.crc32(data), data))
    path.write_bytes(b"".join(lines))


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_journal_replays_to_the_same_digests(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = unpacked(name, tmp_path)
    status = run(["exercise", "verify", str(path)])
    said = capsys.readouterr()
    assert status == 0, f"{said.err} If that is meant, raise ENGINE_VERSION and run: make golden"
    assert "agree" in said.out
    assert read(path).header["engine"] == numbers()[name] == ENGINE_VERSION


def test_each_scenario_has_a_golden_journal() -> None:
    scenarios = {each.parent.name for each in SCENARIOS.glob("*/incident_scenario.json")}
    assert scenarios | {"scripted"} == set(NAMES) == set(numbers()), "run: make golden"


def test_hash_seeds_and_another_python_agree_with_the_golden_journals(tmp_path: Path) -> None:
    paths = [str(unpacked(name, tmp_path)) for name in NAMES]
    script = "import sys; from incidentsim.cli.main import run; sys.exit(max(run(['exercise', 'verify', each]) for each in sys.argv[1:]))"
    pythons = [(sys.executable, "1"), (sys.executable, "31337")]
    if os.environ.get(OTHER):
        pythons.append((os.environ[OTHER], "7"))
    for python, hash_seed in pythons:
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run(
            [python, "-c", script, *paths], env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("agree") == len(NAMES)


def test_a_difference_that_another_engine_explains_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = unpacked("scripted", tmp_path)
    altered(path, engine=ENGINE_VERSION + 8)
    assert run(["exercise", "verify", str(path)]) == 1
    said = capsys.readouterr().err
    assert "minute 1 " in said
    assert f"this journal is from engine {ENGINE_VERSION + 8}, and this is engine {ENGINE_VERSION}" in said


def test_a_difference_within_one_engine_is_not_excused(tmp_path: Path) -> None:
    path = unpacked("scripted", tmp_path)
    altered(path)
    difference = runs.verify(path).difference
    assert difference is not None
    assert "engine" not in difference


def test_a_golden_journal_is_made_anew_only_where_the_engines_number_was_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = {"a": SCRIPTED}
    assert renew(tmp_path, documents, ENGINE_VERSION) == ["a"]
    first = journal_path("a", tmp_path).read_bytes()
    with pytest.raises(RefusedError, match="raise ENGINE_VERSION"):
        renew(tmp_path, documents, ENGINE_VERSION)
    journal_path("a", tmp_path).unlink()
    with pytest.raises(RefusedError, match="taken away"):
        renew(tmp_path, {**documents, "b": SCRIPTED}, ENGINE_VERSION)
    journal_path("a", tmp_path).write_bytes(first)
    assert renew(tmp_path, {**documents, "b": SCRIPTED}, ENGINE_VERSION) == ["b"], "a new one needs no raising"
    assert journal_path("a", tmp_path).read_bytes() == first
    monkeypatch.setattr(exercise, "ENGINE_VERSION", ENGINE_VERSION + 1)
    assert renew(tmp_path, documents, ENGINE_VERSION + 1) == ["a"]
    assert numbers(tmp_path) == {"a": ENGINE_VERSION + 1, "b": ENGINE_VERSION}
