"""The plays that prove a scenario: which policies, under which variants, with which seeds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from incidentsim.authoring.gaming import derived
from incidentsim.authoring.playing import Played, played
from incidentsim.exercise.policies import IDLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from incidentsim.exercise.exercise import Setting
    from incidentsim.scenario.play import Policy
    from incidentsim.whatif.statistics import Summary

HONEST = ("reference", "typical", "idle", "harmful")


@dataclass(frozen=True, slots=True)
class Only:
    """A part of all plays: these policies, under these variants (None is the scenario as it stands)."""

    policies: frozenset[str]
    variants: tuple[str | None, ...]


@dataclass(slots=True)
class Plays:
    """Everything that was played of one scenario, by variant and policy, in the order of seeds."""

    found: dict[tuple[str | None, str], list[Played]] = field(default_factory=dict)

    def add(self, play: Played) -> None:
        """Keep a play."""
        self.found.setdefault((play.variant, play.policy), []).append(play)

    def of(self, variant: str | None, policy: str) -> list[Played]:
        """The plays of one policy under one variant; none where it was not played."""
        return self.found.get((variant, policy), [])

    def variants(self) -> tuple[str | None, ...]:
        """The variants that were played; None is the scenario as it stands."""
        return tuple(dict.fromkeys(variant for variant, _ in self.found))

    def score(self, variant: str | None, policy: str) -> Summary | None:
        """The mean score with its 95% interval."""
        from incidentsim.whatif.statistics import Value, summary

        plays = self.of(variant, policy)
        return summary([Value(Fraction(each.score)) for each in plays]) if plays else None


def policies_of(setting: Setting) -> tuple[Policy, ...]:
    """The scenario's own policies, those derived from it, and ``idle``, each once."""
    own = {each.id: each for each in setting.scenario.policies}
    return tuple({IDLE.id: IDLE, **own, **derived(setting.scenario, setting.seed)}.values())


def planned(setting: Setting, seeds: Iterable[int], only: Only | None = None) -> list[tuple[Setting, str]]:
    """(setting, policy) of each play: every policy under every variant with every seed, or *only* some of them."""
    variants: tuple[str | None, ...] = (None, *(each.id for each in setting.scenario.variants))
    names = [each.id for each in policies_of(setting)]
    if only is not None:
        variants = tuple(each for each in variants if each in only.variants)
        names = [each for each in names if each in only.policies]
    return [(replace(setting, seed=seed, variant=variant), name)
            for variant in variants for name in names for seed in seeds]  # fmt: skip


def carried_out(
    setting: Setting,
    seeds: Iterable[int],
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    only: Only | None = None,
) -> Plays:
    """Play everything, or *only* some of it. *progress* hears (done, all) after each play."""
    plan, plays = planned(setting, seeds, only), Plays()
    for done, play in enumerate(_run(plan, jobs), 1):
        plays.add(play)
        if progress is not None:
            progress(done, len(plan))
    return plays


def _run(plan: list[tuple[Setting, str]], jobs: int) -> Iterator[Played]:
    if jobs <= 1:
        yield from (_play(setting, name) for setting, name in plan)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs, return_as="generator")(delayed(_play)(setting, name) for setting, name in plan)


def _play(setting: Setting, name: str) -> Played:
    return played(setting, next(each for each in policies_of(setting) if each.id == name))
