"""What several drills say together: what got better, what to practise, which scenario fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FAMILIES = ("response", "communication", "analysis", "improvement", "practice")
CHANGE = 0.1
"""A family counts as better or worse from this difference of its ratio on."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill: its exercise, scenario and scorecard as JSON (`incidentsim.assessment.scorecard`)."""

    exercise: str
    scenario: str
    title: str
    card: dict[str, Any]

    @property
    def score(self) -> int:
        """0 to 100: of what was written before the scorecard was seen."""
        return int(self.card.get("first_attempt", self.card)["score"])

    def family(self, name: str) -> float | None:
        """What the criteria of a family earned, 0 to 1; None where none was measured."""
        first = self.card.get("first_attempt", {"ratios": {}})["ratios"]
        counted = [each for each in self.card["criteria"] if each["family"] == name and each["ratio"] is not None]
        weights = sum(each["weight"] for each in counted)
        earned = sum(each["weight"] * first.get(each["id"], each["ratio"]) for each in counted)
        return earned / weights if weights else None


@dataclass(frozen=True, slots=True)
class History:
    """*better* and *worse*: families whose ratio in the later half differs from that of the earlier half; (name,
    before, after). *practise*: (family, ratio, how many drills it was lowest in). *next*: the scenario that fits.
    """

    drills: tuple[Drill, ...]
    better: tuple[tuple[str, float, float], ...]
    worse: tuple[tuple[str, float, float], ...]
    practise: tuple[str, float, int] | None
    criterion: str
    """The title of the criterion of that family that gained least, lately."""
    next: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {
            "marker": "EXERCISE",
            "drills": [
                {"exercise": each.exercise, "scenario": each.scenario, "score": each.score,
                 **{name: _rounded(each.family(name)) for name in FAMILIES}}
                for each in self.drills
            ],
            "better": [list(each) for each in self.better],
            "worse": [list(each) for each in self.worse],
            "practise": None if self.practise is None else {"family": self.practise[0], "criterion": self.criterion},
            "next": {"scenario": self.next, "reason": self.reason} if self.next else None,
        }  # fmt: skip


def history(drills: Sequence[Drill], weights: Mapping[str, Mapping[str, int]]) -> History:
    """What drills, oldest first, say together.

    *weights*: of each scenario at hand, how much its rubric gives each family.
    """
    half = len(drills) // 2
    changes = [
        (name, before, after)
        for name in FAMILIES
        if half
        and (before := _mean(drills[:half], name)) is not None
        and (after := _mean(drills[len(drills) - half :], name)) is not None
    ]
    better = tuple((name, a, b) for name, a, b in changes if b - a >= CHANGE)
    worse = tuple((name, a, b) for name, a, b in changes if a - b >= CHANGE)
    practise = _practise(drills)
    family = practise[0] if practise else ""
    scenario, reason = _next(drills, weights, family)
    return History(tuple(drills), better, worse, practise, _criterion(drills, family), scenario, reason)


def _practise(drills: Sequence[Drill]) -> tuple[str, float, int] | None:
    """The family that earned least lately: in the last three drills, so that old ones do not stick."""
    late = drills[-3:]
    known = [(mean, name) for name in FAMILIES if (mean := _mean(late, name)) is not None]
    if not known:
        return None
    mean, name = min(known)
    return name, mean, sum(_lowest(each) == name for each in drills)


def _lowest(drill: Drill) -> str:
    known = [(ratio, name) for name in FAMILIES if (ratio := drill.family(name)) is not None]
    return min(known)[1] if known else ""


def _criterion(drills: Sequence[Drill], family: str) -> str:
    for drill in reversed(drills):
        lacking = [
            (each["weight"] * (1 - each["ratio"]), each["title"])
            for each in drill.card["criteria"]
            if each["family"] == family and each["ratio"] is not None
        ]
        if lacking:
            return str(max(lacking)[1])
    return ""


def _next(drills: Sequence[Drill], weights: Mapping[str, Mapping[str, int]], family: str) -> tuple[str, str]:
    """The scenario to play next: the least played, of those the one whose rubric weighs the family most."""
    if not weights:
        return "", ""
    times = {name: sum(each.scenario == name for each in drills) for name in weights}

    def share(name: str) -> float:
        whole = sum(weights[name].values())
        return weights[name].get(family, 0) / whole if whole else 0.0

    chosen = min(weights, key=lambda name: (times[name], -share(name), name))
    if not times[chosen]:
        return chosen, "You have not played it yet."
    return chosen, f"Played {times[chosen]} times; a variant or another seed moves where and how it fails."


def _mean(drills: Sequence[Drill], family: str) -> float | None:
    known = [ratio for each in drills if (ratio := each.family(family)) is not None]
    return round(sum(known) / len(known), 3) if known else None


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 3)
