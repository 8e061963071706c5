"""A forecast for facilitators: how a run is likely to go, hour by hour, and where it is crowded or silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidentsim.authoring.runs import moments, run_of
from incidentsim.scenario.units import MINUTE, format_duration
from incidentsim.timeline.clock import UtcClock

if TYPE_CHECKING:
    from incidentsim.authoring.runs import Moment
    from incidentsim.exercise.exercise import Setting
    from incidentsim.exercise.record import ExerciseRecord

SPAN = 10 * MINUTE
CROWDED, WITHIN = 5, 5 * MINUTE
SILENT = 45 * MINUTE
BARS = " ▁▂▃▄▅▆▇█"
WIDTH = 72


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run of one policy came to. Times in ms since the start.

    *density*: messages and alerts in each ten minutes; *busy*: the most hands at work in each; *budgets*: per SLO, the
    share that was consumed at the end of each; *deadlines*: (opened, deadline, inject, state); *notes*: what a
    facilitator should know.
    """

    policy: str
    milestones: dict[str, int]
    density: list[int]
    busy: list[int]
    budgets: dict[str, list[float]]
    deadlines: list[tuple[int, int, str, str]]
    notes: list[str]

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {
            "policy": self.policy, "milestones": self.milestones, "span": SPAN, "density": self.density,
            "busy": self.busy, "budgets": self.budgets, "notes": self.notes,
            "deadlines": [{"opened": at, "deadline": by, "inject": inject, "state": state}
                          for at, by, inject, state in self.deadlines],
        }  # fmt: skip


def forecast(setting: Setting, policy_id: str) -> Forecast:
    """Play a policy and look at what happened. Raises `Problem` for a policy that there is not."""
    record = run_of(setting, policy_id)
    arrived = moments(record)
    duration = setting.scenario.duration
    spans = range(0, duration, SPAN)
    world = record.world
    budgets = {
        slo.id: [round(float(world.budget_at(slo.id, min(at + SPAN, duration)).consumed), 6) for at in spans]
        for slo in setting.scenario.slos
    }
    return Forecast(
        policy_id, world.milestones, [sum(at <= each.t < at + SPAN for each in arrived) for at in spans],
        [_busy(record, at, at + SPAN) for at in spans], budgets, _deadlines(record), _notes(setting, arrived),
    )  # fmt: skip


def _busy(record: ExerciseRecord, start: int, end: int) -> int:
    """The most hands that were at work at once in a span."""
    steps = [each for each in record.events if each.kind == "action" and each.data["state"] != "queued"]
    begun = {each.data["command"] for each in steps if each.data["state"] == "started"}
    changes = sorted(
        (event.t, 1 if event.data["state"] == "started" else 0, int(event.data["hands"]))
        for event in steps
        if event.data["command"] in begun
    )
    most = now = 0
    for t, begins, hands in changes:
        if t >= end:
            break
        before = now
        now += hands if begins else -hands
        if t >= start:
            most = max(most, before, now)
    return max(most, now)


def _deadlines(record: ExerciseRecord) -> list[tuple[int, int, str, str]]:
    within = {each.id: each.expectation.within for each in record.scenario.injects if each.expectation}
    opened: dict[str, int] = {}
    ended: dict[str, str] = {}
    for event in record.events:
        if event.kind == "expectation":
            inject, state = str(event.data["inject"]), str(event.data["state"])
            if state == "open":
                opened[inject] = event.t
            else:
                ended[inject] = state
    return [(at, at + within[inject], inject, ended.get(inject, "open")) for inject, at in opened.items()]


def _notes(setting: Setting, arrived: list[Moment]) -> list[str]:
    clock = UtcClock(setting.scenario.start, setting.scenario.duration)
    notes = []
    crowded_until = -1
    for index, moment in enumerate(arrived):
        close = [each for each in arrived[index:] if each.t < moment.t + WITHIN]
        if len(close) >= CROWDED and moment.t > crowded_until:
            crowded_until = moment.t + WITHIN
            notes.append(f"{clock.utc(moment.t)}: {len(close)} messages and alerts within {format_duration(WITHIN)}")
    before = 0
    for t in (*(each.t for each in arrived), setting.scenario.duration):
        if t - before >= SILENT:
            notes.append(f"{clock.utc(before)}: nothing arrives for {format_duration((t - before) // MINUTE * MINUTE)}")
        before = t
    return notes


def as_text(found: Forecast, setting: Setting) -> str:
    """The forecast as text, at most 100 columns."""
    scenario = setting.scenario
    clock = UtcClock(scenario.start, scenario.duration)
    heading = f"{scenario.number}  dry run of {found.policy}, seed {setting.seed}."
    lines = [f"{heading} FACILITATORS ONLY: this gives the scenario away.", ""]
    for name in ("started", "mitigated", "resolved"):
        at = found.milestones.get(name)
        lines.append(f"{name:<12} {'not reached' if at is None else f'T+{format_duration(at)}, {clock.utc(at)}'}")
    lines += ["", f"{'':<24} {clock.utc(0)} to {clock.utc(scenario.duration)}, one column for ten minutes"]
    lines.append(
        f"{'messages and alerts':<24} {bars([float(each) for each in found.density])}  most {max(found.density)}"
    )
    lines.append(f"{'hands at work':<24} {bars([float(each) for each in found.busy])}  most {max(found.busy)}")
    for slo, shares in found.budgets.items():
        lines.append(f"{'budget ' + slo:<24} {bars(shares)}  {shares[-1]:.1%} of the window's budget at the end")
    if found.deadlines:
        lines += ["", "Expectations: opened, deadline, what came of it"]
        lines += [
            f"  {clock.utc(at)}  by {clock.utc(by)}  {state:<6} {inject}" for at, by, inject, state in found.deadlines
        ]
    lines += ["", "For the facilitator", *(f"  {each}" for each in found.notes or ["  nothing stands out"])]
    return "\n".join(lines)


def bars(values: list[float]) -> str:
    """Values as bars of eight heights; anything above 0 shows."""
    most = max(values, default=0.0) or 1.0
    return "".join(BARS[0 if value <= 0 else max(1, round(value / most * 8))] for value in values[:WIDTH])
