"""What was said beforehand and how sure somebody was, against how it turned out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.scenario.units import MINUTE
from incidentsim.text.concepts import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidentsim.assessment.facts import Act, Facts
    from incidentsim.exercise.record import Prediction

ENOUGH = 5
"""With fewer comparisons than this nothing is said of calibration."""
BAND = 20
"""Percent; statements within a band are told together."""
SOON = 10 * MINUTE
"""A prediction that names no action is about the next one within this time."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said with a *confidence* (percent, as first said), and whether it came out so.

    *kind*: ``hypothesis`` (its words name a condition of the truth, or a red herring) or ``prediction`` (the action
    came to something without harm, or did not).
    """

    kind: str
    text: str
    confidence: int
    happened: bool


def said(facts: Facts) -> tuple[Said, ...]:
    """All that can be compared, hypotheses first. Words are compared, so that a person has to look again."""
    return (*_hypotheses(facts), *_predictions(facts))


def _hypotheses(facts: Facts) -> Iterator[Said]:
    truth = facts.record.scenario.truth
    first = [each.args.get("confidence") for each in facts.record.commands[facts.record.theirs :]
             if each.verb == "hypothesis" and not each.target]  # fmt: skip
    for number, each in enumerate(facts.record.hypotheses):
        right = any(names(each.text, condition.concepts) for condition in truth.conditions)
        wrong = any(names(each.text, herring.concepts) for herring in truth.red_herrings)
        if right != wrong:
            given = first[number] if number < len(first) else None
            yield Said("hypothesis", each.text, given if isinstance(given, int) else each.confidence, right)


def _predictions(facts: Facts) -> Iterator[Said]:
    for each in facts.record.predictions:
        act = _about(facts, each)
        if act is not None and each.confidence is not None and (act.done or act.refused):
            yield Said("prediction", each.text, each.confidence, act.useful)


def _about(facts: Facts, prediction: Prediction) -> Act | None:
    for act in facts.acts:
        if prediction.about:
            if str(act.command.id) == prediction.about:
                return act
        elif 0 <= act.command.t - prediction.t <= SOON:
            return act
    return None


def brier(compared: Sequence[Said]) -> float | None:
    """The mean squared distance of confidence from outcome, 0 to 1; None where there is nothing to compare."""
    if not compared:
        return None
    return sum((each.confidence / 100 - each.happened) ** 2 for each in compared) / len(compared)


def by_confidence(compared: Sequence[Said]) -> tuple[tuple[int, int, int], ...]:
    """(lowest percent of a band of twenty, how many were said so, how many came out so), the surest first."""
    found: dict[int, list[bool]] = {}
    for each in compared:
        found.setdefault(min(each.confidence, 80) // BAND * BAND, []).append(each.happened)
    return tuple((low, len(outcomes), sum(outcomes)) for low, outcomes in sorted(found.items(), reverse=True))
