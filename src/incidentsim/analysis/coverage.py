"""Which action item covers which cause, and what nothing covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from incidentsim.analysis.causes import NOT_CAUSES
from incidentsim.analysis.whys import EFFECT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.analysis.causes import Causes
    from incidentsim.analysis.whys import WhysGraph

Cell = Literal["direct", "above", ""]
"""It is about the cause itself, about something that the cause brought about, or neither."""


class ItemLike(Protocol):
    """What an action item has; `incidentsim.case.document.ActionItem` is one."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def hierarchy(self) -> str:
        """``eliminate``, ``automate``, ``guardrail`` or ``document``."""
        ...

    @property
    def status(self) -> str:
        """``declined`` items cover nothing."""
        ...

    @property
    def addresses(self) -> tuple[str, ...]:
        """The whys it is about."""
        ...


@dataclass(frozen=True, slots=True)
class Coverage:
    """*causes*: ids of the whys at which the asking stops. *items*: ids of items that were not declined.

    *cells*: for each cause, one `Cell` an item. *bare*: causes that nothing covers, not even above them. *documented*:
    causes that only documents stand against. *idle*: items that are about none of the causes. *open_sets*: the
    smallest cut sets of which no why is addressed.
    """

    causes: tuple[str, ...]
    items: tuple[str, ...]
    cells: dict[str, tuple[Cell, ...]]
    bare: tuple[str, ...]
    documented: tuple[str, ...]
    idle: tuple[str, ...]
    open_sets: tuple[frozenset[str], ...]


def coverage(graph: WhysGraph, items: Iterable[ItemLike], causes: Causes) -> Coverage:
    """The matrix of causes and action items."""
    kept = tuple(each for each in items if each.status != "declined")
    leaves = tuple(why.id for why in graph.leaves() if why.branch not in NOT_CAUSES)
    cells = {leaf: tuple(_cell(graph, leaf, each) for each in kept) for leaf in leaves}
    about = {leaf: [item for item, cell in zip(kept, cells[leaf], strict=True) if cell] for leaf in leaves}
    stands = {why.id for why in graph.whys if not any(_cell(graph, why.id, each) for each in kept)}
    return Coverage(
        leaves,
        tuple(each.id for each in kept),
        cells,
        tuple(leaf for leaf in leaves if not about[leaf]),
        tuple(leaf for leaf in leaves if about[leaf] and all(each.hierarchy == "document" for each in about[leaf])),
        tuple(each.id for place, each in enumerate(kept) if not any(cells[leaf][place] for leaf in leaves)),
        tuple(each for each in causes.cut_sets.sets if each & stands),
    )


def _cell(graph: WhysGraph, leaf: str, item: ItemLike) -> Cell:
    if leaf in item.addresses:
        return "direct"
    above = graph.parent(leaf)
    while above != EFFECT:
        if above in item.addresses:
            return "above"
        above = graph.parent(above)
    return ""
