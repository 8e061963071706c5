"""The rubric: measures by name, the criteria of a scenario, and limits on the total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.assessment.facts import SPACING, Facts
from incidentsim.assessment.measured import left_out, minutes
from incidentsim.assessment.measures import analysis, communication, improvement, practice, reconstruction, response
from incidentsim.scenario.play import Criterion

if TYPE_CHECKING:
    from incidentsim.assessment.measured import Measured
    from incidentsim.case.document import Case
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.document import Scenario

Measure = Callable[[Facts, Criterion], "Measured"]

MEASURES: dict[str, Measure] = {
    "loss-stopped": response.loss_stopped,
    "budget": response.budget,
    "detection": response.detection,
    "harm": response.harm,
    "resolution": response.resolution,
    "declaration": communication.declaration,
    "expectations": communication.expectations,
    "briefing": communication.briefing,
    "factors": analysis.factors,
    "whys": analysis.whys,
    "evidence": analysis.evidence,
    "herrings": analysis.herrings,
    "action-items": improvement.action_items,
    "timeline": practice.timeline,
    "economy": practice.economy,
    "prediction": practice.prediction,
    "milestones": reconstruction.milestones,
}


def measure(record: ExerciseRecord, case: Case, criterion: Criterion) -> Measured:
    """What one criterion of a rubric says about a run and what was written of it."""
    return measured(Facts(record, case), criterion)


AFTERWARDS = ("analysis", "improvement")
"""Families that measure what is written when play is over."""
TIMELINE = Criterion(
    id="reconstructed-timeline", title="The milestones are found", family="practice", weight=20, measure="milestones",
    senior="Start, detection, declaration, mitigation and resolution each stand on a row of a file, within minutes.",
    staff="As senior; and where files disagree about a moment, the timeline says which one it trusts and why.",
)  # fmt: skip
"""What a reconstruction is measured by besides."""


def criteria_of(scenario: Scenario, reconstruction: bool = False) -> tuple[Criterion, ...]:
    """The scenario's rubric, or, where it has none, a small one of what any run can be measured by.

    That of a *reconstruction* always has one of the milestones.
    """
    criteria = scenario.rubric or _default(scenario)
    if not reconstruction or any(each.measure == TIMELINE.measure for each in criteria):
        return criteria
    return (*criteria, TIMELINE)


def measured(facts: Facts, criterion: Criterion) -> Measured:
    """What a criterion says; in a reconstruction, what others did in play is nobody's to be measured by."""
    if facts.reconstruction and criterion.family not in AFTERWARDS and criterion.measure != TIMELINE.measure:
        return left_out("Others responded; this is about what was found afterwards.", "Left out of a reconstruction.")
    return MEASURES[criterion.measure](facts, criterion)


def _default(scenario: Scenario) -> tuple[Criterion, ...]:
    truth = scenario.truth
    chosen = [
        Criterion(id="whys", title="The whys rest on evidence", family="analysis", weight=25, measure="whys"),
        Criterion(id="evidence", title="Statements cite evidence", family="analysis", weight=20, measure="evidence"),
        Criterion(id="actions", title="Action items", family="improvement", weight=25, measure="action-items"),
        Criterion(id="timeline", title="A record is kept", family="practice", weight=15, measure="timeline"),
        Criterion(id="declaration", title="The incident is declared", family="communication", weight=15,
                  measure="declaration"),
        Criterion(id="briefing", title="Leadership is briefed", family="communication", weight=10,
                  measure="briefing"),
    ]  # fmt: skip
    if truth.losing is not None and truth.mitigated is not None:
        chosen.append(Criterion(id="stopped", title="The loss is stopped", family="response", weight=30,
                                measure="loss-stopped"))  # fmt: skip
        chosen.append(Criterion(id="harm", title="Nothing is made worse", family="response", weight=10, measure="harm"))
    if truth.conditions:
        chosen.append(Criterion(id="factors", title="Contributing factors are found and proven", family="analysis",
                                weight=30, measure="factors"))  # fmt: skip
        chosen.append(Criterion(id="economy", title="Looking and acting with aim", family="practice", weight=10,
                                measure="economy"))  # fmt: skip
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule that holds the total down, and why it does here."""

    most: int
    rule: str


NOT_STOPPED = 45
SCATTERED = 50
FEW_ACTS = 8
LEAST_USEFUL = 0.34
"""A share of actions; below it, with more than a few, acting had no aim."""
FLOODED = 60


def limits(facts: Facts) -> tuple[Limit, ...]:
    """The limits that hold for a run, lowest first; none for how others responded."""
    if facts.reconstruction:
        return ()
    found = []
    if not facts.stopped:
        found.append(Limit(NOT_STOPPED, f"The loss was not stopped: the score is at most {NOT_STOPPED}."))
    acts, aimed = len(facts.acts), len(facts.aimed)
    if acts > FEW_ACTS and aimed < LEAST_USEFUL * acts:
        text = f"Of {acts} actions {aimed} came to something without harm: the score is at most {SCATTERED}."
        found.append(Limit(SCATTERED, text))
    if facts.flooded:
        updates, hasty = len(facts.updates), sum(each.hasty for each in facts.updates)
        text = (
            f"Of {updates} status updates {hasty} came within {minutes(SPACING)} min of another to the same audience, "
            f"more than anybody reads: the score is at most {FLOODED}."
        )
        found.append(Limit(FLOODED, text))
    return tuple(sorted(found, key=lambda each: each.most))
