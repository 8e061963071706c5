"""The registry of commands, its help and its page of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from incidentsim.exercise.protocol import VERBS
from incidentsim.plain.command import meant
from incidentsim.plain.registry import COMMANDS, table
from tests.plain.talking import answer, played

DOCS = Path(__file__).parents[2] / "docs" / "plain.md"


def test_the_documentation_has_the_table_of_the_registry():
    assert table() in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_every_command_has_one_sentence_of_help_and_a_usage_that_begins_with_its_name(command):
    assert command.help.endswith(".")
    assert command.help.count(". ") == 0
    assert len(command.help) <= 90
    assert command.usage.split()[0] == command.name


def test_no_name_is_taken_twice_and_the_commands_say_all_verbs_of_the_protocol():
    names = [each for command in COMMANDS for each in (command.name, *command.also)]
    assert len(names) == len(set(names))
    assert {verb for command in COMMANDS for verb in command.verbs} == set(VERBS)


def test_help_lists_every_command_of_the_phase_and_says_more_of_one():
    said = played("help", "help log", "? q", "help qury", "quit")
    for command in COMMANDS:
        listed = f"\n{command.name}: " in answer(said, "help")
        assert listed == ("play" in command.phases), command.name
    assert "log [N] [LEVEL] [SERVICE] [TEXT]" in answer(said, "help log")
    assert "log counts" in answer(said, "help log").replace("\n  ", " ")
    assert answer(said, "? q") == "q may be query, quit. Type a letter more."
    assert answer(said, "help qury") == "There is no command qury. Did you mean query?"


def test_a_beginning_that_is_unique_is_enough_and_an_exact_name_wins():
    assert meant("sta", COMMANDS)[0].name == "status"
    assert meant("signal", COMMANDS)[0].name == "signal"
    assert meant("STATUS", COMMANDS)[0].name == "status"
    assert meant("declare", COMMANDS)[0].name == "severity"
    assert meant("s", COMMANDS)[0] is None


def test_an_unknown_command_and_one_of_the_other_phase_get_a_hint_of_one_line():
    said = played("statsu", "xyzzy", "interview bi-analyst", "status", "quit")
    assert answer(said, "statsu") == "There is no command statsu. Did you mean status?"
    assert answer(said, "xyzzy") == "There is no command xyzzy. help lists what there is."
    assert answer(said, "interview bi-analyst") == "interview comes after play."
