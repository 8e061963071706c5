"""The commands: a table that fits, files whole or not at all, and one message for what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from incidentsim.cli.main import run
from tests.whatif.small import document, written

SERIAL = ["--backend", "serial", "--seeds", "3"]


def whatif(*arguments: str) -> int:
    return run(["whatif", *arguments, *SERIAL])


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    return written(tmp_path)


@pytest.mark.parametrize(
    ("command", "options", "wanted"),
    [
        ("policies", ["prompt", "slow", "idle"], ["Never mitigated within the scenario: idle 3 of 3.", "slow:"]),
        ("command", ["--policy", "prompt", "--without", "stop", "--delay", "count=30m"],
         ["prompt without stop:", "prompt with count 30m later:"]),
        ("controls", ["--policy", "slow"], ["Items lost, by kind", "gate", "3/3", "Saved with commands fixed"]),
        ("controls", ["--policy", "slow", "--control", "watch", "--responder", "fixed", "--no-siblings",
                      "--variant", "later"], ["variant later", "commands fixed"]),
    ],
)  # fmt: skip
def test_a_table_says_what_it_is_and_fits(
    scenario: str, capsys: pytest.CaptureFixture[str], command: str, options: list[str], wanted: list[str]
) -> None:
    assert whatif(command, scenario, *options) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("EXERCISE · MODELLED")
    assert max(len(line) for line in shown.out.splitlines()) <= 100
    for text in [*wanted, "●", "assumptions"]:
        assert text in shown.out
    assert shown.err == ""


def test_json_is_the_same_on_the_screen_and_in_a_file(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert whatif("policies", scenario, "prompt", "slow", "--json", "-") == 0
    printed = json.loads(capsys.readouterr().out)
    file = tmp_path / "found.json"
    assert whatif("policies", scenario, "prompt", "slow", "--json", str(file)) == 0
    assert json.loads(file.read_text()) == printed
    assert (printed["marker"], printed["class"]) == ("EXERCISE", "MODELLED")
    assert len(printed["runs"]) == 6


@pytest.mark.parametrize("window_total", [400_000, 4_000_000, 40_000_000_000])
def test_a_table_fits_however_large_or_small_the_numbers_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], window_total: int
) -> None:
    wide = document()
    wide["slos"] = [{**wide["slos"][0], "window_total": window_total}]
    wide["controls"] = [{**each, "id": f"{each['id']}-with-a-name-that-is-long"} for each in wide["controls"]]
    path = tmp_path / "wide.json"
    path.write_text(json.dumps(wide))
    assert whatif("controls", str(path), "--policy", "slow", "--no-siblings") == 0
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= 100


def test_a_drawing_is_sound_whatever_the_titles_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = document()
    hostile["slos"] = [{**hostile["slos"][0], "title": "</text><script>\x1b[2J & co"}]
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(hostile))
    drawn = tmp_path / "found.svg"
    assert whatif("controls", str(path), "--policy", "slow", "--svg", str(drawn)) == 0
    text = drawn.read_text()
    root = ElementTree.fromstring(text)
    assert "script" not in {each.tag.rpartition("}")[2] for each in root.iter()}
    assert "EXERCISE" in text
    assert "MODELLED" in text
    assert "\x1b" not in text
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["controls", "--control", "gat"], "Did you mean gate?"),
        (["controls", "--control", "there-already"], "no possible control"),
        (["controls", "--policy", "nobody"], "no policy 'nobody'"),
        (["controls", "--variant", "nowhere"], "no variant 'nowhere'"),
        (["controls", "--variant", "any"], "name a variant"),
        (["controls", "--seeds", "0"], "--seeds"),
        (["controls", "--jobs", "0"], "--jobs"),
        (["controls", "--policy", "slow", "--scheduler", "tcp://127.0.0.1:9"], "--scheduler goes with --backend dask"),
        (["policies", "prompt"], "Name two"),
        (["command", "--policy", "prompt"], "nothing is changed"),
        (["command", "--policy", "prompt", "--delay", "stop"], "write LABEL=TIME"),
        (["command", "--policy", "prompt", "--delay", "stop=soon"], "write a duration"),
        (["controls", "--policy", "slow", "--json", "/nowhere/at/all.json"], "no such folder"),
    ],
)
def test_what_is_wrong_is_one_message(
    scenario: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    command, *options = arguments
    assert run(["whatif", command, scenario, "--backend", "serial", *options]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_a_file_that_exists_is_kept_and_nothing_is_run(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.svg"
    kept.write_text("mine")
    assert whatif("policies", scenario, "prompt", "slow", "--svg", str(kept)) == 2
    assert "a file of that name" in capsys.readouterr().err
    assert kept.read_text() == "mine"
