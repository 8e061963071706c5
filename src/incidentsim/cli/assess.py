"""``incidentsim assess``: how a score comes about, what several drills say together, and a facilitator's word."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from incidentsim.assessment.history import Drill
    from incidentsim.case.document import Case
    from incidentsim.exercise.record import ExerciseRecord

CASE = "case.yaml"
NOT_OVER = "play is not over, and a score would tell what only the debrief may"


@click.group(help="Explain a score, look back over drills, or put a facilitator's judgement beside it.")
def assess() -> None:
    """The command group."""


def _read(name: str) -> tuple[Path, ExerciseRecord, Case]:
    """The case file, the record and the case of an exercise that is over. Raises `Problem`."""
    from incidentsim.case.file import fresh, load
    from incidentsim.exercise.folder import find
    from incidentsim.exercise.runs import read_exercise
    from incidentsim.text.problem import Problem

    path = find(name)
    exercise = read_exercise(path)
    number = exercise.setting.exercise_id
    if not exercise.over:
        mend = f"Play it to the end first: incidentsim exercise resume {number}"
        raise Problem(NOT_OVER, place=str(path), mend=mend)
    file = path.parent / CASE
    return file, exercise.record(), load(file) if file.exists() else fresh(exercise.scenario, number)


@assess.command(help="Print the whole computation of an exercise's score. It holds spoilers.")
@click.argument("exercise")
@click.option("--no-prices", is_flag=True, help="Leave out what choices cost, which takes a few runs.")
@click.option("--json", "as_json", is_flag=True, help="The scorecard as JSON.")
def explain(exercise: str, no_prices: bool, as_json: bool) -> None:
    """Criteria with their arithmetic, the total, factors, clues, prices."""
    from incidentsim.assessment.attempts import NOTICE, closed
    from incidentsim.assessment.explain import explained
    from incidentsim.assessment.scorecard import assess as scored
    from incidentsim.case.file import save
    from incidentsim.text.escaping import for_terminal

    file, record, case = _read(exercise)
    if case.first_attempt is None:
        case = closed(record, case)
        save(case, file)
        click.echo(NOTICE, err=True)
    if as_json:
        click.echo(json.dumps(scored(record, case).to_json(), ensure_ascii=False, indent=2))
        return
    if not no_prices and sys.stderr.isatty():
        click.echo("Working out what choices cost …", err=True)
    for line in explained(record, case, priced=not no_prices):
        click.echo(for_terminal(line))


@assess.command(help="Give a criterion another ratio than was measured, with a reason. It stands in the scorecard.")
@click.argument("exercise")
@click.argument("criterion")
@click.option("--ratio", type=click.FloatRange(0, 1), required=True, help="What it earns, 0 to 1.")
@click.option("--reason", required=True, help="Why; the trainee reads it.")
@click.option("--by", default="facilitator", show_default=True, help="A role.")
def override(exercise: str, criterion: str, ratio: float, reason: str, by: str) -> None:
    """Writes it into the case; the score before and after are said."""
    from incidentsim.assessment.facts import Facts
    from incidentsim.assessment.rubric import criteria_of
    from incidentsim.assessment.scorecard import assess as scored
    from incidentsim.case.document import Override
    from incidentsim.case.file import save
    from incidentsim.text.escaping import for_terminal
    from incidentsim.text.problem import Problem

    file, record, case = _read(exercise)
    known = [each.id for each in criteria_of(record.scenario, Facts(record, case).reconstruction)]
    if criterion not in known:
        raise Problem(f"there is no criterion {criterion[:80]!r}", mend=f"There are: {', '.join(known)}.")
    if not 0 <= ratio <= 1:
        raise Problem(f"the ratio {ratio:g} is not a number from 0 to 1", mend="Give 0, 1 or something between.")
    if not reason.strip() or len(by) > 200:
        raise Problem("an override has a reason, and is by a role", mend="Say why in a sentence.")
    given = Override(ratio=ratio, reason=reason, by=by)
    changed = case.model_copy(update={"overrides": {**case.overrides, criterion: given}})
    before, after = scored(record, case).score, scored(record, changed).score
    save(changed, file)
    click.echo(for_terminal(f"{criterion}: {ratio:g}, by the {by}. The score was {before} and is {after}."))


@assess.command(help="What your drills say together: what got better, what to practise, which scenario fits.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def history(as_json: bool) -> None:
    """One line a drill, then what they say."""
    from incidentsim.assessment.history import FAMILIES
    from incidentsim.assessment.history import history as summed
    from incidentsim.text.escaping import for_terminal

    drills, problems = _drills()
    for each in problems:
        click.echo(for_terminal(each), err=True)
    found = summed(drills, _weights())
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
        return
    if not drills:
        click.echo("No drill was played to its end yet. Start one with: incidentsim drill inc-2024-0312")
        return
    for drill in drills:
        ratios = (f"{name} {'–' if (ratio := drill.family(name)) is None else f'{ratio:.0%}'}" for name in FAMILIES)
        click.echo(for_terminal(f"{drill.exercise}  {drill.score:>3}  {' · '.join(ratios)}"))
    for word, changes in (("Better", found.better), ("Less than before", found.worse)):
        for name, before, after in changes:
            click.echo(f"{word}: {name}, {before:.0%} to {after:.0%}.")
    if found.practise is not None:
        name, mean, _ = found.practise
        click.echo(for_terminal(f"To practise: {name} ({mean:.0%} lately). Begin with: {found.criterion}."))
    if found.next:
        click.echo(for_terminal(f"Next: incidentsim drill {found.next}. {found.reason}"))


def _drills() -> tuple[list[Drill], list[str]]:
    """The exercises of this person that are over, oldest first, and what is wrong with those that cannot be read."""
    from incidentsim.assessment.history import Drill
    from incidentsim.assessment.scorecard import assess as scored
    from incidentsim.exercise.folder import exercises
    from incidentsim.text.problem import Problem

    found, problems = [], []
    entries = exercises()
    with click.progressbar(entries, label="Scoring", file=sys.stderr, hidden=not sys.stderr.isatty()) as going:
        for entry in going:
            try:
                if entry.problem:
                    raise Problem(entry.problem)
                _, record, case = _read(str(entry.path.parent))
                found.append(Drill(entry.id, record.scenario.id, record.scenario.title, scored(record, case).to_json()))
            except Problem as problem:
                if problem.message != NOT_OVER:
                    problems.append(f"{entry.id}: {problem.report()}")
    return found, problems


def _weights() -> dict[str, dict[str, int]]:
    """How much the rubric of each scenario at hand gives each family; those that cannot be read are left out."""
    from incidentsim.assessment.rubric import criteria_of
    from incidentsim.exercise.settings import setting_for
    from incidentsim.scenario.library import entries
    from incidentsim.text.problem import Problem

    found: dict[str, dict[str, int]] = {}
    for entry in entries():
        try:
            scenario = setting_for(entry.id).scenario
        except Problem:
            continue
        found[entry.id] = {}
        for criterion in criteria_of(scenario):
            found[entry.id][criterion.family] = found[entry.id].get(criterion.family, 0) + criterion.weight
    return found
