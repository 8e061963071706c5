"""A small incident with a known truth, a rubric, and players whose order is known beforehand.

A field that a producer added is dropped by the pipe from minute 6 on. Counting by version tells it from the red
herring, a campaign that ended. Stopping the edge stops the loss; a replay to a side table recovers it.
"""

from __future__ import annotations

import copy
import functools
from dataclasses import dataclass
from typing import Any

from incidentsim.assessment.scorecard import Scorecard, assess
from incidentsim.case.document import Case
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.policies import PolicyRun, play
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.document import Scenario
from tests.simulation.worlds import pipeline

CHANGED = [["field", "schema"], ["added", "change*"]]
UNCHECKED = [["check", "compatib*"], ["off", "no", "without", "missing"]]
UNSEEN = [["coverage", "end to end", "accepted"], ["nobody", "not measured", "no", "unmeasured"]]
CAMPAIGN = [["campaign"]]


def truth() -> dict[str, Any]:
    """The causal graph, its clues and its red herring."""
    return {
        **pipeline()["truth"],
        "effect": "Served events fall below accepted events",
        "severity": "SEV1",
        "conditions": [
            {"id": "changed", "text": "A field was added", "category": "change", "branch": "occurred",
             "concepts": CHANGED, "weight": 3, "because": ["unchecked"]},
            {"id": "unchecked", "text": "The compatibility check was off", "category": "process", "branch": "occurred",
             "concepts": UNCHECKED, "weight": 2, "latent": True},
            {"id": "unseen", "text": "Nobody measured coverage end to end", "category": "detection",
             "branch": "undetected", "concepts": UNSEEN, "weight": 3},
        ],
        "clues": [
            {"id": "told", "shows": ["changed"], "sources": ["reply:producer:changed"]},
            {"id": "interviewed", "shows": ["unchecked"], "sources": ["interview:producer:changed"]},
            {"id": "counted", "shows": ["changed", "unseen"], "discriminates": True, "after": "10m",
             "query": {"datasets": ["accepted", "served"], "by": ["version"]}},
            {"id": "ended", "shows": ["campaign"], "sources": ["result:inspect:board*"]},
        ],
        "red_herrings": [{"id": "campaign", "text": "A campaign ended", "concepts": CAMPAIGN}],
    }  # fmt: skip


def rubric() -> list[dict[str, Any]]:
    """One criterion for each measure."""
    families = {
        "loss-stopped": ("response", 20), "budget": ("response", 6), "detection": ("response", 6),
        "harm": ("response", 6), "resolution": ("response", 8), "declaration": ("communication", 5),
        "expectations": ("communication", 5), "factors": ("analysis", 14), "whys": ("analysis", 6),
        "evidence": ("analysis", 5), "herrings": ("analysis", 3), "action-items": ("improvement", 8),
        "timeline": ("practice", 3), "economy": ("practice", 8), "prediction": ("practice", 2),
    }  # fmt: skip
    return [
        {"id": measure, "title": measure.replace("-", " ").capitalize(), "family": family, "weight": weight,
         "measure": measure, "senior": f"A senior answer on {measure}.", "staff": f"A staff answer on {measure}."}
        for measure, (family, weight) in families.items()
    ]  # fmt: skip


def _why(number: str, text: str, branch: str, cites: list[str], **more: Any) -> dict[str, Any]:
    return {"id": number, "text": text, "branch": branch, "cites": cites, **more}


COUNT = {"verb": "query", "args": {"datasets": ["accepted", "served"], "by": ["version", "time"]}}
WHYS = [
    _why("gap", "Version 8.4 is accepted and not served", "occurred", ["count"], sensible="Every stage looked green."),
    _why("change", "A field was added to the schema", "occurred", ["ask", "count"], because_of="gap", gate="and",
         sensible="It was optional."),
    _why("check", "The compatibility check was off", "occurred", ["interview"], because_of="change",
         stop="controllable"),
    _why("unseen", "Nobody measured coverage from end to end", "undetected", ["count"], stop="controllable"),
    _why("late", "The rollout went on while two numbers were compared", "lasted", ["count"], stop="controllable"),
    _why("campaign", "The campaign that ended lowered the numbers", "occurred", ["board"], ruled_out=True),
]  # fmt: skip
ACTIONS = [
    {"id": "gate", "text": "Refuse a schema that the pipe cannot read", "cites": ["interview"],
     "hierarchy": "eliminate", "type": "prevent", "priority": "P0", "owner": "producer", "addresses": ["check"],
     "slo": "coverage", "done_when": "The build fails on the fixture of this incident"},
    {"id": "count", "text": "Count accepted against served each minute", "cites": ["count"],
     "hierarchy": "automate", "type": "detect", "priority": "P0", "owner": "pipe", "addresses": ["unseen"],
     "slo": "coverage", "done_when": "The alert fires in a replay of this incident"},
    {"id": "hold", "text": "Hold a rollout while coverage is low", "cites": ["count"],
     "hierarchy": "guardrail", "type": "mitigate-future", "priority": "P1", "owner": "producer",
     "addresses": ["late"], "slo": "coverage", "done_when": "A rollout is blocked in the test of the gate"},
]  # fmt: skip
INTERVIEW = {"id": "interview", "at": "2h", "verb": "interview", "target": "producer", "args": {"topic": "changed"}}
ANSWER = {"at": "24m", "verb": "answer", "target": "latest-from:producer", "args": {"text": "We are counting."}}


def policies() -> list[dict[str, Any]]:
    """Six players."""
    reference = [
        {"at": "21m", "verb": "open", "target": "inbox"},
        ANSWER,
        {"id": "count", "at": "25m", **COUNT},
        {"id": "ask", "at": "25m", "verb": "ask", "target": "producer", "args": {"topic": "changed"}},
        {"at": "30m", "verb": "declare", "target": "SEV1"},
        {"at": "30m", "verb": "hypothesis", "args": {"text": "The added field is dropped", "confidence": 85}},
        {"at": "31m", "verb": "predict", "args": {"text": "The loss stops", "confidence": 80}},
        {"id": "stop", "at": "31m", "verb": "act", "target": "stop:edge"},
        {"at": "40m", "verb": "announce", "target": "internal", "args": {"text": "The loss has stopped."}},
        {"id": "board", "at": "41m", "verb": "act", "target": "inspect:board"},
        {"at": "50m", "verb": "note", "args": {"text": "A replay to a side table comes next."}},
        {"id": "replay", "at": "51m", "verb": "act", "target": "replay:pipe", "args": {"into": "side"}},
        INTERVIEW,
    ]  # fmt: skip
    typical = [
        {"at": "30m", "verb": "open", "target": "inbox"},
        {"id": "count", "at": "45m", **COUNT},
        {"at": "55m", "verb": "declare", "target": "SEV2"},
        {"id": "restart", "at": "50m", "verb": "act", "target": "inspect:pipe"},
        {"id": "stop", "at": "65m", "verb": "act", "target": "stop:edge"},
        {"id": "replay", "at": "80m", "verb": "act", "target": "replay:pipe", "args": {"into": "side"}},
    ]
    harmful = [
        {"at": "25m", "verb": "act", "target": "replay:pipe", "args": {"into": "place"}},
        {"at": "40m", "verb": "act", "target": "replay:pipe", "args": {"into": "place"}},
    ]
    each = (("inspect", {}), ("stop", {}), ("replay", {"into": "place"}), ("replay", {"into": "side"}))
    everything = [
        {"at": f"{20 + index}m", "verb": "act", "target": f"{verb}:{service}", "args": args}
        for index, (verb, service, args) in enumerate(
            [(verb, service, args)
             for service in ("board", "edge", "pipe")
             for verb, args in each]
        )
    ]  # fmt: skip
    pinning = [
        {"at": "90m", "verb": "pin", "target": "inbox"},
        {"id": "rows", "at": "91m", "verb": "pin", "target": "rows"},
    ]
    everything_written = {
        "effect": "Less was served",
        "whys": [_why("rows", "Something is wrong with the schema", "occurred", ["rows"])],
    }
    return [
        {"id": "reference", "title": "Reference", "commands": reference,
         "writes": {"effect": "Fewer events served than accepted", "whys": WHYS, "actions": ACTIONS,
                    "sections": {"summary": [{"id": "s", "text": "Lost for {{ lasted }}.", "cites": ["count"]}]},
                    "slos": ["coverage"]}},
        {"id": "typical", "title": "Typical", "commands": typical,
         "writes": {"effect": "Fewer events served", "whys": [WHYS[0], WHYS[3]], "actions": [ACTIONS[1]]}},
        {"id": "idle", "title": "Idle"},
        {"id": "harmful", "title": "Harmful", "commands": harmful,
         "writes": {"whys": [_why("c", "The campaign that ended", "occurred", [])]}},
        {"id": "everything", "title": "Everything", "commands": everything},
        {"id": "pin-everything", "title": "Pin everything", "commands": pinning, "writes": everything_written},
    ]  # fmt: skip


def document(**more: Any) -> dict[str, Any]:
    """The scenario as raw data."""
    base = pipeline()
    return {
        **base,
        "truth": truth(),
        "rubric": rubric(),
        "policies": policies(),
        "verbs": [*base["verbs"], {"id": "inspect", "title": "Inspect", "changes": False}],
        "actions": [
            *base["actions"],
            {"id": "look", "verb": "inspect", "target": "board",
             "outcomes": [{"id": "ended", "text": "The campaign ended last week."}]},
        ],
        "patterns": [
            {"id": "tick", "service": "pipe", "text": "batch {n} ok", "most": 3, "fields": {"n": {"kind": "serial"}}}
        ],
        **more,
    }  # fmt: skip


@dataclass(frozen=True)
class Played:
    """A run, what was written of it and its scorecard."""

    run: PolicyRun
    record: ExerciseRecord
    case: Case
    card: Scorecard

    def ratio(self, criterion: str) -> float:
        """What a criterion earned, 0 to 1."""
        return next(each.measured.ratio for each in self.card.lines if each.criterion.id == criterion)

    def state(self, condition: str) -> str:
        """How a factor was graded."""
        return next(each.state for each in self.card.factors if each.condition.id == condition)


def played(policy_id: str, seed: int = 1, skip: tuple[str, ...] = (), raw: dict[str, Any] | None = None) -> Played:
    """Play a policy of the small incident, write what it writes, assess it."""
    if raw is None:
        return _played(policy_id, seed, skip)
    return _run(policy_id, seed, skip, raw)


@functools.lru_cache(maxsize=64)
def _played(policy_id: str, seed: int, skip: tuple[str, ...]) -> Played:
    return _run(policy_id, seed, skip, document())


def _run(policy_id: str, seed: int, skip: tuple[str, ...], raw: dict[str, Any]) -> Played:
    scenario = Scenario.model_validate(copy.deepcopy(raw))
    exercise = Exercise(Setting(scenario, raw, "hash", seed=seed))
    seat = Seat(exercise)
    policy = next(each for each in scenario.policies if each.id == policy_id)
    run = play(policy, seat, frozenset(skip))
    record = exercise.record()
    case = written_case(run, seat, record)
    return Played(run, record, case, assess(record, case))
