"""Leaving in every way, and going on where it was left."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pexpect
import pytest
import yaml

from incidentsim.cli.main import run as cli
from incidentsim.exercise.journal import read
from incidentsim.plain import starting
from incidentsim.text.problem import Problem
from tests.plain.talking import answer, played, talk, whole
from tests.terminal import usual_signals

PROGRAM = Path(sys.executable).with_name("incidentsim")
PATIENCE = 60


def opened(tmp_path, *arguments: str, term: str = "dumb") -> pexpect.spawn:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "INCIDENTSIM_HOME": str(tmp_path / "home"),
                   "TERM": term, "LANG": "C.UTF-8"}  # fmt: skip
    return pexpect.spawn(str(PROGRAM), list(arguments), cwd=str(tmp_path), env=environment, timeout=PATIENCE,
                         encoding="utf-8", dimensions=(24, 80), preexec_fn=usual_signals)  # fmt: skip


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


def test_the_clock_of_an_exercise_that_was_left_waits_for_the_first_command_and_old_news_is_not_told_again(home, wall):
    played("wait", "wait", "note half way", "quit")
    (journal,) = home.rglob("exercise.journal")
    wall[0] += 600_000
    said = talk("status", "wait", "quit", journal=journal)
    assert "The clock stands at 08:07 UTC and runs from your first command." in whole(said)
    assert answer(said, "status").startswith("08:07 UTC, T+00:07")
    assert "Night notes" not in said
    assert "08:09 UTC: A-0001, alert fires" in answer(said, "wait")


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
    said = talk("written", "act x", "drop W-01", "written", "quit", journal=journal)
    assert "Effect: numbers differ" in answer(said, "written")
    assert "W-01, why of the effect, no evidence: a check is missing" in answer(said, "written")
    assert answer(said, "act x") == "act is for play, which has ended."
    assert "a check is missing" not in said[said.index("> drop W-01") :]


def test_what_was_written_in_the_debrief_can_be_changed_ruled_out_and_moved(home):
    talk("1", "", "wait", "read", "end now", "", "numbers differ", "a check is missing", "1", "cheap then", "", "code")
    (journal,) = home.rglob("exercise.journal")
    said = talk(
        "debrief actions", "a check", "W-01", *[""] * 12, "another", *[""] * 13, "", "move AI-02 up",
        "change AI-01", "a stricter check", "", "2", *[""] * 11,
        "debrief sections", "It was short.", "", *[""] * 13,
        "change summary 1", "It was long.", "1",
        "change W-01", "no check compares", "", "-", "see the build", "-", "3", "y", "written", "change W-9", "quit",
        journal=journal,
    )  # fmt: skip
    case = yaml.safe_load((journal.parent / "case.yaml").read_text())
    (why,) = case["whys"]
    assert (why["text"], why["cites"], why["falsify"]) == ("no check compares", ["E-0001"], "see the build")
    assert why["ruled_out"]
    assert why["stop"] == "accepted-risk"
    assert not why.get("sensible")
    assert not why.get("category")
    assert [each["title"] for each in case["action_items"]] == ["another", "a stricter check"]
    assert [each.get("addresses") for each in case["action_items"]] == [None, ["W-01"]]
    assert case["sections"]["summary"] == [
        {**case["sections"]["summary"][0], "text": "It was long.", "cites": ["E-0001"]}
    ]
    assert answer(said, "change W-9") == "change W-01, change AI-01 or change SECTION 1; written lists them."


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
