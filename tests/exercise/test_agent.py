"""The example agent: it knows no scenario, sees nothing secret, and does better than nobody."""

from __future__ import annotations

import ast
import copy
import functools
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.case.document import Case
from incidentsim.exercise import runs
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.pipe import Connection
from incidentsim.exercise.protocol import help_text
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.loading import load, load_raw
from tests.golden.making import SCENARIOS

AGENT = Path(__file__).parents[2] / "docs" / "examples" / "agent.py"
CANARY = "canary7"
NAMES = sorted(each.parent.name for each in SCENARIOS.glob("*/incident_scenario.json"))


@functools.cache
def agent() -> ModuleType:
    spec = importlib.util.spec_from_file_location("example_agent", AGENT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def document(name: str) -> dict[str, Any]:
    return dict(load(SCENARIOS / name / "incident_scenario.json").raw)


def setting(raw: dict[str, Any], variant: str | None = None) -> Setting:
    loaded = load_raw(raw, "a test")
    return Setting(loaded.scenario, raw, loaded.hash, 1, variant)


def played(raw: dict[str, Any], variant: str | None = None) -> tuple[Exercise, list[str]]:
    """The exercise that the agent played, and every line that it was shown."""
    exercise = Exercise(setting(raw, variant))
    connection, shown = Connection(Seat(exercise)), []

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        shown.append(connection.answer_line(json.dumps(request)))
        return dict(json.loads(shown[-1]))

    agent().Agent(ask).play()
    return exercise, shown


@functools.cache
def plainly_played(name: str) -> tuple[Exercise, list[str]]:
    return played(document(name))


def spent(record: ExerciseRecord) -> Fraction:
    """The budget that the rubric looks at, or all of them together."""
    looked_at = {
        each for criterion in record.scenario.rubric if criterion.measure == "budget" for each in criterion.ids
    }
    budgets = record.world.budgets()
    return sum((Fraction(each.consumed) for slo, each in budgets.items() if slo in (looked_at or budgets)), Fraction(0))


@pytest.mark.parametrize("name", NAMES)
def test_it_beats_idle_by_score_and_by_budget(name: str) -> None:
    idle = Exercise(setting(document(name)))
    idle.advance(idle.scenario.duration)
    exercise, _ = plainly_played(name)
    did, nobody = exercise.record(), idle.record()
    assert exercise.over
    assert spent(did) < spent(nobody)
    # Nothing was written by either: what is compared is the response.
    assert assess(did, Case()).score > assess(nobody, Case()).score


@pytest.mark.parametrize("name", NAMES)
def test_it_does_not_depend_on_what_is_secret_and_is_shown_none_of_it(name: str) -> None:
    _, shown = plainly_played(name)
    raw = with_canaries(document(name))
    assert json.dumps(raw).count(CANARY) > 50
    exercise, with_secrets = played(raw)
    assert exercise.over
    assert CANARY not in "".join(with_secrets)
    assert with_secrets == shown


def with_canaries(plain: dict[str, Any]) -> dict[str, Any]:
    """A copy of a scenario with the canary in every secret text, and in ids of what actions may come to."""
    raw = copy.deepcopy(plain)
    for part in _secret_parts(raw):
        for key in (
            "title",
            "text",
            "effect",
            "trigger",
            "severity_reason",
            "senior",
            "staff",
            "harm_text",
            "because_text",
        ):
            if isinstance(part.get(key), str):
                part[key] = f"{CANARY} {part[key]}"
    for action in raw.get("actions", []):
        action["id"] = f"{CANARY}-{action['id']}"
        for outcome in action["outcomes"]:
            outcome["id"] = f"{CANARY}-{outcome['id']}"
    raw["hotwash"] = [f"{CANARY} {each}" for each in raw.get("hotwash", [])]
    return raw


def _secret_parts(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    truth = raw.get("truth", {})
    yield truth
    for name in ("conditions", "clues", "red_herrings", "loss", "solutions"):
        yield from truth.get(name, [])
    for name in ("faults", "variants", "siblings", "controls", "rubric", "policies", "anchors", "schedules"):
        yield from raw.get(name, [])
    for policy in raw.get("policies", []):
        writes = policy.get("writes", {})
        yield writes
        for name in ("whys", "actions", "declined"):
            yield from writes.get(name, [])
    yield from (each["expectation"] for each in raw.get("injects", []) if each.get("expectation"))
    yield from (each for persona in raw.get("personas", []) for each in persona.get("interview", []))
    yield from (each for each in raw.get("signals", []) if not each.get("measured"))
    yield from (each for each in raw.get("slos", []) if not each.get("observed"))
    yield from (each for each in raw.get("changes", []) if each.get("seen") == "after")
    for action in raw.get("actions", []):
        yield from ({} if "harm_text" not in each else _harm(each) for each in action["outcomes"])


def _harm(outcome: dict[str, Any]) -> dict[str, Any]:
    # What an outcome says is shown when it comes; what harm it did is not.
    outcome["harm_text"] = f"{CANARY} {outcome['harm_text']}"
    return {}


def test_the_canaries_are_noticed_where_a_pipe_says_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    from incidentsim.exercise import view

    monkeypatch.setattr(view, "MESSAGE_FIELDS", (*view.MESSAGE_FIELDS, "source"))
    _, shown = played(with_canaries(document("inc-2024-0312")))
    assert CANARY in "".join(shown)


def test_it_has_no_id_of_any_scenario_in_it() -> None:
    text = AGENT.read_text(encoding="utf-8").lower()
    words = set(re.findall(r"[a-z0-9][a-z0-9._-]*", text))
    protocol = set(re.findall(r"[a-z0-9][a-z0-9._-]*", json.dumps(help_text()).lower()))
    for name in NAMES:
        raw = document(name)
        ids = {raw["id"], raw.get("incident", raw["id"]), *raw.get("labels", []), *raw.get("runbooks", [])}
        for part in ("services", "personas", "datasets"):
            ids |= {each["id"] for each in raw.get(part, [])}
        for part in ("signals", "changes", "injects", "faults", "slos", "alerts", "patterns"):
            # One plain word, such as "refused", is everybody's.
            ids |= {each["id"] for each in raw.get(part, []) if not each["id"].isalpha()}
        # A word of the protocol (such as topic) is nobody's.
        found = {each.lower() for each in ids} & words - protocol
        assert not found, f"{name}: {sorted(found)}"


def test_it_uses_the_standard_library_only_and_nothing_of_incidentsim() -> None:
    imported = set()
    for node in ast.walk(ast.parse(AGENT.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported <= set(sys.stdlib_module_names)


def test_as_a_program_it_plays_through_standard_output_and_leaves_a_packet(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, str(AGENT), "inc-2024-0312", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    score = re.match(r"EXERCISE  INC-2024-0312: score (\d+) of 100\.", done.stdout)
    assert score is not None
    assert json.loads((out / "scorecard.json").read_text())["score"] == int(score[1])
    # Lines through a process say what lines in this process say, so it gave the same commands.
    assert runs.read_record(out / "exercise.journal").commands == plainly_played("inc-2024-0312")[0].record().commands
