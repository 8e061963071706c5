"""A small incident for repeated runs: one label is dropped from minute 6 on, until somebody stops it."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from incidentsim.exercise.exercise import Setting
from incidentsim.scenario.loading import load_raw
from tests.simulation.worlds import pipeline

COUNT = {"verb": "query", "args": {"datasets": ["accepted", "served"], "by": ["version"]}}
REPLAY = {"verb": "act", "target": "replay:pipe", "args": {"into": "side"}}


def policy(name: str, found: int, **more: Any) -> dict[str, Any]:
    """Counts, stops the loss five minutes later, and replays; *found* is the minute of the count."""
    return {
        "id": name, "title": name.capitalize(),
        "commands": [
            {"id": "look", "at": f"{found - 10}m", "verb": "note", "args": {"text": "Looking."}},
            {"id": "count", "at": f"{found}m", **COUNT},
            {"id": "stop", "at": f"{found + 5}m", "verb": "act", "target": "stop:edge"},
            {"id": "replay", "at": f"{found + 20}m", **REPLAY},
        ],
        **more,
    }  # fmt: skip


def control(name: str, acts: str = "detects", **more: Any) -> dict[str, Any]:
    return {"id": name, "title": f"Control <{name}>", "kind": "guardrail", "acts": acts, **more}


CONTROLS = [
    control("nothing", "limits"),
    control("gate", "prevents", stops=["drop"]),
    control("half-gate", "prevents", stops=["drop"], efficacy=600_000, bypass=200_000),
    control("watch", when="over(stream.dropped, 10) > 300", lasts="2m", delay="1m"),
    control("noisy", when="clients.out * 100 < ago(clients.out, 1) * 100", false_alarms=5_000_000, alarm_takes="20m"),
    {"id": "there-already", "title": "Exists", "kind": "document", "acts": "detects", "exists": True},
]
SIBLINGS = [
    {"id": "another-field", "title": "Another field", "without_faults": ["drop"], "faults": [
        {"id": "field-drop", "title": "A share of it is dropped", "at": "10m", "effects": [
            {"kind": "set", "parameter": "stream.dropped[8.4]", "to": 700_000},
            {"kind": "set", "parameter": "clients.share[8.4]", "to": 400_000, "over": "20m"}]}]},
]  # fmt: skip


def document(**more: Any) -> dict[str, Any]:
    """The scenario, as JSON data."""
    base = pipeline()
    truth = {
        **base["truth"],
        "mitigated": "over(stream.dropped, 3) == 0",
        "loss": [
            {"id": "late", "title": "Served too late or not yet",
             "value": "total(stream.dropped) - total(topic.expired_failed)"},
            {"id": "unrecoverable", "title": "Gone", "value": "total(topic.expired_failed)"},
        ],
        "conditions": [{"id": "dropped", "text": "Dropped", "category": "change", "branch": "occurred"}],
        "clues": [{"id": "counted", "shows": ["dropped"], "discriminates": True, "after": "7m",
                   "query": {"datasets": ["accepted", "served"], "by": ["version"]}}],
    }  # fmt: skip
    slo = {**base["slos"][0], "good": "ingest.out - stream.dropped"}
    parts = {
        "id": "whatif-small", "label_name": "version", "truth": truth, "controls": CONTROLS, "siblings": SIBLINGS,
        "variants": [{"id": "later", "title": "It begins later", "shift": "10m"}], "slos": [slo],
        "policies": [policy("prompt", 25), policy("slow", 60)],
    }  # fmt: skip
    return pipeline(**{**parts, **more})


@functools.cache
def setting() -> Setting:
    """The scenario, ready to run."""
    return setting_of(document())


def setting_of(raw: dict[str, Any]) -> Setting:
    loaded = load_raw(raw, "small")
    return Setting(loaded.scenario, loaded.raw, loaded.hash)


def written(folder: Path) -> str:
    """The scenario as a file, for the command line."""
    path = folder / "incident_scenario.json"
    path.write_text(json.dumps(document()))
    return str(path)
