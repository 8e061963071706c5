"""Nobody who only watches sees the flagship's loss: an idle run shows what a run without the loss shows.

All that screens show comes through the seat, so its whole surface is compared, and the pictures of the room after it.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from incidentsim.exercise.seat import Seat
from incidentsim.scenario.library import find
from tests.exercise.runs import seat

FAULT = "new-shape"
"""What makes the pipeline drop events."""
HOUR = 3_600_000
MOMENTS = (HOUR // 2, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR)


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(find("inc-2024-0312").read_text(encoding="utf-8"))
    return found


@cache
def idle(until: int, loses: bool) -> Seat:
    raw = copy.deepcopy(document())
    if not loses:
        fault = next(each for each in raw["faults"] if each["id"] == FAULT)
        for effect in fault["effects"]:
            effect["to"] = 0
    at = seat(raw)
    at.advance(until)
    return at


def symptoms() -> list[dict[str, Any]]:
    return list(document()["truth"]["symptoms"])


def allowed() -> float:
    return max(each.get("within", 0) for each in symptoms()) / 1_000_000


def patterns() -> set[str]:
    return {pattern for each in symptoms() for pattern in each.get("patterns", ())}


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= max(allowed() * abs(other), 1)


def test_who_queries_sees_the_loss_and_without_it_nothing_is_missing() -> None:
    served = []
    for loses in (True, False):
        at = idle.__wrapped__(3 * HOUR, loses)
        at.do("query", datasets=["ingest.accepted", "warehouse.served"], by=["app_version"], to=2 * HOUR)
        at.advance(HOUR // 4)
        answer = next(item for item in reversed(at.inbox()) if item["channel"] == "query")
        at.do("open", answer["id"])
        table = at.message(answer["id"])["table"]
        row = next(row for row in table["rows"] if "8.4" in map(str, row))
        accepted, arrived = (row[table["columns"].index(name)] for name in ("ingest.accepted", "warehouse.served"))
        served.append(arrived / accepted)
    assert served[0] < 0.1
    assert served[1] > 0.9


@pytest.mark.parametrize("moment", MOMENTS)
def test_signals_budgets_and_arrivals_of_an_idle_run_say_nothing_of_the_loss(moment: int) -> None:
    losing, whole = idle(moment, True), idle(moment, False)
    for one, other in zip(losing.signals(0, moment, 120), whole.signals(0, moment, 120), strict=True):
        assert (one["id"], one["state"], one["since"]) == (other["id"], other["state"], other["since"])
        apart = [pair for pair in zip(one["points"], other["points"], strict=True) if not close(*pair)]
        assert not apart, one["id"]
    assert losing.inbox() == whole.inbox()
    rang = [[(each["title"], each["severity"], each["service"]) for each in at.alerts()] for at in (losing, whole)]
    assert rang[0] == rang[1]
    assert losing.status()["budgets"] == whole.status()["budgets"]
    assert losing.changes() == whole.changes()


def test_the_log_of_an_idle_run_differs_by_what_the_document_lists_and_by_figures_that_vary_anyway() -> None:
    losing, whole = idle(6 * HOUR, True), idle(6 * HOUR, False)
    counts = [Counter(str(row["address"]).split(":")[1] for row in at.rows(0, at.now, 10**7)) for at in (losing, whole)]
    assert {name for name in counts[0] | counts[1] if not counts[1][name]} == patterns()
    for name in (counts[0] | counts[1]).keys() - patterns():
        assert close(counts[0][name], counts[1][name]), name


def test_each_listed_symptom_is_there() -> None:
    """What the document lists and nobody sees would make the rule above too weak."""
    written = {str(row["address"]).split(":")[1] for row in idle(6 * HOUR, True).rows(0, 6 * HOUR, 10**7)}
    assert patterns() <= written
    apart = [
        abs(one - other) / other
        for a, b in zip(idle(6 * HOUR, True).signals(), idle(6 * HOUR, False).signals(), strict=True)
        for one, other in zip(a["points"], b["points"], strict=True)
        if one and other
    ]
    assert allowed() / 4 < max(apart) <= allowed()
