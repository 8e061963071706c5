"""Every step of the debrief in a real terminal, each with a crash in the middle: what was submitted is there again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from incidentsim.authoring.skeleton import written
from incidentsim.cli.main import run
from incidentsim.exercise import runs
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from tests.terminal import Terminal

NAME = "2026-03-02-missing-pictures-1"


def ended(folder: Path) -> str:
    """An exercise of the scenario that ``scenario new`` writes, played to its end, with nothing written of it."""
    document, *_ = written(folder / "missing-pictures")
    place = folder / "home" / "exercises" / NAME
    place.mkdir(parents=True)
    exercise, journal = runs.start(setting_for(str(document), exercise_id=NAME), place / "exercise.journal")
    seat = Seat(exercise)
    policy = next(each for each in exercise.scenario.policies if each.id == "reference")
    play(policy, seat)
    if not exercise.over:
        seat.do("end")
    journal.close()
    return NAME


def terminal_of(folder: Path, name: str, columns: int = 130, rows: int = 42) -> Terminal:
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    environment |= {"HOME": str(folder), "INCIDENTSIM_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "incidentsim.cli", "exercise", "resume", name]
    return Terminal(command, folder, environment, columns, rows)


class Debrief:
    """The debrief in a terminal that is taken away and comes back."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.place = folder / "home" / "exercises" / name
        self.terminal = terminal_of(folder, name)
        self.terminal.wait("Learn more")

    def crash(self) -> None:
        """Kill it, and take the exercise up again."""
        self.terminal.kill()
        self.terminal = terminal_of(self.folder, self.name)
        self.terminal.wait("Learn more")

    def step(self, number: int, wanted: str) -> None:
        self.terminal.press(str(number))
        self.terminal.wait(wanted)

    def do(self, *steps: str) -> None:
        """Keys and what has to be seen after them, in turn: ``a > Words``."""
        for step in steps:
            keys, _, wanted = step.partition(" > ")
            self.terminal.press(*([keys] if keys.startswith("=") else keys.split()))
            if wanted.startswith("not "):
                self.terminal.wait(lambda text, gone=wanted[4:]: gone not in text, wanted)
            elif wanted:
                self.terminal.wait(wanted)

    def typed(self, words: str) -> None:
        """Type into the open form, and wait until the draft is kept."""
        self.terminal.press(f"={words}")
        file = self.place / "drafts.json"
        self.terminal.wait(lambda _: file.exists() and words in file.read_text(), "the draft on the disk")


@pytest.fixture
def debrief(tmp_path: Path) -> Iterator[Debrief]:
    opened = Debrief(tmp_path, ended(tmp_path))
    yield opened
    opened.terminal.close()


def learn(at: Debrief) -> None:
    at.step(1, "Interviews")
    at.do("enter > about", "enter > your question", "enter > learned after", "escape > not learned after ─")
    at.crash()
    at.do("1 > E-0008")


def story(at: Debrief) -> None:
    at.step(2, "OUTAGE BEGINS")
    at.do("w > ctrl+s")
    at.typed("the first picture was gone before anybody asked")
    at.crash()
    at.step(2, "OUTAGE BEGINS")
    at.do("w > the first picture was gone", "ctrl+s > not ctrl+s", "* > the first picture was gone")
    at.crash()
    at.step(2, "the first picture was gone")


def whys(at: Debrief) -> None:
    at.step(3, "5 Whys")
    at.do("enter > ctrl+s", "=A part of the pictures was lost", "ctrl+s > not ctrl+s", "down a > ctrl+s")
    at.typed("the decoder gives nothing for one format")
    at.crash()
    at.step(3, "A part of the pictures was lost")
    at.do("down a > the decoder gives nothing", "tab > space mark", "space > [x]", "ctrl+s > not ctrl+s")
    at.terminal.wait("why? the decoder gives nothing")
    at.crash()
    at.step(3, "why? the decoder gives nothing")


def fishbone(at: Debrief) -> None:
    at.step(4, "the decoder gives")
    at.do("m > What the causes come to")
    at.crash()
    at.step(4, "the decoder gives")


def actions(at: Debrief) -> None:
    at.step(5, "Actions")
    at.do("a > ctrl+s")
    at.typed("Refuse a decoder that gives nothing")
    at.crash()
    at.step(5, "Actions")
    at.do(
        "a > Refuse a decoder", "ctrl+s > please fill this in", "=A release with it is refused", "ctrl+s > not ctrl+s"
    )
    at.terminal.wait("Refuse a decoder that gives nothing")
    at.crash()
    at.step(5, "Refuse a decoder that gives nothing")


def postmortem(at: Debrief) -> None:
    at.step(6, "Postmortem")
    at.do("a > ctrl+s")
    at.typed("Pictures of one format were skipped")
    at.crash()
    at.step(6, "Postmortem")
    at.do("a > Pictures of one format", "ctrl+s > not ctrl+s confirm")
    at.terminal.wait("Pictures of one format were skipped")
    at.crash()
    at.step(6, "Pictures of one format were skipped")


def briefing(at: Debrief) -> None:
    at.step(7, "Leadership asks")
    at.do("a > ctrl+s")
    at.typed("It cost less than a tenth of the budget")
    at.crash()
    at.step(7, "Leadership asks")
    at.do("a > It cost less than a tenth", "ctrl+s > not ctrl+s confirm")
    at.crash()
    at.step(7, "It cost less than a tenth")


STEPS: tuple[Callable[[Debrief], None], ...] = (learn, story, whys, fishbone, actions, postmortem, briefing)


@pytest.mark.timeout(280)
def test_every_step_comes_back_after_a_crash_and_the_packet_holds_all_of_it(
    debrief: Debrief, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for step in STEPS:
        step(debrief)
    debrief.do("S > second attempt", "y > Score:")
    debrief.crash()
    debrief.do("S > Score:", "P > Written to")
    (packet,) = tmp_path.glob("packet-*")
    case = yaml.safe_load((packet / "case.yaml").read_text())
    assert case["effect"] == "A part of the pictures was lost"
    assert [each["text"] for each in case["whys"]] == ["the decoder gives nothing for one format"]
    assert [each["title"] for each in case["action_items"]] == ["Refuse a decoder that gives nothing"]
    assert [each["wording"] for each in case["timeline"].values()] == [
        "the first picture was gone before anybody asked"
    ]
    assert any(each["text"].startswith("It cost less") for each in case["briefing"].values())
    assert case["first_attempt"]["score"] >= 0
    capsys.readouterr()
    run(["packet", "verify", str(packet)])
    found = [line for line in capsys.readouterr().out.splitlines() if ".md:" in line or "differs" in line]
    assert [line for line in found if not line.endswith("AI-01: it names no SLO")] == []
    assert run(["exercise", "verify", str(packet / "exercise.journal")]) == 0


HAND = """# EXERCISE: what was written about a drill. Not a real incident.
schema: incidentsim.dev/case/v1
exercise: true
# A comment of somebody who writes by hand.
effect: A part of the pictures was lost, written by hand
whys:
- id: W-02
  parent: W-01
  text: no sample of that format is decoded before a release
  branch: occurred
- {id: W-01, text: "the decoder gives nothing, by hand", branch: occurred, cites: [E-0002]}
action_items: []
"""


def test_the_case_can_be_written_by_hand_between_two_openings(tmp_path: Path) -> None:
    name = ended(tmp_path)
    file = tmp_path / "home" / "exercises" / name / "case.yaml"
    file.write_text(HAND, encoding="utf-8")
    at = Debrief(tmp_path, name)
    at.step(3, "written by hand")
    text = at.terminal.wait("no sample of that format")
    assert text.index("the decoder gives nothing, by hand") < text.index("no sample of that format")
    at.do("down", "down", "x > ruled out")
    at.terminal.kill()
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert kept["effect"].endswith("written by hand")
    assert {each["id"]: each.get("ruled_out", False) for each in kept["whys"]} in (
        {"W-01": True, "W-02": False},
        {"W-01": False, "W-02": True},
    )


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (HAND.replace("branch: occurred\n-", "branch: happened\n-"), "branch"),
        (HAND.replace("text: no sample", "txet: no sample"), "txet"),
        (HAND.replace("action_items: []", "action_items: ["), "case.yaml:"),
        (HAND.replace("id: W-01,", "id: W-02,"), "W-02"),
    ],
)
def test_a_mistake_in_it_is_told_with_its_place_and_nothing_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wrong: str, place: str
) -> None:
    name = ended(tmp_path)
    file = tmp_path / "home" / "exercises" / name / "case.yaml"
    assert wrong != HAND
    file.write_text(wrong, encoding="utf-8")
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path / "home"))
    assert run(["assess", "explain", name, "--no-prices"]) == 2
    said = capsys.readouterr()
    assert place in said.err
    assert "case.yaml" in said.err
    assert "Traceback" not in said.err + said.out
    assert file.read_text(encoding="utf-8") == wrong
    terminal = terminal_of(tmp_path, name)
    terminal.wait(lambda text: place in text or "case.yaml" in text, "what is wrong with the case")
    terminal.close()
    assert file.read_text(encoding="utf-8") == wrong
