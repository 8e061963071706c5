"""5 Whys as a graph: conditions that brought conditions about, each resting on evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import networkx as nx

EFFECT = "effect"
"""The node at the head of the graph."""
BRANCHES = {
    "occurred": "Why did it happen?",
    "undetected": "Why was it not noticed sooner?",
    "lasted": "Why did it last so long?",
    "recovered": "Why could it be recovered, and why not all of it?",
}

Resolver = Callable[[str], bool]
"""Whether an evidence id is evidence of this incident."""
Moment = Callable[[str], "int | None"]
"""When what an evidence shows happened (ms), None where that is not known."""


class WhyLike(Protocol):
    """What a why has; `incidentsim.case.document.Why` is one."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def text(self) -> str:
        """The condition, in words."""
        ...

    @property
    def branch(self) -> str:
        """Which question it answers."""
        ...

    @property
    def parent(self) -> str | None:
        """The why it explains, None for the effect."""
        ...

    @property
    def cites(self) -> tuple[str, ...]:
        """Evidence ids."""
        ...

    @property
    def gate(self) -> str | None:
        """``and`` where only together with its siblings it suffices."""
        ...

    @property
    def category(self) -> str | None:
        """Its category on the fishbone."""
        ...

    @property
    def stop(self) -> str | None:
        """Why nobody asks further."""
        ...

    @property
    def falsify(self) -> str:
        """What would show that it is wrong: a why without evidence is a hypothesis then."""
        ...

    @property
    def ruled_out(self) -> bool:
        """It was considered, and is not so."""
        ...


@dataclass(frozen=True, slots=True)
class WhyNode:
    """A why in its place in the graph. *depth* counts from the effect, 1 for a first answer."""

    why: WhyLike
    depth: int
    cites: tuple[str, ...]
    """Evidence that resolves."""

    @property
    def status(self) -> str:
        """``supported``, ``unsupported`` or ``ruled-out``."""
        if self.why.ruled_out:
            return "ruled-out"
        return "supported" if self.cites else "unsupported"


class WhysGraph:
    """The whys of one incident.

    `graph` is a `networkx.DiGraph` whose edges run from cause to effect; each edge carries the evidence that its
    cause cites. A why whose parent is not there hangs on the effect, and so does one that is its own ancestor; what
    explains that one stays with it (`incidentsim.analysis.checks` reports both). Of whys with one id the first
    counts, and none may be called `EFFECT`: the graph is a tree whatever it is given.
    """

    def __init__(self, effect: str, whys: Iterable[WhyLike], resolves: Resolver = lambda _: True) -> None:
        self.effect = effect
        self.by_id: dict[str, WhyLike] = {}
        for why in whys:
            if why.id != EFFECT:
                self.by_id.setdefault(why.id, why)
        self.whys = tuple(self.by_id.values())
        self._resolves = resolves
        self.graph: nx.DiGraph = nx.DiGraph()
        self.graph.add_node(EFFECT, text=effect)
        for why in self.whys:
            self.graph.add_node(why.id, text=why.text, branch=why.branch)
        for why in self.whys:
            parent = why.parent if why.parent in self.by_id and not self._own_ancestor(why) else EFFECT
            self.graph.add_edge(why.id, parent, cites=list(self.cites(why)), gate=why.gate or "")

    def _own_ancestor(self, why: WhyLike) -> bool:
        seen: set[str] = set()
        parent = why.parent
        while parent is not None and parent in self.by_id and parent not in seen:
            seen.add(parent)
            parent = self.by_id[parent].parent
        return why.id in seen

    def cites(self, why: WhyLike) -> tuple[str, ...]:
        """The evidence of a why that resolves."""
        return tuple(each for each in why.cites if self._resolves(each))

    def parent(self, why_id: str) -> str:
        """What a why explains: another why, or `EFFECT`."""
        return str(next(iter(self.graph.successors(why_id))))

    def children(self, node: str) -> tuple[str, ...]:
        """The whys that explain a node, in the order in which they were written."""
        causes = set(self.graph.predecessors(node))
        return tuple(why.id for why in self.whys if why.id in causes)

    def walk(self) -> list[WhyNode]:
        """All whys, each before those that explain it, branch by branch."""
        found: list[WhyNode] = []
        roots = [each for branch in BRANCHES for each in self.children(EFFECT) if self.by_id[each].branch == branch]
        stack = [(each, 1) for each in reversed(roots)]
        while stack:
            node, depth = stack.pop()
            why = self.by_id[node]
            found.append(WhyNode(why, depth, self.cites(why)))
            stack += [(each, depth + 1) for each in reversed(self.children(node))]
        return found

    def leaves(self) -> tuple[WhyLike, ...]:
        """Whys that no other why explains, without those ruled out and those that explain something ruled out."""
        return tuple(
            why
            for why in self.whys
            if self._stands(why.id) and all(self.by_id[each].ruled_out for each in self.children(why.id))
        )

    def _stands(self, node: str) -> bool:
        """Neither it nor anything that it explains was ruled out."""
        while node != EFFECT:
            if self.by_id[node].ruled_out:
                return False
            node = self.parent(node)
        return True

    def read_back(self) -> list[str]:
        """The graph as sentences: each effect with what brought it about."""
        sentences = []
        for node in self.walk():
            if not node.why.ruled_out:
                parent = self.parent(node.why.id)
                head = self.effect if parent == EFFECT else self.by_id[parent].text
                sentences.append(f"{_end(head)} because {_end(node.why.text)}.")
        return sentences


def _end(text: str) -> str:
    return text.strip().rstrip(".")


def depths(nodes: Sequence[WhyNode]) -> dict[str, int]:
    """The depth of each branch."""
    found: dict[str, int] = {}
    for node in nodes:
        found[node.why.branch] = max(found.get(node.why.branch, 0), node.depth)
    return found
