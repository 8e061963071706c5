"""The scorecard: what a run earned, why, what went well, and one thing to practise next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from incidentsim.assessment.beside import beside
from incidentsim.assessment.defects import defects
from incidentsim.assessment.factors import factors, herrings
from incidentsim.assessment.facts import Facts
from incidentsim.assessment.measured import MOST_EVIDENCE
from incidentsim.assessment.rubric import Limit, criteria_of, limits, measured
from incidentsim.case.attempt import second
from incidentsim.exercise.reconstruction import RECONSTRUCT

if TYPE_CHECKING:
    from incidentsim.assessment.beside import Note
    from incidentsim.assessment.factors import Factor, Herring
    from incidentsim.assessment.measured import Measured
    from incidentsim.case.document import Attempt, Case, Override
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.play import Criterion

MARKER = "EXERCISE"
HIGHEST = 100
NOTES = (
    "Scores belong to the trainee. They are for practice, and say nothing about a person.",
    "No score uses wall time: pauses, reading speed and the clock's pace change nothing.",
)
RECONSTRUCTED = "A reconstruction: others responded, so how it was responded to is not measured."
VERDICTS = ((0.85, "strong"), (0.6, "good"), (0.35, "partly there"), (0.0, "to practise"))
STAYS = 5
"""Of what was earned elsewhere at least one part in so many stays, however many factors were not found."""
WELL = 0.6
MOST_WELL = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with what was measured."""

    criterion: Criterion
    measured: Measured
    override: Override | None = None
    """What a facilitator gave instead; *measured* holds that then, and *own* what was measured."""
    own: Measured | None = None

    @property
    def points(self) -> float:
        """What it earns of its weight, to one decimal."""
        return round(self.criterion.weight * self.measured.ratio, 1)

    @property
    def verdict(self) -> str:
        """A word for it."""
        if not self.measured.applies:
            return "not measured"
        return next(word for least, word in VERDICTS if self.measured.ratio >= least)

    def to_json(self) -> dict[str, Any]:
        """JSON data. The explanation holds what the run shows, so this is for after play."""
        criterion, measured = self.criterion, self.measured
        return {
            "id": criterion.id,
            "title": criterion.title,
            "family": criterion.family,
            "measure": criterion.measure,
            "weight": criterion.weight,
            "points": self.points if measured.applies else None,
            "ratio": measured.ratio if measured.applies else None,
            "value": measured.value,
            "verdict": self.verdict,
            "compare_yourself": measured.unsure,
            "explanation": measured.explanation,
            "rule": measured.rule,
            "evidence": list(measured.evidence[:MOST_EVIDENCE]),
            "evidence_more": max(0, len(measured.evidence) - MOST_EVIDENCE),
            "senior": criterion.senior,
            "staff": criterion.staff,
            **self._overridden(),
        }

    def _overridden(self) -> dict[str, Any]:
        if self.override is None or self.own is None:
            return {}
        measured = self.own.ratio if self.own.applies else None
        return {"override": {"by": self.override.by, "reason": self.override.reason, "measured": measured}}


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything that the scorecard shows. *score* is a whole number from 0 to 100."""

    score: int
    before_limits: int
    limits: tuple[Limit, ...]
    lines: tuple[Line, ...]
    factors: tuple[Factor, ...]
    herrings: tuple[Herring, ...]
    milestones: tuple[tuple[str, int | None, str], ...]
    """(name, ms since the start or None, the moment in UTC or ``not reached``)."""
    about: dict[str, Any]
    first: Attempt | None = None
    """How it stood when this was first seen, where something has been written since."""
    beside: tuple[Note, ...] = ()
    """What stands beside the score and changes nothing of it."""

    @property
    def graded(self) -> int:
        """The score that counts: of what was written before the scorecard was seen."""
        return self.score if self.first is None else self.first.score

    @property
    def since(self) -> tuple[tuple[Line, float, float], ...]:
        """The criteria that a second attempt changed: ratio before and now, the largest change first."""
        if self.first is None:
            return ()
        was = self.first.ratios
        known = [each for each in self.lines if each.measured.applies and each.criterion.id in was]
        pairs = [(each, was[each.criterion.id], each.measured.ratio) for each in known]
        changed = [each for each in pairs if each[1] != each[2]]
        return tuple(sorted(changed, key=lambda each: (-abs(each[2] - each[1]), each[0].criterion.id)))

    @property
    def well(self) -> tuple[Line, ...]:
        """What went well: the best criteria, best first."""
        practise = self.practise
        good = [each for each in self.lines
                if each.measured.applies and each.measured.ratio >= WELL and each is not practise]  # fmt: skip
        return tuple(sorted(good, key=lambda each: (-each.points, each.criterion.id))[:MOST_WELL])

    @property
    def practise(self) -> Line | None:
        """The one thing to practise next: of what is not yet good, or else of all, what would gain most."""
        open_ones = [each for each in self.lines if each.measured.applies and each.measured.ratio < 1]
        return max(
            [each for each in open_ones if each.measured.ratio < WELL] or open_ones,
            key=lambda each: (each.criterion.weight - each.points, each.criterion.id),
            default=None,
        )

    def to_json(self) -> dict[str, Any]:
        """JSON data, keys in a fixed order. Every number of `to_markdown` stands in it."""
        practise = self.practise
        return {
            "marker": MARKER,
            "score": self.score,
            "highest": HIGHEST,
            **self._attempts(),
            "before_limits": self.before_limits,
            "limits": [{"most": each.most, "rule": each.rule} for each in self.limits],
            "about": self.about,
            "notes": [*NOTES, *([RECONSTRUCTED] if self.about["mode"] == RECONSTRUCT else [])],
            "went_well": [{"id": each.criterion.id, "title": each.criterion.title} for each in self.well],
            "practise_next": None if practise is None else {
                "id": practise.criterion.id, "title": practise.criterion.title,
                "how": practise.criterion.senior or practise.measured.rule,
            },
            "criteria": [each.to_json() for each in self.lines],
            "factors": [
                {"id": each.condition.id, "text": each.condition.text, "category": each.condition.category,
                 "branch": each.condition.branch, "latent": each.condition.latent, "weight": each.condition.weight,
                 "state": each.state, "why": each.why, "held": list(each.held[:MOST_EVIDENCE]),
                 "cited": list(each.cited), "explanation": each.explanation}
                for each in self.factors
            ],
            "red_herrings": [
                {"id": each.herring.id, "text": each.herring.text, "state": each.state, "why": each.why,
                 "held": list(each.held[:MOST_EVIDENCE])}
                for each in self.herrings
            ],
            "beside": [each.to_json() for each in self.beside],
            "milestones": [{"name": name, "t": t, "at": at} for name, t, at in self.milestones],
        }  # fmt: skip

    def _attempts(self) -> dict[str, Any]:
        if self.first is None:
            return {}
        changed = [{"id": line.criterion.id, "title": line.criterion.title, "before": before, "now": now}
                   for line, before, now in self.since]  # fmt: skip
        return {"attempt": 2, "first_attempt": {"at": self.first.at, "score": self.first.score,
                                                "ratios": dict(self.first.ratios), "changed": changed}}  # fmt: skip

    def to_markdown(self) -> str:
        """The scorecard as Markdown; text of scenario and case is escaped."""
        from incidentsim.assessment.scorecard_markdown import scorecard_markdown

        return scorecard_markdown(self)


def assess(record: ExerciseRecord, case: Case) -> Scorecard:
    """Assess one run and what was written of it.

    The score is the mean of what the criteria earn, by weight, held down by the limits that apply. Criteria with
    nothing to measure are left out. The same record and case give the same scorecard.
    """
    facts = Facts(record, case)
    scenario = record.scenario
    lines = tuple(_line(facts, criterion) for criterion in criteria_of(scenario, facts.reconstruction))
    graded = factors(facts)
    before = _mean(lines)
    holding = sorted([*limits(facts), *_for_each_factor(lines, graded, before)], key=lambda each: each.most)
    score = min([before, *(each.most for each in holding)])
    if wrong := defects(facts):
        score = max(0, score - len(wrong))
        named = "; ".join(f"{each.where}: {each.text}" for each in wrong)
        holding.append(Limit(score, f"Each of these takes off a point. {named} The score is at most {score}."))
    about = {
        "incident": scenario.number,
        "title": scenario.title,
        "scenario": scenario.id,
        "scenario_hash": record.scenario_hash,
        "seed": record.seed,
        "variant": record.variant,
        "format": record.format_id,
        "mode": record.mode,
        "pauses": record.pauses,
    }
    milestones = tuple(
        (name, t, "not reached" if t is None else facts.clock(t)) for name, t in facts.milestones.items()
    )
    first = case.first_attempt if second(case) else None
    return Scorecard(score, before, tuple(holding), lines, graded, herrings(facts), milestones, about, first,
                     beside(facts))  # fmt: skip


def _line(facts: Facts, criterion: Criterion) -> Line:
    """A criterion as it was measured, or as a facilitator gave it."""
    score, given = measured(facts, criterion), facts.case.overrides.get(criterion.id)
    if given is None:
        return Line(criterion, score)
    return Line(criterion, replace(score, ratio=given.ratio, unsure=False, applies=True), given, score)


def _for_each_factor(lines: tuple[Line, ...], graded: tuple[Factor, ...], before: int) -> list[Limit]:
    """The limit by which each factor that is not found costs a whole point, where its weight comes to less.

    Of those to compare for yourself every other one does.
    """
    lacking = sum(each.state in {"missed", "unproven"} for each in graded)
    unsure = sum(each.state == "compare" for each in graded)
    found_all = tuple(
        replace(each, measured=replace(each.measured, ratio=1.0)) if each.criterion.measure == "factors" else each
        for each in lines
    )
    most = max(before // STAYS, _mean(found_all) - lacking - (unsure + 1) // 2)
    if not (lacking or unsure) or most >= before:
        return []
    text = f"Each contributing factor that is not found and proven takes off at least a point. Not found: {lacking}."
    if unsure:
        text += f" One to compare for yourself takes off half of that. To compare: {unsure}."
    return [Limit(most, f"{text} The score is at most {most}.")]


def _mean(lines: tuple[Line, ...]) -> int:
    """The mean of the ratios by weight, in whole points, halves up; counted in whole thousandths."""
    applied = [each for each in lines if each.measured.applies]
    weights = sum(each.criterion.weight for each in applied)
    if not weights:
        return 0
    earned = sum(each.criterion.weight * round(each.measured.ratio * 1000) for each in applied)
    return (2 * earned * HIGHEST + 1000 * weights) // (2 * 1000 * weights)
