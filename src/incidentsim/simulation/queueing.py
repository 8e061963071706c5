"""A server with a queue: overflow, callers that give up, and their retries."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.simulation.shares import Amounts, divide, per_step

if TYPE_CHECKING:
    from incidentsim.scenario.flow import Queue
    from incidentsim.simulation.parameters import Parameters
    from incidentsim.simulation.stages import Moment

MILLION = 1_000_000
STALE = -1
"""The attempt number of work whose caller has given up."""

Classes = dict[tuple[int, str], int]
"""Items by attempt and label."""


@dataclass(slots=True)
class Cohort:
    """What arrived in one step and still waits."""

    step: int
    items: Classes
    given_up: bool = False


class QueueStage:
    """First come, first served. See `incidentsim.scenario.flow.Queue` for its counters and its two balances."""

    counters = (
        "in", "out", "late", "cancelled", "dropped", "timeouts", "retried", "abandoned", "queued", "stale", "waiting",
    )  # fmt: skip

    def __init__(self, node: Queue, parameters: Parameters, labels: tuple[str, ...], step: int) -> None:
        self._node = node
        self._parameters = parameters
        self._step = step
        self._line: deque[Cohort] = deque()
        self._queued: Amounts = dict.fromkeys(labels, 0)
        self._stale: Amounts = dict.fromkeys(labels, 0)
        self._waiting: Amounts = dict.fromkeys(labels, 0)
        delay = max(1, node.retry_delay // step)
        self._retries: deque[Classes] = deque({} for _ in range(delay))
        """What comes back in each of the next steps; the last is filled in the present one."""
        self._thrown: Classes = {}
        for name in ("capacity", "limit", "retry", "timeout", "cancel"):
            parameters.declare(node.id, name, getattr(node, name))

    def run(self, moment: Moment) -> dict[str, Amounts]:
        """Admit, let callers give up, serve, and schedule retries."""
        fresh = moment.inflow(self._node.id)
        counts = {name: moment.zero() for name in self.counters[1:-3]}
        arrivals: Classes = {(0, label): count for label, count in fresh.items() if count}
        for key, count in self._retries.popleft().items():
            arrivals[key] = arrivals.get(key, 0) + count
            counts["retried"][key[1]] += count
            self._waiting[key[1]] -= count
        self._retries.append({})
        capacity = per_step(self._value("capacity", moment), moment.index, moment.step)
        self._admit(arrivals, capacity, moment, counts)
        if self._thrown:
            self._fail(self._thrown, counts["dropped"], moment, counts)
            self._thrown = {}
        self._give_up(moment, counts)
        self._serve(capacity, counts)
        moment.send(self._node.to, counts["out"])
        return {"in": fresh, **counts, "queued": dict(self._queued), "stale": dict(self._stale),
                "waiting": dict(self._waiting)}  # fmt: skip

    def drain(self, keep: int) -> None:
        """Throw away all but a share (ppm) of what waits; the next step counts it."""
        for cohort in self._line:
            for (attempt, label), count in cohort.items.items():
                gone = count - count * keep // MILLION
                cohort.items[attempt, label] -= gone
                self._queued[label] -= gone
                if attempt == STALE:
                    self._stale[label] -= gone
                self._thrown[attempt, label] = self._thrown.get((attempt, label), 0) + gone

    def _value(self, name: str, moment: Moment) -> int:
        return self._parameters.value(self._node.id, name, moment.t)

    def _admit(self, arrivals: Classes, capacity: int, moment: Moment, counts: dict[str, Amounts]) -> None:
        room = max(0, capacity + self._value("limit", moment) - sum(self._queued.values()))
        weights = list(arrivals.values())
        excess = sum(weights) - room
        if excess > 0:
            over = dict(zip(arrivals, divide(excess, weights), strict=True))
            self._fail(over, counts["dropped"], moment, counts)
            arrivals = {key: count - over[key] for key, count in arrivals.items()}
        for (_, label), count in arrivals.items():
            self._queued[label] += count
        if arrivals:
            self._line.append(Cohort(moment.index, arrivals))

    def _fail(self, failed: Classes, counter: Amounts, moment: Moment, counts: dict[str, Amounts]) -> None:
        """Count what callers did not get; a share of them comes back later. Stale work has no caller any more."""
        share = min(MILLION, self._value("retry", moment))
        for (attempt, label), count in failed.items():
            if attempt == STALE:
                counts["cancelled"][label] += count
                continue
            counter[label] += count
            back = count * share // MILLION if attempt < self._node.retry_attempts else 0
            counts["abandoned"][label] += count - back
            if back:
                key = (attempt + 1, label)
                self._retries[-1][key] = self._retries[-1].get(key, 0) + back
                self._waiting[label] += back

    def _give_up(self, moment: Moment, counts: dict[str, Amounts]) -> None:
        timeout = self._value("timeout", moment)
        if timeout:
            last = moment.index - max(1, timeout // self._step)
            for cohort in self._line:
                if cohort.step > last:
                    break
                if not cohort.given_up:
                    self._stand_alone(cohort, moment, counts)
        if self._value("cancel", moment) and any(self._stale.values()):
            for cohort in self._line:
                for label in self._stale:
                    gone = cohort.items.pop((STALE, label), 0)
                    self._queued[label] -= gone
                    self._stale[label] -= gone
                    counts["cancelled"][label] += gone

    def _stand_alone(self, cohort: Cohort, moment: Moment, counts: dict[str, Amounts]) -> None:
        """The callers of a cohort give up; its work stays."""
        cohort.given_up = True
        self._fail(cohort.items, counts["timeouts"], moment, counts)
        left: Classes = {}
        for (_, label), count in cohort.items.items():
            left[STALE, label] = left.get((STALE, label), 0) + count
            self._stale[label] += count
        cohort.items = left

    def _serve(self, capacity: int, counts: dict[str, Amounts]) -> None:
        while self._line and capacity > 0:
            items = self._line[0].items
            whole = sum(items.values())
            parts = list(items.values()) if whole <= capacity else divide(capacity, list(items.values()))
            for (attempt, label), part in zip(list(items), parts, strict=True):
                items[attempt, label] -= part
                self._queued[label] -= part
                if attempt == STALE:
                    self._stale[label] -= part
                    counts["late"][label] += part
                else:
                    counts["out"][label] += part
            capacity -= min(whole, capacity)
            if whole and any(items.values()):
                break
            self._line.popleft()
