"""Stages of the flow: source, split and sink. Whole numbers that balance exactly, per label and step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from incidentsim.simulation.shares import Amounts, per_step
from incidentsim.simulation.streams import noise_ppm, stream_key

if TYPE_CHECKING:
    from incidentsim.scenario.flow import Sink, Source, Split
    from incidentsim.simulation.parameters import Parameters
    from incidentsim.simulation.retained import RetainedLog

MILLION = 1_000_000


@dataclass(slots=True)
class Moment:
    """One step: its index, its start (ms), and what each stage has received in it so far."""

    index: int
    t: int
    step: int
    labels: tuple[str, ...]
    received: dict[str, Amounts] = field(default_factory=dict)

    def zero(self) -> Amounts:
        """No items, for each label."""
        return dict.fromkeys(self.labels, 0)

    def inflow(self, stage: str) -> Amounts:
        """What has reached a stage in this step."""
        return self.received.get(stage) or self.zero()

    def send(self, stage: str, items: Amounts) -> None:
        """Pass items on."""
        have = self.received.get(stage)
        if have is None:
            self.received[stage] = {label: items.get(label, 0) for label in self.labels}
            return
        for label, count in items.items():
            have[label] += count


class Stage(Protocol):
    """Something that items flow through."""

    @property
    def counters(self) -> tuple[str, ...]:
        """Names of its counters and stocks."""
        ...

    def run(self, moment: Moment) -> dict[str, Amounts]:
        """Move one step on, pass items on, and give the counters and stocks."""
        ...


class SourceStage:
    """Demand: rate x daily shape x noise, divided over the labels."""

    counters = ("out",)

    def __init__(self, node: Source, parameters: Parameters, seed: int) -> None:
        self._node = node
        self._parameters = parameters
        self._key = stream_key(seed, f"source:{node.id}")
        parameters.declare(node.id, "rate", node.rate)
        for label, share in node.share.items():
            parameters.declare_one((node.id, "share", label), share)

    def run(self, moment: Moment) -> dict[str, Amounts]:
        """Emit this step's demand. The first label takes what the others leave."""
        node, t = self._node, moment.t
        demand = per_step(self._parameters.value(node.id, "rate", t), moment.index, moment.step)
        demand = demand * self._shape(t) // 1000
        demand += demand * noise_ppm(self._key, moment.index, node.noise) // MILLION
        out, rest = moment.zero(), demand
        first, *others = moment.labels
        for label in others:
            if (node.id, "share", label) in self._parameters:
                part = min(rest, demand * self._parameters.value(node.id, "share", t, label) // MILLION)
                out[label] = part
                rest -= part
        out[first] = rest
        moment.send(node.to, out)
        return {"out": out}

    def _shape(self, t: int) -> int:
        points = self._node.shape
        if not points:
            return 1000
        before = points[0]
        for point in points:
            if point[0] > t:
                span = point[0] - before[0]
                return before[1] + (point[1] - before[1]) * (t - before[0]) // span if span else point[1]
            before = point
        return before[1]


class SplitStage:
    """Shares of the inflow to ports; the last port takes what is left."""

    def __init__(self, node: Split, parameters: Parameters, logs: dict[str, RetainedLog]) -> None:
        self._node = node
        self._parameters = parameters
        self._logs = logs
        self.counters = ("in", *(port.name for port in node.ports))
        for port in node.ports[:-1]:
            parameters.declare(node.id, port.name, port.share, by_label=True)

    def run(self, moment: Moment) -> dict[str, Amounts]:
        """Divide this step's inflow."""
        node = self._node
        inflow = moment.inflow(node.id)
        counts: dict[str, Amounts] = {"in": inflow}
        rest = dict(inflow)
        for port in node.ports:
            if port is node.ports[-1]:
                part = rest
            else:
                part = {}
                for label in moment.labels:
                    share = self._parameters.value(node.id, port.name, moment.t, label)
                    part[label] = min(rest[label], inflow[label] * share // MILLION)
                    rest[label] -= part[label]
            if port.to is not None:
                moment.send(port.to, part)
            if port.fails is not None:
                self._logs[port.fails].mark_failed(part)
            counts[port.name] = dict(part)
        return counts


class SinkStage:
    """Where items arrive for good."""

    counters = ("in", "total")

    def __init__(self, node: Sink, labels: tuple[str, ...]) -> None:
        self._node = node
        self._total: Amounts = dict.fromkeys(labels, 0)

    def run(self, moment: Moment) -> dict[str, Amounts]:
        """Count what arrives."""
        inflow = moment.inflow(self._node.id)
        for label, count in inflow.items():
            self._total[label] += count
        return {"in": inflow, "total": dict(self._total)}
