"""Stages that keep things: a cache, and a store with its snapshots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.simulation.shares import Amounts, divide, per_step

if TYPE_CHECKING:
    from incidentsim.scenario.flow import Cache, Store
    from incidentsim.simulation.parameters import Parameters
    from incidentsim.simulation.stages import Moment

MILLION = 1_000_000


class CacheStage:
    """Hits in proportion to what is held; misses fill it. See `incidentsim.scenario.flow.Cache`."""

    counters = ("in", "hits", "misses", "warm")

    def __init__(self, node: Cache, parameters: Parameters) -> None:
        self._node = node
        self._parameters = parameters
        self._warm = node.entries if node.warm is None else min(node.warm, node.entries)
        for name in ("hit", "fill"):
            parameters.declare(node.id, name, getattr(node, name))

    def flush(self, keep: int) -> None:
        """Keep only a share (ppm) of the entries."""
        self._warm = self._warm * keep // MILLION

    def run(self, moment: Moment) -> dict[str, Amounts]:
        """Answer, pass the misses on, and take them in."""
        node, warm = self._node, self._warm
        inflow = moment.inflow(node.id)
        share = min(MILLION, self._parameters.value(node.id, "hit", moment.t)) * warm
        hits = {label: count * share // (MILLION * node.entries) for label, count in inflow.items()}
        misses = {label: count - hits[label] for label, count in inflow.items()}
        # A miss for an entry that another miss of the same step has put in already fills nothing.
        room = node.entries - warm
        fresh = sum(misses.values()) * min(MILLION, self._parameters.value(node.id, "fill", moment.t)) * room
        expired = warm * moment.step // node.ttl if node.ttl else 0
        self._warm = max(0, min(node.entries, warm + fresh // (MILLION * node.entries) - expired))
        moment.send(node.to, hits)
        moment.send(node.misses_to, misses)
        held = moment.zero()
        held[moment.labels[0]] = self._warm
        return {"in": inflow, "hits": hits, "misses": misses, "warm": held}


@dataclass(slots=True)
class _Loss:
    """One deletion: what had been written by then, what it removed, and what has come back of it."""

    written: Amounts
    removed: Amounts
    back: Amounts


@dataclass(slots=True)
class _Copy:
    """A snapshot: how many items had been written when it was taken, and how many deletions it came after."""

    written: Amounts
    after: int


class StoreStage:
    """Items in the order of their writing, deletions, snapshots, one restore at a time."""

    counters = ("in", "deleted", "restored", "held", "missing")

    def __init__(self, node: Store, labels: tuple[str, ...]) -> None:
        self._node = node
        self._labels = labels
        self._written: Amounts = dict.fromkeys(labels, 0)
        self._written[labels[0]] = node.held
        self._held = dict(self._written)
        self._losses: list[_Loss] = []
        self._copies: dict[str, _Copy] = {}
        for snapshot in node.snapshots:
            kept = dict.fromkeys(labels, 0)
            kept[labels[0]] = max(0, node.held - snapshot.lacks)
            self._copies[snapshot.id] = _Copy(kept, 0)
        self._restoring: tuple[str, int] | None = None
        self._deleted: Amounts = dict.fromkeys(labels, 0)

    def delete(self, share: int) -> None:
        """Remove a share (ppm) of what is held; the next step counts it."""
        removed = {label: count * share // MILLION for label, count in self._held.items()}
        for label, count in removed.items():
            self._held[label] -= count
            self._deleted[label] += count
        self._losses.append(_Loss(dict(self._written), removed, dict.fromkeys(self._labels, 0)))

    def snapshot(self, name: str) -> None:
        """Take a snapshot now."""
        self._copies[name] = _Copy(dict(self._written), len(self._losses))

    def forget(self, name: str) -> None:
        """Lose a snapshot."""
        self._copies.pop(name, None)

    def restore(self, name: str, rate: int) -> None:
        """Bring back what a snapshot holds, so many items a minute."""
        self._restoring = (name, rate) if rate else None

    def run(self, moment: Moment) -> dict[str, Amounts]:
        """Take in what arrives, and go on with a restore."""
        inflow = moment.inflow(self._node.id)
        deleted, self._deleted = self._deleted, moment.zero()
        restored = self._bring_back(moment)
        missing = moment.zero()
        for label in moment.labels:
            self._written[label] += inflow[label]
            self._held[label] += inflow[label] + restored[label]
        for loss in self._losses:
            for label in moment.labels:
                missing[label] += loss.removed[label] - loss.back[label]
        return {"in": inflow, "deleted": deleted, "restored": restored, "held": dict(self._held), "missing": missing}

    def _bring_back(self, moment: Moment) -> Amounts:
        restored = moment.zero()
        if self._restoring is None or self._restoring[0] not in self._copies:
            return restored
        copy = self._copies[self._restoring[0]]
        left = per_step(self._restoring[1], moment.index, moment.step)
        for loss in self._losses[copy.after :]:
            able = [_recoverable(loss, copy, label) for label in moment.labels]
            for label, count in zip(moment.labels, divide(min(left, sum(able)), able), strict=True):
                loss.back[label] += count
                restored[label] += count
                left -= count
        return restored


def _recoverable(loss: _Loss, copy: _Copy, label: str) -> int:
    """What a snapshot still has to give back of one deletion; a partial deletion hit all ages alike."""
    written = loss.written[label]
    if not written:
        return 0
    return loss.removed[label] * min(copy.written[label], written) // written - loss.back[label]
