"""Leaving in every way, and going on where it was left."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pexpect
import pytest

from incidentsim.cli.main import run as cli
from incidentsim.exercise.journal import read
from incidentsim.plain import starting
from incidentsim.text.problem import Problem
from tests.plain.talking import answer, played, talk

PROGRAM = Path(sys.executable).with_name("incidentsim")
PATIENCE = 60


def opened(tmp_path, *arguments: str, term: str = "dumb") -> pexpect.spawn:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "INCIDENTSIM_HOME": str(tmp_path / "home"),
                   "TERM": term, "LANG": "C.UTF-8"}  # fmt: skip
    return pexpect.spawn(str(PROGRAM), list(arguments), cwd=str(tmp_path), env=environment, timeout=PATIENCE,
                         encoding="utf-8", dimensions=(24, 80))  # fmt: skip


def begin(child: pexpect.spawn) -> None:
    child.expect("Its number")
    child.expect("> ")
    child.sendline("")
    child.expect("Mode")
    child.expect("> ")
    child.sendline("")
    child.expect("quit leaves")
    child.expect("> ")


def test_a_dumb_terminal_plays_by_lines_and_ctrl_c_leaves_with_everything_kept(tmp_path, home):
    child = opened(tmp_path, "drill", "inc-2024-0312")
    begin(child)
    child.sendline("note first light")
    child.expect("Kept.")
    child.expect("\n> ")
    child.sendline("decide half of it")
    child.expect("take back")
    child.expect("> ")
    child.sendintr()
    child.expect("Leave\\?")
    child.expect("> ")
    child.sendline("no")
    child.expect("Going on.")
    child.expect("> ")
    child.sendintr()
    child.expect("Leave\\?")
    child.expect("> ")
    child.sendintr()
    child.expect("The exercise is kept in")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0

    again = opened(tmp_path, "drill")
    again.expect("1 Go on with INC-2024-0312")
    again.expect("> ")
    again.sendline("1")
    again.expect("The clock stands at")
    again.expect("> ")
    again.sendline("record")
    again.expect("note: first light")
    again.expect("> ")
    again.sendline("quit")
    again.expect(pexpect.EOF)
    again.close()
    everything = (child.before or "") + (again.before or "")
    assert "\x1b" not in everything
    (journal,) = home.rglob("exercise.journal")
    assert [each.verb for each in read(journal).commands()] == ["note"]


def test_without_a_command_a_dumb_terminal_gets_the_list_of_scenarios(tmp_path):
    child = opened(tmp_path)
    child.expect("What do you want to play\\?")
    child.expect("1 INC-2024-0312: Two dashboards disagree")
    child.expect("> ")
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_an_auto_player_needs_a_scenario_and_the_help_names_plain(capsys):
    assert cli(["drill", "--auto", "reference"]) == 2
    assert "scenario" in capsys.readouterr().err
    assert cli(["drill", "--help"]) == 0
    assert "--plain" in capsys.readouterr().out


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM], ids=lambda each: each.name)
def test_a_hang_up_ends_it_and_what_was_given_is_kept(tmp_path, home, number):
    child = opened(tmp_path, "drill", "inc-2024-0312", "--plain", term="xterm")
    begin(child)
    child.sendline("note before the line went")
    child.expect("Kept.")
    child.expect("> ")
    child.kill(number)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 129
    (journal,) = home.rglob("exercise.journal")
    assert [each.args["text"] for each in read(journal).commands()] == ["before the line went"]


def test_the_end_of_the_input_is_as_quit_and_says_how_to_go_on():
    said = played("note x")
    assert "The exercise is kept in" in said
    assert "incidentsim exercise resume" in said


def test_an_exercise_that_was_left_is_offered_at_the_start_and_goes_on_with_its_record():
    played("wait", "severity SEV2 lost", "quit")
    said = talk("1", "status", "quit")
    assert "An exercise of this scenario was left: T+00:03" in said
    assert "Severity SEV2, declared 08:03 UTC." in answer(said, "status")
    fresh = talk("2", "1", "", "status", "quit")
    assert "Not declared." in answer(fresh, "status")
    listed = talk("1", "status", "quit", scenario=None)
    assert "Go on with INC-2024-0312" in listed
    assert "running" in answer(listed, "status")


def test_the_clock_of_an_exercise_that_was_left_waits_for_the_first_command(home):
    played("wait", "quit")
    (journal,) = home.rglob("exercise.journal")
    said = talk("status", "quit", journal=journal)
    assert "The clock stands at 08:03 UTC and runs from your first command." in said


def test_a_scenario_is_picked_from_the_list_by_its_number():
    said = talk("99", "1", "1", "2", "status", "quit", scenario=None)
    assert "1 INC-2024-0312: Two dashboards disagree" in said
    assert "A number from 1 to" in said
    assert "20-minute format, assessed" in said


def test_a_real_incident_stops_the_clock_and_says_where_everything_is(home):
    said = played("real")
    assert "Stopped for a real incident." in said
    (journal,) = home.rglob("exercise.journal")
    assert [(each.verb, each.args) for each in read(journal).commands()] == [("pause", {"reason": "real incident"})]


def test_a_debrief_that_was_left_is_gone_on_with_and_what_was_said_is_there(home):
    talk("1", "", "end now", "", "numbers differ", "a check is missing")
    (journal,) = home.rglob("exercise.journal")
    said = talk("written", "debrief actions", "", "drop W-01", "written", "status", "act x", "quit", journal=journal)
    assert "Effect: numbers differ" in answer(said, "written")
    assert "W-01, why of the effect, no evidence: a check is missing" in answer(said, "written")
    assert answer(said, "act x") == "act is for play, which has ended."
    assert "a check is missing" not in said[said.index("> drop W-01") :]


def test_plain_is_asked_for_by_the_settings_or_a_dumb_terminal(home, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    assert not starting.wanted()
    assert starting.wanted(True)
    home.mkdir()
    (home / "settings.toml").write_text("plain = true\n")
    assert starting.wanted()
    (home / "settings.toml").write_text("plain = 3\n")
    with pytest.raises(Problem):
        starting.wanted()
    monkeypatch.setenv("TERM", "dumb")
    assert starting.wanted()


def test_a_scenario_that_is_not_there_is_a_problem():
    with pytest.raises(Problem):
        talk(scenario="inc-1999-0001")
