"""What the whys come to: conditions that were necessary, and the smallest sets without which there were no incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.analysis.and_or import AndOr, CutSets, Gate
from incidentsim.analysis.whys import EFFECT, WhysGraph

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_CAUSES = frozenset({"recovered"})
"""The branch that says why it could be brought back; taking that away would prevent nothing."""


@dataclass(frozen=True, slots=True)
class Causes:
    """What follows from the whys, as they are written.

    *necessary*: ids of whys, in the order of the whys, without each of which the effect, as it was, would not have
    come about. *cut_sets*: the smallest sets of whys of which that is true together. *changeable*: the same of whys
    at which somebody said that it can be changed. *unsaid*: whys beside others of which nobody said whether all were
    needed; each is taken to suffice alone, so less is claimed.
    """

    necessary: tuple[str, ...]
    cut_sets: CutSets
    changeable: CutSets
    unsaid: tuple[str, ...]


def causes_of(graph: WhysGraph) -> Causes:
    """What the whys come to. The effect needed every branch that is answered: that it happened, that it was not
    noticed, that it lasted.
    """
    model, unsaid = and_or(graph)
    order = [why.id for why in graph.whys]
    needed = model.necessary(EFFECT)
    changeable = {why.id for why in graph.whys if why.stop == "controllable"}
    known = set(order)
    return Causes(
        tuple(each for each in order if each in needed),
        _ordered(model.cut_sets(EFFECT, known.__contains__), order),
        _ordered(model.cut_sets(EFFECT, changeable.__contains__), order),
        unsaid,
    )


def and_or(graph: WhysGraph) -> tuple[AndOr, tuple[str, ...]]:
    """The whys as an AND/OR graph, and the whys whose gate nobody said.

    Siblings marked ``and`` are needed together; any other sibling is taken to suffice alone.
    """
    causes: dict[str, list[str]] = {EFFECT: []}
    gates: dict[str, Gate] = {}
    unsaid: list[str] = []
    kept = [why for why in graph.whys if not why.ruled_out and why.branch not in NOT_CAUSES]
    names = {why.id for why in kept}
    roots = [each for each in graph.children(EFFECT) if each in names]
    for branch in dict.fromkeys(graph.by_id[each].branch for each in roots):
        answers = [each for each in roots if graph.by_id[each].branch == branch]
        causes[EFFECT] += _group(graph, f"\0{branch}", answers, causes, gates, unsaid)
    gates[EFFECT] = "all"
    for why in kept:
        below = [each for each in graph.children(why.id) if each in names]
        causes[why.id] = _group(graph, f"\0{why.id}", below, causes, gates, unsaid)
        gates[why.id] = "all"
    return AndOr(causes, gates), tuple(unsaid)


def _group(
    graph: WhysGraph, name: str, siblings: Sequence[str], causes: dict[str, list[str]], gates: dict[str, Gate],
    unsaid: list[str],
) -> list[str]:  # fmt: skip
    """What stands for siblings: those needed together as one, beside those that suffice alone."""
    if len(siblings) < 2:
        return list(siblings)
    together = [each for each in siblings if graph.by_id[each].gate == "and"]
    alone = [each for each in siblings if graph.by_id[each].gate != "and"]
    unsaid += [each for each in alone if graph.by_id[each].gate is None]
    if not alone:
        return together
    ways = list(alone)
    if together:
        causes[f"{name}\0and"], gates[f"{name}\0and"] = together, "all"
        ways.append(f"{name}\0and")
    causes[name], gates[name] = ways, "any"
    return [name]


def _ordered(found: CutSets, order: Sequence[str]) -> CutSets:
    """Cut sets by size, then by the order of the whys."""
    place = {each: number for number, each in enumerate(order)}
    return CutSets(
        tuple(sorted(found.sets, key=lambda one: (len(one), sorted(place[each] for each in one)))), found.cut
    )
