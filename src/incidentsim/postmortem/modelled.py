"""What controls would have changed, in sentences: the result of a study of controls, one control after the other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from incidentsim.postmortem.formatting import ratio
from incidentsim.postmortem.modelled_cells import amount, bounded, budget_minutes, interval, items, plain, unit
from incidentsim.scenario.units import MINUTE
from incidentsim.text.escaping import one_line
from incidentsim.whatif.assumptions import assumptions
from incidentsim.whatif.measures import TOTAL, Measure
from incidentsim.whatif.work import FIXED, INCIDENT

if TYPE_CHECKING:
    from incidentsim.whatif.plan import Arm
    from incidentsim.whatif.result import Result

DONE_TO_IT = {"ttd": "noticed", "ttm": "mitigated", "ttr": "resolved"}


@dataclass(frozen=True, slots=True)
class ModelledControl:
    """One control: its id and title, what it comes to in a few words, and in sentences."""

    control: str
    title: str
    short: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Modelled:
    """A study's result. *without*: what the run came to without any of them; *partly*: it was ended early."""

    controls: tuple[ModelledControl, ...]
    without: str
    seeds: int
    partly: bool
    assumptions: tuple[str, ...]


def modelled(result: Result) -> Modelled:
    """Put a study of controls into words. The controls stand in the order of what they save."""
    return Modelled(
        tuple(_control(result, arm) for arm in result.ordered()) if result.seeds else (),
        _without(result),
        len(result.seeds),
        result.interrupted,
        tuple(assumptions(result.study)),
    )


def _without(result: Result) -> str:
    main = result.main
    if main is None or not result.seeds:
        return ""
    spent = result.mean(main.id, result.study.arms[0])
    return f"Without any of them: {interval(spent, main)} {_of(main)}{_minutes(budget_minutes(spent, main))}."


def _control(result: Result, arm: Arm) -> ModelledControl:
    outcomes = result.outcomes(arm)
    works = sum(each.works for each in outcomes)
    sentences = [
        f"It works in {works} of {len(outcomes)} runs.",
        _saved(result, arm),
        _sooner(result, arm),
        _siblings(result, arm),
        _alarms(result, arm),
    ]
    return ModelledControl(arm.id, arm.title, _short(result, arm), tuple(each for each in sentences if each))


def _short(result: Result, arm: Arm) -> str:
    """``saves 14.7 % of budget``; nothing where nothing is counted."""
    main = result.main
    if main is None:
        return ""
    saved = result.difference(main.id, arm).mean
    if saved is None:
        return ""
    return f"{'costs' if saved > 0 else 'saves'} {amount(abs(saved), main)} {unit(main)}"


def _saved(result: Result, arm: Arm) -> str:
    main, parts, more = result.main, [], ""
    if main is None:
        return ""
    saved = result.difference(main.id, arm)
    parts.append(f"{interval(saved, main, -1)} {_of(main)}{_minutes(budget_minutes(saved, main, -1))}")
    if main.id != TOTAL and any(each.id == TOTAL for each in result.measures):
        lost, what = result.difference(TOTAL, arm).mean or Fraction(0), result.study.scenario.items
        more = "" if lost <= 0 else f"; {items(lost)} {what} more were lost"
        parts += [f"{items(lost, -1)} {what}"] if lost <= 0 else []
    fixed = result.difference(main.id, arm, INCIDENT, FIXED) if FIXED in result.study.responders else saved
    apart = "" if fixed == saved else f" With everything at the times it was done: {amount(fixed.mean, main, -1)}."
    return f"Saved: {' and '.join(parts)}{more}.{apart}"


def _sooner(result: Result, arm: Arm) -> str:
    told = []
    for span, word in DONE_TO_IT.items():
        apart = result.difference(span, arm)
        if apart.mean is None or abs(apart.mean) < MINUTE:
            continue
        later = apart.mean > 0
        minutes = ratio(abs(apart.mean) / MINUTE, 0)
        told.append(f"{word} {bounded(apart, 1 if later else -1)}{minutes} min {'later' if later else 'sooner'}")
    return f"{'; '.join(told).capitalize()}." if told else ""


def _siblings(result: Result, arm: Arm) -> str:
    main, number = result.main, len(result.study.worlds) - 1
    saved = None if main is None else result.over_siblings(main.id, arm)
    if main is None or saved is None:
        return ""
    which = "In a related failure" if number == 1 else f"In {number} related failures, on average,"
    return f"{which} it saves {amount(saved, main, -1)} {unit(main)}."


def _alarms(result: Result, arm: Arm) -> str:
    alarms, minutes = result.alarms(arm).mean, result.alarm_minutes(arm).mean
    if not alarms:
        return "In a quiet week it calls nobody."
    return f"In a quiet week: {plain(alarms)} false alarms, which take {plain(minutes)} minutes."


def _of(main: Measure) -> str:
    """``% of budget of Event coverage``."""
    return f"{unit(main)} of {one_line(main.title)}" if main.minutes is not None else unit(main)


def _minutes(text: str) -> str:
    return f" ({text} min of it)" if text else ""
