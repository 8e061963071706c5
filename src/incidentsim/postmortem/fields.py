"""Fields: the numbers and times of an incident, computed from its record."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from incidentsim.postmortem.formatting import count, decimal, span
from incidentsim.timeline.clock import UtcClock
from incidentsim.timeline.milestones import Milestones, milestones

if TYPE_CHECKING:
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.simulation.world import World

EvidenceClass = Literal["OBSERVED", "DERIVED", "INFERRED", "MODELLED", "TODO"]
NOT_REACHED = "not reached"
WHO = "Who was there may know."
QUESTIONS = {
    "started": "When did it begin?",
    "detected": "When was it noticed, and by what?",
    "mitigated": "When did it get no worse?",
    "resolved": "When was it over?",
}
"""What to ask where a record has no truth to compute a milestone from."""


@dataclass(frozen=True, slots=True)
class Field:
    """A number or time that a document may show.

    *value* is exact (a whole number, ms for times and spans, ``"383479/28000000"`` for a share, or text); *text*
    is how it is shown. *formula* says how it was computed, *source* from what. A field of class TODO has no value
    and its *text* is the open question.
    """

    id: str
    value: int | str | None
    unit: str
    text: str
    evidence_class: EvidenceClass
    formula: str = ""
    source: str = ""

    def to_json(self) -> dict[str, Any]:
        """JSON data, keys in a fixed order."""
        return {
            "id": self.id, "value": self.value, "unit": self.unit, "text": self.text, "class": self.evidence_class,
            "formula": self.formula, "source": self.source,
        }  # fmt: skip


Fields = dict[str, Field]


def fraction_text(value: Fraction) -> str:
    """``383479/28000000``, exactly."""
    return f"{value.numerator}/{value.denominator}"


def compute(record: ExerciseRecord) -> Fields:
    """All fields of a run, by id, in a fixed order.

    ``loss.<kind>``, ``loss.total``, ``loss.recovered``; ``accepted.total``, ``served.total``; ``slo.<id>.*``,
    ``budget.<id>.*``, ``alert.<id>.*``; ``time.*``, ``ttd``, ``tta``, ``ttm``, ``ttr``, ``duration.*``;
    ``duplicates``, ``count.*``, ``peak.*``, ``severity``, ``date``.
    """
    from incidentsim.postmortem.fields_slo import slo_fields

    clock, reached = UtcClock.of(record.scenario), milestones(record)
    found = [
        *_times(record, clock, reached),
        *_spans(record, reached),
        *_losses(record),
        *slo_fields(record, clock, reached),
        *_counts(record),
        *_peaks(record, clock),
    ]
    return {each.id: each for each in found}


def derived(name: str, value: int | str, unit: str, text: str, formula: str, source: str = "the record") -> Field:
    """A field that was computed."""
    return Field(name, value, unit, text, "DERIVED", formula, source)


def todo(name: str, unit: str, question: str, source: str = "") -> Field:
    """A field whose value is not known: the question, and who might know."""
    return Field(name, None, unit, question, "TODO", "", source)


def _times(record: ExerciseRecord, clock: UtcClock, reached: Milestones) -> list[Field]:
    found = [
        derived("date", clock.date, "date", clock.long_date, "the day on which the scenario starts", "scenario"),
        derived("time.begin", 0, "ms", clock.utc(0), "start of the exercise", "scenario"),
        derived("time.end", record.scenario.duration, "ms", clock.utc(record.scenario.duration),
                "end of the scenario", "scenario"),
    ]  # fmt: skip
    by = f"evidence {reached.detected_by}" if reached.detected_by.startswith("E-") else "the first declaration"
    if record.seen_then and reached.detected != reached.acknowledged:
        by = reached.detected_by
    moments = (
        ("started", reached.started, "first step in which something was lost"),
        ("detected", reached.detected, f"{by}, the first that tells the cause from the rest"),
        ("declared", reached.acknowledged, "first declaration"),
        ("acknowledged", reached.acknowledged, "first declaration: somebody works on it and says so"),
        ("mitigated", reached.mitigated, "no new loss from then on"),
        ("resolved", reached.resolved, "service restored and what could be recovered was"),
        ("ended", reached.ended, "end of play"),
    )
    for name, t, formula in moments:
        if t is not None:
            found.append(derived(f"time.{name}", t, "ms", clock.utc(t), formula))
        elif record.scenario.truth.losing is None and name in QUESTIONS:
            found.append(todo(f"time.{name}", "ms", f"{QUESTIONS[name]} {WHO}"))
        else:
            text = "not declared" if name in {"declared", "acknowledged"} else NOT_REACHED
            found.append(Field(f"time.{name}", None, "ms", text, "DERIVED", formula, "the record"))
    return found


def _spans(record: ExerciseRecord, reached: Milestones) -> list[Field]:
    end = record.scenario.duration
    names = (
        ("ttd", "detect", reached.ttd, "time.detected - time.started"),
        ("tta", "acknowledge", reached.tta, "time.acknowledged - time.started"),
        ("ttm", "mitigate", reached.ttm, "time.mitigated - time.started"),
        ("ttr", "resolve", reached.ttr, "time.resolved - time.started"),
    )
    found = []
    for name, word, value, formula in names:
        if value is not None:
            found.append(derived(name, value, "ms", span(value), formula))
        elif reached.started is None:
            found.append(todo(name, "ms", f"How long did it take to {word}? {WHO}"))
        else:
            found.append(Field(name, None, "ms", NOT_REACHED, "DERIVED", formula, "the record"))
    if reached.started is None:
        found.append(todo("duration.impact", "ms", f"How long did it last? {WHO}"))
    else:
        stop = end if reached.mitigated is None else reached.mitigated
        formula = "time.mitigated - time.started" if reached.mitigated is not None else "time.end - time.started"
        found.append(derived("duration.impact", stop - reached.started, "ms", span(stop - reached.started), formula))
    found.append(derived("duration.exercise", end, "ms", span(end), "length of the scenario", "scenario"))
    return found


def _losses(record: ExerciseRecord) -> list[Field]:
    truth, world = record.scenario.truth, record.world
    found = []
    for kind in truth.loss:
        value = world.loss()[kind.id]
        found.append(derived(f"loss.{kind.id}", value, "events", count(value), kind.value, "the world at its end"))
    left = sum(world.loss().values())
    if truth.losing is not None:
        total, formula = sum(world.losing()), f"sum over all steps of ({truth.losing})"
    elif truth.loss:
        total, formula = left, " + ".join(f"loss.{kind.id}" for kind in truth.loss)
    else:
        return [todo("loss.total", "events", "How much was lost? The owners of the data may know.")]
    recovered = max(0, total - left)
    found.append(derived("loss.total", total, "events", count(total), formula, "the world"))
    found.append(
        derived("loss.recovered", recovered, "events", count(recovered),
                "loss.total - " + " - ".join(f"loss.{kind.id}" for kind in truth.loss) if truth.loss else "loss.total")
    )  # fmt: skip
    found.append(derived("loss.remaining", left, "events", count(left), "loss.total - loss.recovered"))
    copies = sum(sum(world.column(f"{node.id}.duplicates")) for node in record.scenario.flow if node.kind == "log")
    found.append(derived("duplicates", copies, "events", count(copies), "copies that replays wrote", "the world"))
    return found


def _counts(record: ExerciseRecord) -> list[Field]:
    in_play = [each for each in record.commands if each.t <= record.ended_at]
    seen = [each for each in record.events if each.t <= record.ended_at]
    numbers = {
        "messages": sum(each["channel"] not in {"result", "reply", "query", "interview"} for each in record.messages),
        "alerts": sum(each.kind == "alert" and each.data["state"] == "fires" for each in seen),
        "updates": sum(each.verb == "announce" for each in in_play),
        "actions": sum(each.verb == "act" for each in in_play),
        "questions": sum(each.verb == "ask" for each in in_play),
        "counts": sum(each.verb in {"query", "search"} for each in in_play),
        "evidence": len(record.evidence),
        "evidence-after": sum(each.phase == "after" for each in record.evidence),
        "commands": len(record.commands),
    }
    found = [
        derived(f"count.{name}", value, name, count(value), f"number of {name}") for name, value in numbers.items()
    ]
    declared = [str(each.data["severity"]) for each in seen if each.kind == "declared"]
    if declared:
        found.append(derived("severity", declared[-1], "", declared[-1], "the last declaration"))
    else:
        found.append(Field("severity", None, "", "not declared", "DERIVED", "the last declaration", "the record"))
    return found


def _peaks(record: ExerciseRecord, clock: UtcClock) -> list[Field]:
    scenario, world = record.scenario, record.world
    found = []
    losing = world.losing()
    if scenario.truth.losing is not None and any(losing):
        worst = max(losing)
        text = f"{count(worst)} in {span(scenario.step)}"
        found.append(derived("peak.loss", worst, "events", text, "largest loss in one step", "the world"))
        at = losing.index(worst) * scenario.step
        found.append(derived("peak.loss.time", at, "ms", clock.utc(at), "the step of peak.loss", "the world"))
    for signal in scenario.signals:
        values = _seen(world, signal.id) if signal.measured else []
        if values:
            text = f"{decimal(max(values), signal.decimals)} {signal.unit}".rstrip()
            formula = f"largest value of {signal.value}"
            found.append(
                derived(f"peak.{signal.id}", max(values), f"10^-{signal.decimals} {signal.unit}", text, formula)
            )
    return found


def _seen(world: World, signal: str) -> list[int]:
    """The samples of a signal that reached the people who look at it."""
    return [value for value, arrived in zip(world.measured(signal), world.arrived(signal), strict=True) if arrived]
