"""Small scenarios for tests of the world."""

from __future__ import annotations

from typing import Any

from incidentsim.scenario.document import Scenario
from incidentsim.simulation.world import World


def pipeline(**more: Any) -> dict[str, Any]:
    """A pipeline that drops one label from minute 6 on, with an action that stops it and one that replays."""
    document: dict[str, Any] = {
        "id": "small",
        "title": "Two numbers differ",
        "labels": ["8.3", "8.4"],
        "duration": "2h",
        "services": [
            {"id": "edge", "title": "Edge"},
            {"id": "pipe", "title": "Pipe", "depends_on": ["edge"]},
            {"id": "board", "title": "Board", "depends_on": ["pipe"]},
        ],
        "flow": [
            {
                "kind": "source", "id": "clients", "service": "edge", "rate": 10_000,
                "shape": [["0m", 400], ["2h", 1500]], "noise": 20_000,
                "share": {"8.3": 1_000_000, "8.4": 0}, "to": "ingest",
            },
            {
                "kind": "queue", "id": "ingest", "service": "edge", "capacity": 20_000, "limit": 500,
                "retry": 800_000, "retry_attempts": 3, "retry_delay": "2m", "to": "topic",
            },
            {
                "kind": "log", "id": "topic", "service": "pipe", "capacity": 30_000, "retention": "50m",
                "held": 300_000, "to": "stream", "replay_to": "loader",
            },
            {
                "kind": "split", "id": "stream", "service": "pipe",
                "ports": [{"name": "dropped", "fails": "topic"}, {"name": "passed", "to": "loader"}],
            },
            {"kind": "queue", "id": "loader", "service": "pipe", "capacity": 50_000, "to": "served"},
            {"kind": "sink", "id": "served", "service": "board"},
        ],
        "signals": [
            {"id": "lag", "service": "pipe", "title": "Lag", "value": "topic.unread", "measured": True, "warn": "value > 1000"},
            {"id": "coverage", "service": "pipe", "title": "Coverage", "value": "ratio(served.in, ingest.out, 1)", "decimals": 3},
        ],
        "datasets": [
            {"id": "accepted", "title": "Accepted", "explains": "events accepted", "value": "ingest.out"},
            {"id": "served", "title": "Served", "explains": "events served", "value": "served.in"},
        ],
        "slos": [
            {
                "id": "coverage", "title": "Coverage", "service": "board", "target": "0.995", "window": "28d",
                "window_total": 400_000_000, "good": "served.in", "total": "ingest.out",
            }
        ],
        "topics": [{"id": "changed", "title": "What changed", "words": ["change*", "deploy*"]}],
        "personas": [
            {
                "id": "producer", "title": "Producer", "answers": [{"topic": "changed", "text": "A field was added."}],
                "interview": [{"topic": "changed", "text": "The check was off."}],
            }
        ],
        "verbs": [
            {"id": "stop", "title": "Stop"},
            {"id": "replay", "title": "Replay", "options": [{"id": "into", "title": "Into", "choices": ["side", "place"]}]},
        ],
        "actions": [
            {
                "id": "stop-edge", "verb": "stop", "target": "edge",
                "outcomes": [{"id": "ok", "text": "Held at {clients.out:,} a minute", "effects": [
                    {"kind": "set", "parameter": "stream.dropped[8.4]", "to": 0},
                    {"kind": "freeze", "parameter": "clients.share[8.4]"},
                ]}],
            },
            {
                "id": "replay-pipe", "verb": "replay", "target": "pipe", "args": {"into": "side"},
                "outcomes": [{"id": "ok", "text": "Replaying", "effects": [
                    {"kind": "set", "parameter": "topic.replay", "to": 40_000}]}],
            },
            {
                "id": "replay-place", "verb": "replay", "target": "pipe", "args": {"into": "place"},
                "outcomes": [{"id": "bad", "text": "Replaying", "harm": 40, "harm_text": "duplicates", "effects": [
                    {"kind": "set", "parameter": "topic.replay", "to": 40_000},
                    {"kind": "set", "parameter": "topic.replay_copies", "to": 500_000}]}],
            },
        ],
        "injects": [
            {
                "id": "two-numbers", "at": "20m", "channel": "chat", "sender": "producer", "title": "Two numbers differ",
                "text": "The board is lower than the counter at {clock}.", "asks_by": "10m",
                "expectation": {
                    "text": "Answer", "within": "10m", "acts": [{"verb": ["answer"], "target": ["two-numbers"]}],
                    "contingency": [{"kind": "inject", "inject": "escalation"}],
                },
            },
            {"id": "escalation", "channel": "call", "sender": "producer", "title": "Nobody answered", "text": "Well?"},
        ],
        "faults": [
            {
                "id": "drop", "title": "dropping", "at": "6m",
                "effects": [
                    {"kind": "set", "parameter": "stream.dropped[8.4]", "to": 1_000_000},
                    {"kind": "set", "parameter": "clients.share[8.4]", "to": 50_000, "over": "10m"},
                    {"kind": "set", "parameter": "clients.share[8.4]", "to": 600_000, "over": "30m", "after": "30m"},
                ],
            }
        ],
        "truth": {
            "losing": "stream.dropped",
            "mitigated": "stream.dropped == 0",
            "resolved": "topic.failed == 0",
            "loss": [
                {"id": "recoverable", "title": "Recoverable", "value": "topic.failed"},
                {"id": "unrecoverable", "title": "Gone", "value": "total(topic.expired_failed)"},
            ],
        },
    }  # fmt: skip
    return {**document, **more}


def world(document: dict[str, Any] | None = None, seed: int = 1) -> World:
    """A world of its own."""
    return World(Scenario.model_validate(document or pipeline()), seed)


def ran(document: dict[str, Any] | None = None, seed: int = 1) -> World:
    """A world that has run to its end, with nobody acting."""
    done = world(document, seed)
    done.advance(done.scenario.duration + 1)
    return done
