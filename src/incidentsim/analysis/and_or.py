"""Conditions that bring conditions about, by AND and OR: what was necessary, and what would have prevented it.

A node comes about when it is not taken away and what brings it about is there: all of its causes (gate ``all``), or
any of them (gate ``any``). A node without causes is there by itself. Dominators of a flow graph are the case in which
every gate is ``any``; minimal cut sets are those of fault trees (Vesely et al., Fault Tree Handbook, NUREG-0492).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Gate = Literal["all", "any"]
LARGEST = 4
"""Sets of more nodes than this are not looked for."""
MOST_SETS = 2_000
"""More sets than this at one node are cut to the smallest ones."""

Set = frozenset[str]


@dataclass(frozen=True, slots=True)
class CutSets:
    """*sets*: minimal, the smallest first. *cut*: there may be others, larger or beyond what was kept."""

    sets: tuple[Set, ...]
    cut: bool


class AndOr:
    """A graph without circles. `graph` runs from cause to effect; each node has its ``gate``."""

    def __init__(self, causes: Mapping[str, Sequence[str]], gates: Mapping[str, Gate]) -> None:
        """*causes*: what brings each node about. Raises `ValueError` where causes run in a circle."""
        self.graph: nx.DiGraph = nx.DiGraph()
        for node, found in causes.items():
            self.graph.add_node(node)
            self.graph.add_edges_from((cause, node) for cause in found)
        for node in self.graph:
            self.graph.nodes[node]["gate"] = gates.get(node, "all")
        if not nx.is_directed_acyclic_graph(self.graph):
            raise ValueError("the causes run in a circle")
        self._order: tuple[str, ...] = tuple(nx.lexicographical_topological_sort(self.graph))

    def _causes(self, node: str) -> list[str]:
        return list(self.graph.predecessors(node))

    def comes_about(self, node: str, without: Iterable[str]) -> bool:
        """Whether *node* comes about when other nodes are taken away."""
        gone, there = frozenset(without), dict[str, bool]()
        for each in self._order:
            found = [there[cause] for cause in self._causes(each)]
            enough = not found or (all if self.graph.nodes[each]["gate"] == "all" else any)(found)
            there[each] = each not in gone and enough
        return there[node]

    def necessary(self, node: str) -> frozenset[str]:
        """The nodes without each of which *node* would not have come about, itself among them.

        D(n) = {n} with the union of D over its causes where all are needed, the intersection where any suffices.
        """
        found: dict[str, Set] = {}
        for each in self._order:
            above = [found[cause] for cause in self._causes(each)]
            joined: Set = frozenset()
            if above:
                needed = self.graph.nodes[each]["gate"] == "all"
                joined = frozenset.union(*above) if needed else frozenset.intersection(*above)
            found[each] = joined | {each}
        return found[node]

    def cut_sets(self, node: str, among: Callable[[str], bool] = lambda _: True, largest: int = LARGEST) -> CutSets:
        """The minimal sets of nodes, of those that *among* names, without which *node* would not have come about."""
        found: dict[str, tuple[Set, ...]] = {}
        cut = False
        for each in self._order:
            above = [found[cause] for cause in self._causes(each)]
            sets: list[Set] = [frozenset({each})] if among(each) else []
            if above and self.graph.nodes[each]["gate"] == "all":
                sets += [one for sets_of in above for one in sets_of]
            elif above:
                joined, dropped = _joined(above, largest)
                sets, cut = sets + joined, cut or dropped
            kept = _minimal(sets)
            cut = cut or len(kept) > MOST_SETS
            found[each] = kept[:MOST_SETS]
        # Where sets were left out on the way, one that holds a smaller one may have been kept.
        kept = _minimal(self._shrunk(node, each) for each in found[node]) if cut else found[node]
        return CutSets(kept, cut)

    def _shrunk(self, node: str, cutting: Set) -> Set:
        """The set without what it does not need, so that *node* still does not come about."""
        for each in sorted(cutting):
            if not self.comes_about(node, cutting - {each}):
                cutting = cutting - {each}
        return cutting


def _joined(above: Sequence[tuple[Set, ...]], largest: int) -> tuple[list[Set], bool]:
    """One set of each cause, put together, cause by cause; whether sets that grew too large were left out."""
    joined: tuple[Set, ...] = (frozenset(),)
    dropped = False
    for sets in above:
        together = [one | other for one, other in product(joined, sets)]
        small = [each for each in together if len(each) <= largest]
        dropped = dropped or len(small) < len(together)
        joined = _minimal(small)
        if len(joined) > MOST_SETS:
            joined, dropped = joined[:MOST_SETS], True
    return list(joined), dropped


def _minimal(sets: Iterable[Set]) -> tuple[Set, ...]:
    """The sets that hold no other one, the smallest first, then by name."""
    kept: list[Set] = []
    for each in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(one <= each for one in kept):
            kept.append(each)
    return tuple(kept)
