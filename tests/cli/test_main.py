"""The command line: light help, one message for each error, and its exit status."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from incidentsim.cli import main as command_line
from incidentsim.cli.main import run
from incidentsim.text.problem import Problem

HEAVY = ("textual", "pandas", "networkx", "simpy", "numpy", "pydantic", "yaml")


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys\nfrom incidentsim.cli.main import run\nassert run(['--help']) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    for name in ("drill", "scenario", "exercise", "replay", "packet"):
        assert f"  {name} " in done.stdout


def test_without_a_terminal_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "Commands:" in capsys.readouterr().out


def test_a_wrong_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scneario"]) == 2
    assert "Did you mean scenario?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Problem("it is broken", place="x.json", mend="Mend it."), 2, "x.json: it is broken. Mend it.\n"),
        (Problem("a\x1b[31mb"), 2, "a␛[31mb\n"),
        (PermissionError(13, "Permission denied", "/x"), 2, "/x: Permission denied.\n"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (ValueError("odd"), 70, "ValueError: odd"),
        (RecursionError(), 70, "report it"),
    ],
)
def test_every_error_is_one_message_and_a_status(
    error: BaseException, status: int, said: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(command_line.LazyGroup, "get_command", fail)
    monkeypatch.delenv("INCIDENTSIM_DEBUG", raising=False)
    assert run(["drill"]) == status
    shown = capsys.readouterr().err
    assert said in shown
    assert (shown == "") == (said == "")
    assert "Traceback" not in shown
    assert shown.count("\n") <= 1


def test_the_traceback_is_there_for_who_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(command_line.LazyGroup, "get_command", fail)
    monkeypatch.setenv("INCIDENTSIM_DEBUG", "1")
    assert run(["drill"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_closed_pipe_is_quiet() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", "from incidentsim.cli.main import main; main(['scenario', 'schema'])"],
        stdout=write, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(write)
    assert done.returncode == 141
    assert done.stderr == ""
