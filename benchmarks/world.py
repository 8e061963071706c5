"""The world that is measured: a retry storm whose log rows show the quantities of their moment."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from incidentsim.scenario.document import Scenario
from incidentsim.simulation.world import World

MINUTES = 360
COMPONENTS = ("edge", "gateway", "orders", "cart", "search", "billing", "mail", "audit")
LINES: tuple[tuple[str, str, str, dict[str, dict[str, Any]]], ...] = (
    ("INFO", "3 * api.out / 40000", 'request={id} "POST /v1/{path} HTTP/1.1" {status} {took}ms', {
        "id": {"kind": "hex", "digits": 8},
        "path": {"kind": "choice", "options": ["orders", "carts", "search?q=100%25", "items/{id}"]},
        "status": {"kind": "choice", "options": ["200", "200", "201", "204"]},
        "took": {"kind": "integer", "low": 3, "high": 480},
    }),
    ("INFO", "3", "queue depth={depth} waiting={waiting} served={served}", {
        "depth": {"kind": "value", "value": "api.queued"},
        "waiting": {"kind": "value", "value": "api.waiting"},
        "served": {"kind": "value", "value": "api.out", "grouped": True},
    }),
    ("INFO", "3", "batch {n} committed, {rate} a second, pool {share}% busy", {
        "n": {"kind": "serial", "start": 48211},
        "rate": {"kind": "value", "value": "api.out / 60", "decimals": 2, "jitter": 20_000},
        "share": {"kind": "integer", "low": 20, "high": 90},
    }),
    ("DEBUG", "3", "heartbeat from pod-{pod} ok", {"pod": {"kind": "hex", "digits": 5}}),
    ("WARN", "4 * api.retried / 20000", "retrying batch {n}, {dropped} turned away this minute", {
        "n": {"kind": "serial", "start": 7},
        "dropped": {"kind": "value", "value": "api.dropped"},
    }),
    ("ERROR", "4 * api.abandoned / 20000", "gave up after 3 attempts: {lost} lost so far", {
        "lost": {"kind": "value", "value": "total(api.abandoned)"},
    }),
)  # fmt: skip
"""(level, rows a minute, text, fields) of each component's lines."""


def retry_storm(times: float = 1) -> Scenario:
    """Six hours in which capacity falls away twice and callers come back; about *times* x 100,000 rows."""
    halved = [{"kind": "set", "parameter": "api.capacity", "to": 30_000},
              {"kind": "set", "parameter": "api.capacity", "to": 90_000, "after": "50m", "over": "20m"}]  # fmt: skip
    return Scenario.model_validate({
        "id": "retry-storm",
        "title": "Everything is slow",
        "duration": f"{MINUTES}m",
        "services": [{"id": each, "title": each} for each in COMPONENTS],
        "flow": [
            {"kind": "source", "id": "callers", "service": "edge", "rate": 60_000, "noise": 30_000,
             "shape": [["0m", 700], ["3h", 1200], ["6h", 800]], "share": {}, "to": "api"},
            {"kind": "queue", "id": "api", "service": "orders", "capacity": 90_000, "limit": 120_000,
             "retry": 900_000, "retry_delay": "2m", "retry_attempts": 3, "to": "served"},
            {"kind": "sink", "id": "served", "service": "billing"},
        ],
        "signals": [
            {"id": "queued", "service": "orders", "title": "Queued", "value": "api.queued", "measured": True},
            {"id": "retried", "service": "orders", "title": "Retried", "value": "api.retried", "measured": True},
        ],
        "faults": [{"id": f"fall-{at}", "title": "capacity falls", "at": f"{at}m", "effects": halved}
                   for at in (60, 210)],
        "patterns": [
            {"id": f"{service}-{number}", "service": service, "level": level, "text": text, "fields": fields,
             "most": max(1, round(12 * times)), "rate": f"{round(RATE * times)} * ({rate}) / 100"}
            for service in COMPONENTS
            for number, (level, rate, text, fields) in enumerate(LINES)
        ],
    })  # fmt: skip


RATE = 227
"""In hundredths: brings the storm to about 100,000 rows."""


def ran(scenario: Scenario) -> World:
    """The world at the end of the scenario, nobody acting."""
    world = World(scenario, seed=1)
    world.advance(scenario.duration + 1)
    return world


def check_balance(world: World) -> None:
    """Not one item is lost or made: exact in every step. Raises `AssertionError`."""
    names = ("in", "out", "dropped", "retried", "abandoned", "queued", "waiting")
    api = {name: world.column(f"api.{name}") for name in names}
    assert world.column("callers.out") == api["in"]
    assert world.column("served.in") == api["out"]
    queued, waiting = ([after - before for before, after in pairwise([0, *api[name]])] for name in names[-2:])
    for step in range(world.steps):
        now = {name: column[step] for name, column in api.items()}
        assert now["in"] + now["retried"] == now["out"] + now["dropped"] + queued[step]
        assert now["dropped"] == now["abandoned"] + waiting[step] + now["retried"]
    assert sum(api["retried"]) > 0
    assert sum(api["abandoned"]) > 0
