"""The report of a check: everything that is wrong with a scenario, with places, and what the plays came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidentsim.authoring.completeness import check_expectations, check_harm, check_truth
from incidentsim.authoring.spoilers import check_spoilers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incidentsim.authoring.plays import Only, Plays
    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.findings import Finding, Note

READ = (check_truth, check_expectations, check_harm, check_spoilers)
"""Checks that need no play."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of one scenario found; *more*: findings that are not shown; *plays*: None where none were made."""

    name: str
    findings: tuple[Finding, ...]
    more: int = 0
    plays: Plays | None = None

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(each.severity == "error" for each in self.findings) + self.more

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {
            "file": self.name,
            "findings": [each.to_json() for each in self.findings],
            "more": self.more,
            "plays": [] if self.plays is None else scores(self.plays),
        }


def scores(plays: Plays) -> list[dict[str, Any]]:
    """One row a variant and policy: the mean score and its interval, how many plays were mitigated and resolved, and
    the mean of the largest share of a budget that was spent.
    """
    rows = []
    for (variant, policy), found in plays.found.items():
        score = plays.score(variant, policy)
        rows.append({
            "variant": variant, "policy": policy, "plays": len(found),
            "score": None if score is None or score.mean is None else round(float(score.mean), 1),
            "low": score.low if score else None, "high": score.high if score else None,
            "mitigated": sum("mitigated" in each.milestones for each in found),
            "resolved": sum("resolved" in each.milestones for each in found),
            "budget": round(sum(each.spent for each in found) / len(found), 4),
        })  # fmt: skip
    return rows


def examined(
    name: str,
    seeds: int,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    only: Only | None = None,
) -> Report:
    """Check a scenario, by id or path; with *seeds* above 0, play it with so many, or *only* some of it."""
    from incidentsim.scenario.findings import Finding, ScenarioError
    from incidentsim.scenario.library import find
    from incidentsim.scenario.loading import load, located
    from incidentsim.text.problem import Problem

    try:
        path = find(name)
        loaded = load(path)
    except ScenarioError as error:
        return Report(name, error.findings, error.more)
    except Problem as error:
        return Report(name, (Finding("error", "file", "", None, None, error.message, error.mend),))
    notes = [note for check in READ for note in check(loaded.scenario)]
    plays = None
    if seeds and not notes:
        plays = _played(loaded.scenario, path, range(1, seeds + 1), jobs, progress, only)
        from incidentsim.authoring.proving import check_plays

        notes += check_plays(loaded.scenario, plays)
    return Report(name, (*located(_once(notes), path), *loaded.warnings), 0, plays)


def _played(
    scenario: Scenario,
    path: Path,
    seeds: range,
    jobs: int,
    progress: Callable[[int, int], None] | None,
    only: Only | None,
) -> Plays:
    from incidentsim.authoring.plays import carried_out
    from incidentsim.exercise.exercise import Setting

    return carried_out(Setting(scenario, {}, str(path), 1), seeds, jobs, progress, only)


def _once(notes: list[Note]) -> list[Note]:
    return list(dict.fromkeys(notes))
