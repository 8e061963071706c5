"""A retained log: items are kept for a time or up to a size, read once, and replayable while they are kept."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.simulation.shares import Amounts, divide, per_step, take

if TYPE_CHECKING:
    from incidentsim.scenario.flow import Log
    from incidentsim.simulation.parameters import Parameters
    from incidentsim.simulation.stages import Moment


@dataclass(slots=True, eq=False)
class Cohort:
    """The items that arrived in one step, by what has become of them."""

    step: int
    unread: Amounts
    failed: Amounts
    done: Amounts


class RetainedLog:
    """A topic with one consumer. See `incidentsim.scenario.system.Log` for what its counters mean."""

    counters = (
        "in", "out", "expired_unread", "expired_failed", "replayed", "duplicates", "unread", "held", "failed",
        "untracked",
    )  # fmt: skip

    def __init__(self, node: Log, parameters: Parameters, labels: tuple[str, ...], step: int) -> None:
        self._node = node
        self._parameters = parameters
        self._labels = labels
        self._step = step
        self._old: deque[tuple[int, int]] = deque()
        """(step, items) that were there and served before the start, all with the first label."""
        self._cohorts: deque[Cohort] = deque()
        self._behind: deque[Cohort] = deque()
        """Cohorts that may still hold unread items, oldest first."""
        self._unread: Amounts = dict.fromkeys(labels, 0)
        self._failed: Amounts = dict.fromkeys(labels, 0)
        self._held: Amounts = dict.fromkeys(labels, 0)
        self._read: list[tuple[Cohort, Amounts]] = []
        self._untracked: Amounts = dict.fromkeys(labels, 0)
        for name in ("capacity", "retention", "size", "replay", "replay_copies"):
            parameters.declare(node.id, name, getattr(node, name))
        self._fill(node.held, max(1, node.retention // step))

    def _fill(self, held: int, steps: int) -> None:
        if held:
            self._old.extend((index - steps, held * (index + 1) // steps - held * index // steps)
                             for index in range(steps))  # fmt: skip
        self._held[self._labels[0]] = held

    def _value(self, name: str, moment: Moment) -> int:
        return self._parameters.value(self._node.id, name, moment.t)

    def run(self, moment: Moment) -> dict[str, Amounts]:
        """Append, expire, replay, and read on."""
        inflow = dict(moment.inflow(self._node.id))
        self._read.clear()
        zero = moment.zero()
        arrived = Cohort(moment.index, dict(inflow), dict(zero), dict(zero))
        self._cohorts.append(arrived)
        self._behind.append(arrived)
        for label, count in inflow.items():
            self._unread[label] += count
            self._held[label] += count
        expired_unread, expired_failed = self._expire(moment)
        replayed, duplicates = self._replay(moment)
        out = self._consume(moment)
        self._untracked = moment.zero()
        return {"in": inflow, "out": out, "expired_unread": expired_unread, "expired_failed": expired_failed,
                "replayed": replayed, "duplicates": duplicates, **self.stocks()}  # fmt: skip

    def stocks(self) -> dict[str, Amounts]:
        """What is kept now. Items marked failed in this step are counted once the step's splits have run."""
        return {"unread": dict(self._unread), "held": dict(self._held), "failed": dict(self._failed),
                "untracked": dict(self._untracked)}  # fmt: skip

    def _expire(self, moment: Moment) -> tuple[Amounts, Amounts]:
        unread, failed = moment.zero(), moment.zero()
        oldest = moment.index - self._value("retention", moment) // self._step
        size = self._value("size", moment)
        held = sum(self._held.values())
        while self._old and (self._old[0][0] <= oldest or held > size):
            gone = self._old.popleft()[1]
            held -= gone
            self._held[self._labels[0]] -= gone
        while len(self._cohorts) > 1 and (self._cohorts[0].step <= oldest or held > size):
            cohort = self._cohorts.popleft()
            if self._behind and self._behind[0] is cohort:
                self._behind.popleft()
            for label in self._labels:
                gone = cohort.unread[label] + cohort.failed[label] + cohort.done[label]
                held -= gone
                self._held[label] -= gone
                self._unread[label] -= cohort.unread[label]
                self._failed[label] -= cohort.failed[label]
                unread[label] += cohort.unread[label]
                failed[label] += cohort.failed[label]
        return unread, failed

    def _replay(self, moment: Moment) -> tuple[Amounts, Amounts]:
        replayed, duplicates = moment.zero(), moment.zero()
        rate = self._value("replay", moment)
        if not rate or self._node.replay_to is None or not any(self._failed.values()):
            return replayed, duplicates
        left = per_step(rate, moment.index, moment.step)
        copies = self._value("replay_copies", moment)
        for cohort in self._cohorts:
            part = take(left, cohort.failed)
            taken = sum(part.values())
            if not taken:
                continue
            left -= taken
            for label, count in part.items():
                cohort.failed[label] -= count
                cohort.done[label] += count
                self._failed[label] -= count
                replayed[label] += count
                duplicates[label] += count * copies // 1_000_000
            self._read.append((cohort, part))
            if left <= 0:
                break
        moment.send(self._node.replay_to, replayed)
        return replayed, duplicates

    def _consume(self, moment: Moment) -> Amounts:
        out = moment.zero()
        left = per_step(self._value("capacity", moment), moment.index, moment.step)
        while self._behind and left > 0:
            cohort = self._behind[0]
            part = take(left, cohort.unread)
            left -= sum(part.values())
            for label, count in part.items():
                cohort.unread[label] -= count
                cohort.done[label] += count
                self._unread[label] -= count
                out[label] += count
            self._read.append((cohort, part))
            if any(cohort.unread.values()):
                break
            self._behind.popleft()
        moment.send(self._node.to, out)
        return out

    def mark_failed(self, items: Amounts) -> None:
        """Mark items that were read in this step as failed downstream, spread over the cohorts they came from.

        What was not read in this step cannot be placed; it is counted as ``untracked``.
        """
        for label, count in items.items():
            read = [part[label] for _, part in self._read]
            placed = min(count, sum(read))
            self._untracked[label] += count - placed
            for (cohort, _), part in zip(self._read, divide(placed, read), strict=True):
                moved = min(part, cohort.done[label])
                cohort.done[label] -= moved
                cohort.failed[label] += moved
                self._failed[label] += moved
                self._untracked[label] += part - moved
