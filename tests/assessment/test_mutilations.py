"""Each single damage to a worked case costs something, and the scorecard names what."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from incidentsim.assessment.scorecard import Scorecard, assess
from incidentsim.case.document import Case, RowEdit
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.policies import play
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.units import MINUTE
from incidentsim.timeline.records import timeline

SCENARIOS = ("inc-2024-0312", "inc-2024-0527", "inc-2025-0918", "inc-2025-1103")


@functools.cache
def worked(scenario: str) -> tuple[ExerciseRecord, Case, Scorecard]:
    """The reference policy's run, what it writes with its milestones marked, and its scorecard."""
    exercise = Exercise(setting_for(scenario))
    seat = Seat(exercise)
    policy = next(each for each in exercise.scenario.policies if each.id == "reference")
    run = play(policy, seat)
    record = exercise.record()
    rows = timeline(record)
    marks = {}
    for name in ("detected", "mitigated"):
        moment = assess(record, Case()).about and _moment(record, name)
        near = min(rows, key=lambda row: abs(row.t - moment))
        marks[near.key] = RowEdit(milestone=name)
    case = written_case(run, seat, record).model_copy(update={"timeline": marks})
    return record, case, assess(record, case)


def _moment(record: ExerciseRecord, name: str) -> int:
    return next(t for each, t, _ in assess(record, Case()).milestones if each == name and t is not None)


def while_found(record: ExerciseRecord, case: Case, card: Scorecard, take: Callable[[Case, str], Case]) -> Case:
    """Damage each why that names the first factor that is found, until it is not found any more."""
    condition = next(each.condition.id for each in card.factors if each.state == "found")
    while (factor := next(each for each in card.factors if each.condition.id == condition)).state == "found":
        case = take(case, factor.why)
        card = assess(record, case)
    return case


def factor_removed(record: ExerciseRecord, case: Case, card: Scorecard) -> tuple[Case, str]:
    def without(case: Case, gone: str) -> Case:
        kept = tuple(
            each.model_copy(update={"parent": None}) if each.parent == gone else each
            for each in case.whys
            if each.id != gone
        )
        return case.model_copy(update={"whys": kept})

    return while_found(record, case, card, without), ""


def evidence_swapped(record: ExerciseRecord, case: Case, card: Scorecard) -> tuple[Case, str]:
    showing = {each for factor in card.factors for each in factor.held}
    other = next(each.id for each in record.evidence if each.id not in showing)

    def swapped(case: Case, why: str) -> Case:
        whys = tuple(each.model_copy(update={"cites": (other,)}) if each.id == why else each for each in case.whys)
        return case.model_copy(update={"whys": whys})

    return while_found(record, case, card, swapped), ""


def blame_added(record: ExerciseRecord, case: Case, card: Scorecard) -> tuple[Case, str]:
    first, *rest = case.sections["summary"]
    text = f"{first.text} The release engineer was careless and forgot to ask."
    return case.model_copy(
        update={"sections": {**case.sections, "summary": (first.model_copy(update={"text": text}), *rest)}}
    ), "judges people"


def action_made_vague(record: ExerciseRecord, case: Case, card: Scorecard) -> tuple[Case, str]:
    first, *rest = case.action_items
    vague = first.model_copy(update={"title": "Improve the pipeline"})
    return case.model_copy(update={"action_items": (vague, *rest)}), f"{first.id}: The title says no more"


def end_made_vague(record: ExerciseRecord, case: Case, card: Scorecard) -> tuple[Case, str]:
    first, *rest = case.action_items
    vague = first.model_copy(update={"done_when": "everybody is content"})
    return case.model_copy(update={"action_items": (vague, *rest)}), f"{first.id}: Nobody can see"


def milestone_moved(record: ExerciseRecord, case: Case, card: Scorecard) -> tuple[Case, str]:
    key = next(key for key, each in case.timeline.items() if each.milestone == "mitigated")
    moment = _moment(record, "mitigated")
    far = next(row for row in timeline(record) if row.key != key and abs(row.t - moment) > 20 * MINUTE)
    rest = {name: each for name, each in case.timeline.items() if name != key}
    return case.model_copy(
        update={"timeline": {**rest, far.key: RowEdit(milestone="mitigated")}}
    ), "mitigated: It is marked"


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize(
    "damage",
    [factor_removed, evidence_swapped, blame_added, action_made_vague, end_made_vague, milestone_moved],
    ids=lambda each: each.__name__,
)
def test_a_damage_to_the_worked_case_lowers_the_score_and_is_named(
    scenario: str, damage: Callable[[ExerciseRecord, Case, Scorecard], tuple[Case, str]]
) -> None:
    record, case, card = worked(scenario)
    damaged, named = damage(record, case, card)
    after = assess(record, damaged)
    assert after.score < card.score
    lost = {each.condition.id for each in card.factors if each.state == "found"} - {
        each.condition.id for each in after.factors if each.state == "found"
    }
    assert (named and named in " ".join(each.rule for each in after.limits)) or (not named and lost)
