"""What a study found: runs of the seeds that are finished, means with intervals, paired differences."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from incidentsim.simulation.engine_version import ENGINE_VERSION
from incidentsim.whatif.assumptions import assumptions
from incidentsim.whatif.measures import BUDGET, TOTAL, Measure, measures, value
from incidentsim.whatif.outcome import Outcome, digest_of
from incidentsim.whatif.quiet import QuietWeek
from incidentsim.whatif.running import SERIAL, finished
from incidentsim.whatif.statistics import Summary, Value, differences, summary
from incidentsim.whatif.work import FIXED, INCIDENT, SHIFTED, Document, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.whatif.plan import Arm
    from incidentsim.whatif.study import Study

MARKER, EVIDENCE = "EXERCISE", "MODELLED"


@dataclass(frozen=True)
class Result:
    """A study's finished seeds and all of their runs, in the study's order whatever order they were run in."""

    study: Study
    seeds: tuple[int, ...]
    runs: tuple[Run, ...]

    @property
    def interrupted(self) -> bool:
        """Some seeds are missing."""
        return len(self.seeds) < len(self.study.seeds)

    @property
    def digest(self) -> str:
        """SHA-256 over the digests of all runs."""
        return digest_of([each.result.digest for each in self.runs])

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What was measured."""
        return measures(self.study.scenario)

    @cached_property
    def _outcomes(self) -> dict[tuple[str, str, str], list[Outcome]]:
        found: dict[tuple[str, str, str], list[Outcome]] = {}
        for run in self.runs:
            if isinstance(run.result, Outcome):
                found.setdefault((run.world, run.arm, run.responder), []).append(run.result)
        return found

    def outcomes(self, arm: Arm, world: str = INCIDENT, responder: str | None = None) -> list[Outcome]:
        """An arm's outcomes, one a finished seed, in the order of the seeds."""
        return self._outcomes.get((world, arm.id, responder or self.leading), [])

    @property
    def leading(self) -> str:
        """The responder model that comes first: the shifted one, where it was run."""
        return SHIFTED if SHIFTED in self.study.responders else FIXED

    def _values(self, measure: str, arm: Arm, world: str, responder: str | None) -> list[Value | None]:
        duration = self.study.scenario.duration
        return [value(measure, each, duration) for each in self.outcomes(arm, world, responder)]

    def mean(self, measure: str, arm: Arm, world: str = INCIDENT, responder: str | None = None) -> Summary:
        """An arm's mean over the finished seeds."""
        return summary(self._values(measure, arm, world, responder))

    def difference(self, measure: str, arm: Arm, world: str = INCIDENT, responder: str | None = None) -> Summary:
        """The mean of an arm's value less the first arm's with the same seed; below 0 it is better."""
        base = self._values(measure, self.study.arms[0], world, responder)
        return summary(differences(self._values(measure, arm, world, responder), base))

    def over_siblings(self, measure: str, arm: Arm) -> Fraction | None:
        """The mean of an arm's differences over the siblings, each counting the same; None where there are none."""
        found = [self.difference(measure, arm, each.id).mean for each in self.study.worlds[1:]]
        means = [each for each in found if each is not None]
        return sum(means, Fraction(0)) / len(means) if means else None

    def quiet(self, arm: Arm) -> list[QuietWeek]:
        """An arm's quiet weeks, one a finished seed."""
        return [run.result for run in self.runs if run.arm == arm.id and isinstance(run.result, QuietWeek)]

    def alarms(self, arm: Arm) -> Summary:
        """False alarms in a quiet week."""
        return summary([Value(each.alarms) for each in self.quiet(arm)])

    def alarm_minutes(self, arm: Arm) -> Summary:
        """Responder minutes that false alarms take in a quiet week."""
        return summary([Value(each.minutes) for each in self.quiet(arm)])

    @cached_property
    def main(self) -> Measure | None:
        """The budget of which the first arm spends most on the incident; the loss where there are no budgets."""
        base = self.study.arms[0]
        spent = [(self.mean(each.id, base).mean or 0, each) for each in self.measures if each.id.startswith(BUDGET)]
        if spent:
            return max(spent, key=lambda each: each[0])[1]
        return next((each for each in self.measures if each.id == TOTAL), None)

    def ordered(self) -> tuple[Arm, ...]:
        """The other arms; of controls, those first that save most of the main budget on the incident, then most
        items, then those with fewer false alarms.
        """
        others = self.study.arms[1:]
        if self.study.kind != "controls" or not self.seeds:
            return others
        main = self.main
        lost = [each.id for each in self.measures if each.id == TOTAL]

        def place(arm: Arm) -> tuple[Any, ...]:
            keys = [*([main.id] if main is not None else []), *lost]
            saved = [self.difference(each, arm).mean or 0 for each in keys]
            return (*saved, self.alarms(arm).mean or 0, arm.id)

        return tuple(sorted(others, key=place))

    def to_json(self) -> dict[str, Any]:
        """Everything, for programs: the same whatever ran it."""
        study = self.study
        return {
            "marker": MARKER,
            "class": EVIDENCE,
            "study": study.kind,
            "scenario": {"id": study.scenario.id, "number": study.scenario.number, "hash": study.setting.scenario_hash},
            "engine": ENGINE_VERSION,
            "variant": study.setting.variant,
            "seeds": {"asked": list(study.seeds), "finished": list(self.seeds)},
            "assumptions": assumptions(study),
            "measures": [each.to_json() for each in self.measures],
            "ordered_by": None if self.main is None else self.main.id,
            "worlds": [{"id": each.id, "title": each.title} for each in study.worlds],
            "arms": [self._arm(arm) for arm in (study.arms[0], *self.ordered())],
            "runs": [each.to_json() for each in self.runs],
            "digest": self.digest,
        }

    def _arm(self, arm: Arm) -> dict[str, Any]:
        first = arm is self.study.arms[0]
        found: dict[str, Any] = {
            "id": arm.id,
            "title": arm.title,
            "policy": arm.plan.policy,
            "without": list(arm.plan.without),
            "delays": dict(arm.plan.delays),
            "controls": list(arm.controls),
            "outcomes": [
                {
                    "world": world.id,
                    "responder": responder,
                    "works": sum(each.works for each in self.outcomes(arm, world.id, responder)),
                    "measures": {
                        each.id: self.mean(each.id, arm, world.id, responder).to_json() for each in self.measures
                    },
                    "differences": None if first else {
                        each.id: self.difference(each.id, arm, world.id, responder).to_json() for each in self.measures
                    },
                }
                for world in self.study.worlds
                for responder in self.study.responders
            ],
        }  # fmt: skip
        if arm.controls:
            found["quiet_week"] = {"alarms": self.alarms(arm).to_json(), "minutes": self.alarm_minutes(arm).to_json()}
        return found


class StoppedError(Exception):
    """Raised by what is told of the progress, to end a study early."""


def carry_out(
    study: Study, backend: str = SERIAL, jobs: int = 1, scheduler: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Result:  # fmt: skip
    """Run a study. Ctrl-C ends it early: the result has the seeds of which everything is finished.

    *progress* is called with (finished, all) tasks, and may raise `StoppedError`, which is as Ctrl-C.
    Raises `Problem` where the workers cannot be used.
    """
    document = Document.of(study.setting)
    done: dict[int, list[Run]] = {}
    running = finished(document, study.tasks, backend, jobs, scheduler)
    try:
        for index, runs in running:
            done[index] = runs
            if progress is not None:
                progress(len(done), len(study.tasks))
    except (KeyboardInterrupt, StoppedError):
        # What is finished is kept; the result says how much that is.
        pass
    finally:
        running.close()
    return _collected(study, done)


def _collected(study: Study, done: dict[int, list[Run]]) -> Result:
    missing = {task.seed for index, task in enumerate(study.tasks) if index not in done}
    seeds = tuple(seed for seed in study.seeds if seed not in missing)
    runs = [run for index in sorted(done) for run in done[index] if run.seed not in missing]
    return Result(study, seeds, tuple(runs))
