"""The flow through the system: stages in order, one step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.scenario.effects import Delete, Drain, Flush, ForgetSnapshot, Restore, TakeSnapshot
from incidentsim.scenario.flow import Cache, Log, Node, Queue, Sink, Source, Split, Store
from incidentsim.simulation.keeping import CacheStage, StoreStage
from incidentsim.simulation.queueing import QueueStage
from incidentsim.simulation.retained import RetainedLog
from incidentsim.simulation.stages import Moment, SinkStage, SourceStage, SplitStage, Stage

if TYPE_CHECKING:
    from incidentsim.simulation.parameters import Parameters
    from incidentsim.simulation.quantities import Quantities

StageEffect = Flush | Drain | Delete | TakeSnapshot | ForgetSnapshot | Restore

LABELLESS = "all"
"""The label of a flow that declares none."""


def targets(node: Node) -> tuple[str, ...]:
    """Where a stage's items go."""
    if isinstance(node, Split):
        return tuple(port.to for port in node.ports if port.to is not None)
    if isinstance(node, Log):
        return (node.to,) if node.replay_to is None else (node.to, node.replay_to)
    if isinstance(node, Cache):
        return (node.to, node.misses_to)
    return () if isinstance(node, Sink | Store) else (node.to,)


def in_flow_order(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The stages so that each stands before those it feeds; among equals, the document's order.

    Raises `ValueError` where the flow runs in a circle, or to a stage that is not there.
    """
    left = {node.id: node for node in nodes}
    for node in nodes:
        for target in targets(node):
            if target not in left:
                raise ValueError(f"flow stage {node.id} feeds {target}, which is not a stage")
    ordered: list[Node] = []
    while left:
        fed = {target for node in left.values() for target in targets(node)}
        ready = next((node for node in left.values() if node.id not in fed), None)
        if ready is None:
            raise ValueError(f"the flow runs in a circle through {', '.join(left)}")
        ordered.append(left.pop(ready.id))
    return tuple(ordered)


class Flow:
    """All stages. `run` moves them one step on and records every counter and stock as a quantity."""

    def __init__(
        self, nodes: Sequence[Node], labels: tuple[str, ...], step: int, parameters: Parameters, seed: int
    ) -> None:
        self._labels = labels or (LABELLESS,)
        self._step = step
        self._logs: dict[str, RetainedLog] = {}
        self._stages: list[tuple[str, Stage]] = []
        self._kept: list[tuple[str, str, int]] = []
        """(stage, counter, where it is kept)"""
        for node in in_flow_order(nodes):
            self._stages.append((node.id, self._stage(node, parameters, seed)))

    def _stage(self, node: Node, parameters: Parameters, seed: int) -> Stage:
        if isinstance(node, Source):
            return SourceStage(node, parameters, seed)
        if isinstance(node, Queue):
            return QueueStage(node, parameters, self._labels, self._step)
        if isinstance(node, Log):
            log = RetainedLog(node, parameters, self._labels, self._step)
            self._logs[node.id] = log
            return log
        if isinstance(node, Split):
            return SplitStage(node, parameters, self._logs)
        if isinstance(node, Cache):
            return CacheStage(node, parameters)
        if isinstance(node, Store):
            return StoreStage(node, self._labels)
        return SinkStage(node, self._labels)

    def declare(self, quantities: Quantities) -> None:
        """Make room for all counters and stocks."""
        for name, stage in self._stages:
            for counter in stage.counters:
                self._kept.append((name, counter, quantities.declare(f"{name}.{counter}", by_label=True)))

    def operate(self, effect: StageEffect) -> None:
        """Carry out what an effect does to a stage; the next step counts it."""
        stages = dict(self._stages)
        match effect:
            case Flush():
                stage = stages[effect.node]
                if isinstance(stage, CacheStage):
                    stage.flush(effect.keep)
            case Drain():
                stage = stages[effect.node]
                if isinstance(stage, QueueStage):
                    stage.drain(effect.keep)
            case _:
                stage = stages[effect.store]
                if isinstance(stage, StoreStage):
                    _keep(stage, effect)

    def run(self, index: int, t: int, quantities: Quantities) -> None:
        """Compute step *index*, which begins at *t*, and record it."""
        moment = Moment(index, t, self._step, self._labels)
        counts = {name: stage.run(moment) for name, stage in self._stages}
        for name, log in self._logs.items():
            counts[name].update(log.stocks())
        for name, counter, column in self._kept:
            quantities.append(column, counts[name][counter])


def _keep(store: StoreStage, effect: Delete | TakeSnapshot | ForgetSnapshot | Restore) -> None:
    match effect:
        case Delete():
            store.delete(effect.share)
        case TakeSnapshot():
            store.snapshot(effect.snapshot)
        case ForgetSnapshot():
            store.forget(effect.snapshot)
        case Restore():
            store.restore(effect.snapshot, effect.rate)
