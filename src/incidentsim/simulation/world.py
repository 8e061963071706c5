"""The world of one run: the fold of scenario, seed, variant and commands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.agenda import Agenda, Rank
from incidentsim.simulation.alerting import AlertRule
from incidentsim.simulation.budgets import Budget, BudgetMeter
from incidentsim.simulation.context import Context
from incidentsim.simulation.controlling import Controls
from incidentsim.simulation.counting import Counts
from incidentsim.simulation.desk import Desk
from incidentsim.simulation.effecting import Effects
from incidentsim.simulation.event import Event, Phase
from incidentsim.simulation.flow import LABELLESS, Flow
from incidentsim.simulation.metering import Meters
from incidentsim.simulation.milestones import Milestones
from incidentsim.simulation.moving import Autoscaler, Job, Link
from incidentsim.simulation.msel import Msel
from incidentsim.simulation.parameters import Parameters
from incidentsim.simulation.quantities import Quantities, whole
from incidentsim.simulation.rows import Row, RowBlock, RowEngine
from incidentsim.simulation.searching import count_rows

if TYPE_CHECKING:
    from incidentsim.scenario.actions import Control
    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.play import Variant
    from incidentsim.scenario.truth import Fault
    from incidentsim.simulation.command import Command, Receipt

THOUSAND = 1_000


class World:
    """Everything that happens, computed step by step.

    *variant* is the id of one of the scenario's variants or siblings; *controls* are possible controls, by id,
    that are put into it; without *faults* it is a quiet run, in which none begins. `advance` may be called in any
    slices and gives the same events; `submit` takes a command at the present moment, before anything else that
    happens then.

    Raises `ValueError` for an unknown variant or control, and for a document whose parts do not fit together
    (see `incidentsim.scenario.references`, which finds all of that beforehand).
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        variant: str | None = None,
        controls: Sequence[str] = (),
        faults: bool = True,
    ) -> None:
        self.scenario = scenario
        self.seed = seed
        self.variant = _variant(scenario, variant)
        self._faults = faults
        labels = scenario.labels or (LABELLESS,)
        start_minute = scenario.start.hour * 60 + scenario.start.minute
        quantities = Quantities(scenario.step, start_minute, labels)
        parameters = Parameters(labels)
        self._context = Context(scenario, seed, Agenda(), quantities, parameters)
        quantities.parameter = lambda name: parameters.named(name, self.now)
        self._flow = Flow(scenario.flow, labels, scenario.step, parameters, seed)
        self._flow.declare(quantities)
        self._effects = Effects(self._context, self._send, self._flow.operate)
        self._scalers = [Autoscaler(each, self._context) for each in scenario.scalers]
        self._controls = Controls(self._context, self._effects)
        self._msel = Msel(self._context, self._effects.apply)
        self._counts = Counts(self._context)
        self._desk = Desk(self._context, self._effects, self._counts, self._search)
        self._budgets = {slo.id: BudgetMeter(slo, quantities) for slo in scenario.slos}
        self._alerts = [AlertRule(alert, quantities, self._budgets) for alert in scenario.alerts]
        self._meters = Meters(scenario.signals, quantities, seed)
        self._counts.meters = self._meters
        self.row_engine = RowEngine(scenario.patterns, scenario.events, seed, scenario.step)
        self._row_columns: dict[str, list[int]] = {each: [] for each in self.row_engine.expressions()}
        self._read_rows = quantities.compile_all([(expression, None) for expression in self._row_columns])
        self._links = [Link(each, self._context, quantities.compile(each.value)) for each in scenario.couplings]
        self._losing: list[int] = []
        self._milestones = Milestones(self._context)
        self._waiting_faults: list[Fault] = []
        self._waiting_anchors = [each for each in scenario.anchors if each.at is None and each.when]
        self._digests: list[str] = []
        self._rolling = hashlib.sha256()
        self._digested = 0
        self._digested_steps = 0
        self._steps = 0
        self._begin(_controls(scenario, controls))

    # What it is set up with.

    def _begin(self, controls: Sequence[Control]) -> None:
        agenda, scenario = self._context.agenda, self.scenario
        if self.variant is not None:
            self._effects.apply(self.variant.effects)
        self._controls.begin(controls)
        for fault, shift in self._due_faults():
            if fault.at is not None:
                agenda.at(fault.at + shift, partial(self._break, fault))
            else:
                self._waiting_faults.append(fault)
        for schedule in scenario.schedules:
            if not self._controls.stops(schedule.id):
                Job(schedule, self._context, self._effects).begin()
        for anchor in scenario.anchors:
            if anchor.at is not None:
                agenda.at(anchor.at, partial(self._pass, anchor.effects, anchor.when))
        for duty in scenario.shifts:
            agenda.at(duty.at, partial(self._hand_over, duty.title, duty.hands))
        self._msel.begin()
        agenda.at(0, self._step, Rank.STEP)
        agenda.at(MINUTE, self._digest_minute, Rank.DIGEST)

    def _due_faults(self) -> list[tuple[Fault, int]]:
        """The faults of this run, each with how much later (ms) it begins."""
        if not self._faults:
            return []
        variant = self.variant
        if variant is None:
            found = [(fault, 0) for fault in self.scenario.faults]
        else:
            found = [(fault, variant.shift) for fault in self.scenario.faults if fault.id not in variant.without_faults]
            found += [(fault, 0) for fault in variant.faults]
        return [each for each in found if not self._controls.stops(each[0].id)]

    def _pass(self, effects: Sequence[Any], when: str | None) -> None:
        if self._context.holds(when):
            self._effects.apply(effects)

    def _send(self, inject: str) -> None:
        self._msel.send(inject)

    def _hand_over(self, title: str, hands: int) -> None:
        self._context.emit("shift", title=title, hands=hands)
        self._desk.set_hands(hands)

    def _break(self, fault: Fault) -> None:
        self._context.emit("fault", fault=fault.id, state="begun")
        self._effects.apply(fault.effects, origin=fault.id)

    # Time.

    @property
    def now(self) -> int:
        """The time (ms)."""
        return self._context.now

    @property
    def events(self) -> list[Event]:
        """All causal events so far, in order."""
        return self._context.events

    @property
    def steps(self) -> int:
        """How many steps are complete now: those that ended by `now`."""
        return min(self._steps, self.now // self.scenario.step)

    @property
    def hands(self) -> tuple[int, int]:
        """(free, all) responders."""
        return self._desk.hands

    def advance(self, until: int) -> None:
        """Let everything happen that happens before *until* (ms); the end of the scenario is the last moment."""
        end = self.scenario.duration
        self._context.agenda.run(min(until, end) if until <= end else end + 1)

    def refusal(self, command: Command) -> str | None:
        """Why a command cannot be taken, in words for the player, or None. Changes nothing."""
        return self._desk.refusal(command)

    def answered(self, command: Command) -> dict[str, Any]:
        """The message that a query or a search brings at once, for after play; nothing happens in the world.

        Raises `NotUnderstoodError`.
        """
        self._context.quantities.now = self.now
        return self._desk.answered(command)

    def submit(self, command: Command, subject: str = "") -> Receipt:
        """Take a command at the present moment.

        *subject* is what it is about in the document's ids, where *command* names it in the viewer's.
        """
        self._context.quantities.now = self.now
        receipt = self._desk.take(command)
        if receipt.ok:
            self._context.emit("command", Phase.COMMAND, command=command.id, verb=command.verb,
                               target=command.target, args=command.args)  # fmt: skip
            self._msel.watch(command, subject)
        return receipt

    def _step(self) -> None:
        t, scenario, quantities = self.now, self.scenario, self._context.quantities
        quantities.now = t
        if self._steps:
            self._look(t)
        if t >= scenario.duration:
            return
        if self._steps:
            for link in self._links:
                link.follow(t)
        self._flow.run(self._steps, t, quantities)
        for scaler in self._scalers:
            scaler.record()
        self._meters.measure(self._steps)
        self._counts.measure()
        for budget in self._budgets.values():
            budget.measure()
        for column, number in zip(self._row_columns.values(), self._read_rows(), strict=True):
            column.append(whole(number, THOUSAND))
        truth = scenario.truth
        self._losing.append(max(0, whole(self._context.value(truth.losing))) if truth.losing else 0)
        self._steps += 1
        self._context.agenda.at(t + scenario.step, self._step, Rank.STEP)

    def _look(self, t: int) -> None:
        """Everything that depends on the steps that are complete."""
        context = self._context
        for fault in [each for each in self._waiting_faults if context.holds(each.when)]:
            self._waiting_faults.remove(fault)
            self._break(fault)
        for anchor in [each for each in self._waiting_anchors if context.holds(each.when)]:
            self._waiting_anchors.remove(anchor)
            self._effects.apply(anchor.effects)
        self._msel.check()
        for scaler in self._scalers:
            scaler.look(t)
        self._controls.look(t)
        if t % self.scenario.alert_interval == 0:
            for rule in self._alerts:
                self._alert(rule, t)
        self._milestones.look(t, self._losing)

    def _alert(self, rule: AlertRule, t: int) -> None:
        change = rule.evaluate(t)
        if change is None:
            return
        alert = rule.alert
        if change == "lost":
            self._context.emit("alert-lost", alert=alert.id)
            return
        self._context.emit(
            "alert", alert=alert.id, state=change, title=self._context.worded(alert.title),
            text=self._context.worded(alert.text), service=alert.service, severity=alert.severity,
            source=f"alert:{alert.id}",
        )  # fmt: skip

    # What it holds.

    @property
    def milestones(self) -> dict[str, int]:
        """started, mitigated, resolved: when they were reached for good (ms)."""
        return dict(self._milestones.reached)

    @property
    def quantities(self) -> Quantities:
        """Counters and stocks of the flow, one value a step."""
        return self._context.quantities

    def column(self, quantity: str, label: str | None = None) -> list[int]:
        """A flow counter's or stock's values, one a step. Raises `KeyError` for an unknown one."""
        return self._context.quantities.column(quantity, label)

    def total(self, expression: str) -> int:
        """A whole number: an expression's value as the world stands."""
        return whole(self._context.value(expression))

    def measured(self, signal: str) -> list[int]:
        """A signal's values times 10^decimals, one a step, true ones included. Raises `KeyError`."""
        return self._meters[signal].column

    def arrived(self, signal: str) -> list[bool]:
        """Whether each of a signal's samples was collected, one a step. Raises `KeyError`."""
        return self._meters[signal].arrived

    def losing(self) -> list[int]:
        """Items lost in each step."""
        return self._losing

    def budget_at(self, slo: str, t: int) -> Budget:
        """An SLO's budget by *t* (ms). Raises `KeyError`."""
        return self._budgets[slo].after(t // self.scenario.step)

    def budgets(self) -> dict[str, Budget]:
        """Every SLO's budget now."""
        return {slo: meter.after(self.steps) for slo, meter in self._budgets.items()}

    def loss(self) -> dict[str, int]:
        """Items lost, by the kinds that the truth names."""
        return {kind.id: max(0, self.total(kind.value)) for kind in self.scenario.truth.loss}

    def clock_text(self, t: int) -> str:
        """A moment (ms) as ``08:31``, UTC."""
        return self._context.clock_text(t)

    def series(self, dataset: str, label: str = "") -> list[int]:
        """A dataset's values over complete steps. Raises `KeyError`."""
        return self._counts.series(dataset, label, self.steps)

    def labels_of(self, dataset: str) -> tuple[str, ...]:
        """The labels that a dataset is kept apart by; none where it is not. Raises `KeyError`."""
        return self._counts.labels_of(dataset)

    # Rows.

    def block(self, start: int, end: int) -> RowBlock:
        """The log rows with start <= t < end, as columns; *end* is at most what has been computed."""
        end = min(end, self._steps * self.scenario.step) if self.scenario.patterns else end
        return self.row_engine.block(start, end, self._row_columns, self._context.extra_rows)

    def row_at(self, pattern: str, index: int) -> Row | None:
        """The row of an address, if it has been written by now."""
        return self.row_engine.find(pattern, index, self._row_columns, self._context.extra_rows, self.now)

    @property
    def row_columns(self) -> Mapping[str, Sequence[int]]:
        """What rows are decided by: each expression's value in thousandths, one a step."""
        return self._row_columns

    def _search(self, args: dict[str, Any], now: int) -> dict[str, Any]:
        return count_rows(self.block(0, now).rows(), args, self._context.clock_text, now)

    # Digests.

    def _digest_minute(self) -> None:
        """Fold what happened in the last minute into the rolling digest."""
        events = self._context.events
        fresh = [event.to_json() for event in events[self._digested :]]
        self._rolling.update(json.dumps(fresh, ensure_ascii=False, separators=(",", ":")).encode())
        self._digested = len(events)
        columns = (
            self._context.quantities.all_columns(),
            self._meters.columns(),
            list(self._row_columns.values()),
        )
        # Joining whole numbers is the JSON of them, in a third of the time.
        new = slice(self._digested_steps, self._steps)
        numbers = "],[".join([",".join(map(str, column[new])) for group in columns for column in group])
        self._rolling.update(f"[[{numbers}]]".encode() if any(columns) else b"[]")
        self._digested_steps = self._steps
        self._digests.append(self._rolling.hexdigest())
        if self.now + MINUTE <= self.scenario.duration:
            self._context.agenda.at(self.now + MINUTE, self._digest_minute, Rank.DIGEST)

    @property
    def digests(self) -> list[str]:
        """The rolling digest after each whole minute so far; the first is for minute 1."""
        return self._digests


def _variant(scenario: Scenario, wanted: str | None) -> Variant | None:
    if wanted is None:
        return None
    for variant in (*scenario.variants, *scenario.siblings):
        if variant.id == wanted:
            return variant
    names = ", ".join(each.id for each in scenario.variants) or "none"
    raise ValueError(f"there is no variant {wanted!r}; this scenario has: {names}")


def _controls(scenario: Scenario, wanted: Sequence[str]) -> list[Control]:
    possible = {each.id: each for each in scenario.controls if not each.exists}
    for each in wanted:
        if each not in possible:
            raise ValueError(f"there is no possible control {each!r}; there are: {', '.join(possible) or 'none'}")
    return [possible[each] for each in dict.fromkeys(wanted)]
