"""Exercises for tests, and ways to play them."""

from __future__ import annotations

import json
from typing import Any

from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.document import Scenario
from incidentsim.scenario.loading import scenario_hash
from tests.simulation.worlds import pipeline


def setting(document: dict[str, Any] | None = None, seed: int = 1, **more: Any) -> Setting:
    """What to run a document with."""
    raw = document or pipeline()
    return Setting(Scenario.model_validate(raw), raw, scenario_hash(raw), seed, **more)


def seat(document: dict[str, Any] | None = None, seed: int = 1) -> Seat:
    """A seat at an exercise that has just begun."""
    return Seat(Exercise(setting(document, seed)))


def everything_seen(at: Seat) -> str:
    """All that a seat gives, as JSON text."""
    seen = {
        "briefing": at.briefing(),
        "frame": at.frame(0),
        "status": at.status(),
        "signals": at.signals(),
        "inbox": at.inbox(),
        "messages": [at.message(each["id"]) for each in at.inbox()],
        "alerts": at.alerts(),
        "changes": at.changes(),
        "runbooks": at.runbooks(),
        "evidence": at.evidence(),
        "hypotheses": at.hypotheses(),
        "record": at.incident_record(),
        "rows": at.rows(0, at.now, 100_000),
        "counts": at.row_counts(0, max(1, at.now), 10),
    }
    return json.dumps(seen, ensure_ascii=False, sort_keys=True)
