"""A whole drill of the flagship in a real terminal, by keys alone, from the library to the written packet."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from incidentsim.cli.main import run
from tests.terminal import Terminal


@pytest.fixture(params=[(140, 45), (80, 24)], ids=["140x45", "80x24"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    columns, rows = request.param
    environment = {**os.environ, "HOME": str(tmp_path), "INCIDENTSIM_HOME": str(tmp_path / "home")}
    opened = Terminal([sys.executable, "-m", "incidentsim.cli"], tmp_path, environment, columns, rows)
    yield opened
    opened.close()


def act(terminal: Terminal, verb: str, target: str) -> None:
    """Choose an action and its target by typing, and wait until it is under way."""
    terminal.press("a")
    terminal.wait("Act · what")
    terminal.press(f"={verb}")
    terminal.press("enter")
    terminal.wait("on what")
    terminal.press(f"={target}")
    terminal.press("enter")
    terminal.wait("Do it")
    terminal.press("ctrl+s")
    terminal.wait(lambda text: "Do it" not in text, "the action is taken")


def wait_in_play(terminal: Terminal, times: int) -> None:
    """Let time pass until something arrives, some times over."""
    for _ in range(times):
        before = clock(terminal)
        terminal.press("w")
        terminal.wait(lambda text, before=before: clock_of(text) > before, "time has passed")


def clock(terminal: Terminal) -> str:
    return clock_of(terminal.shown())


def clock_of(text: str) -> str:
    """The clock of the top line."""
    at = text.find(" UTC")
    return text[at - 5 : at] if at > 5 else ""


WHYS = (
    "records of one version were accepted and not served",
    "nothing compares what is accepted with what is served",
    "each stage checks itself and stays green",
    "a change of shape can be published without a check",
    "two boards read different roads to the same number",
)


@pytest.mark.timeout(280)
def test_a_whole_drill_is_played_by_keys_and_stops_the_loss(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait("INC-2024-0312")
    terminal.press("enter")
    terminal.wait("start")
    terminal.press("enter")
    terminal.wait("1 of 8")
    assert clock(terminal) == "08:00"
    terminal.press("escape")
    terminal.wait(lambda text: "1 of 8" not in text and "T+00:" in text, "the war room")
    wait_in_play(terminal, 6)
    act(terminal, "compare with", "schema")
    act(terminal, "follow one", "mobile")
    wait_in_play(terminal, 5)
    act(terminal, "have it patched", "ingest")
    # The adapter takes half an hour to build, and the loss some minutes more to end.
    started = clock(terminal)
    while clock(terminal) < "10:05" and started:
        wait_in_play(terminal, 1)
    terminal.press("E")
    terminal.wait(lambda text: "y" in text and "end" in text.lower(), "the question whether to end")
    terminal.press("y")
    terminal.wait("3 Whys")
    terminal.press("3")
    terminal.wait("Effect")
    terminal.press("enter")
    terminal.wait("ctrl+s")
    terminal.press("=Of the events that were accepted some were not served")
    terminal.press("ctrl+s")
    terminal.wait("some were not served")
    terminal.press("down")
    for why in WHYS:
        terminal.press("a")
        terminal.wait("ctrl+s")
        terminal.press(f"={why}")
        terminal.press("tab")
        terminal.wait("space mark · tab", "the field of evidence has the focus")
        terminal.press("space")
        terminal.wait("[x]", "the mark")
        terminal.press("ctrl+s")
        terminal.wait(lambda text, why=why: "ctrl+s" not in text and why[:24] in text, why)
    terminal.press("S")
    terminal.wait("second attempt")
    terminal.press("y")
    terminal.wait("What went well")
    terminal.press("P")
    terminal.wait("Written to")
    (packet,) = tmp_path.glob("packet-*")
    case = yaml.safe_load((packet / "case.yaml").read_text())
    assert len(case["whys"]) >= 5
    evidence = (packet / "postmortem.json").read_text()
    for why in case["whys"]:
        assert why["cites"]
        assert all(each in evidence for each in why["cites"])
    fields = json.loads(evidence)["fields"]
    mitigated = next(
        each for each in (fields.values() if isinstance(fields, dict) else fields) if each["id"] == "time.mitigated"
    )
    assert mitigated["value"] is not None
    assert run(["packet", "verify", str(packet)]) == 0
    assert run(["exercise", "verify", str(packet / "exercise.journal")]) == 0
