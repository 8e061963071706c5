"""Which evidence shows what: the truth's clues, matched against what a run revealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.exercise.clues import shows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.exercise.evidence import Evidence
    from incidentsim.scenario.truth import Truth

ENOUGH_OF_A_CLUE = 3


@dataclass(frozen=True, slots=True)
class ClueIndex:
    """What the evidence of a run shows.

    *showing*: for each condition and red herring of the truth, the ids of the evidence that shows (or refutes) it,
    in the order of the evidence. *clues*: for each clue, the ids that match it. *discriminating*: the evidence with
    which the true cause can be told from the others, oldest first.
    """

    showing: dict[str, tuple[str, ...]]
    clues: dict[str, tuple[str, ...]]
    discriminating: tuple[Evidence, ...]
    bearing: frozenset[str]
    """Evidence that shows something: for each clue the first few pieces, as more of the same tells no more."""


def match(truth: Truth, evidence: Iterable[Evidence], afterwards: bool = False) -> ClueIndex:
    """Match a run's evidence against the truth's clues.

    *afterwards*: what was learned after play discriminates too, since nobody was there before.
    """
    held = tuple(evidence)
    found = {clue.id: tuple(each for each in held if shows(clue, each)) for clue in truth.clues}
    names = [*(each.id for each in truth.conditions), *(each.id for each in truth.red_herrings)]
    showing: dict[str, dict[str, None]] = {name: {} for name in names}
    telling: dict[str, Evidence] = {}
    for clue in truth.clues:
        for each in found[clue.id]:
            for shown in clue.shows:
                showing.setdefault(shown, {})[each.id] = None
            if clue.discriminates and (afterwards or each.phase == "during"):
                telling[each.id] = each
    order = {each.id: index for index, each in enumerate(held)}
    return ClueIndex(
        {shown: tuple(sorted(ids, key=order.__getitem__)) for shown, ids in showing.items()},
        {clue: tuple(each.id for each in matched) for clue, matched in found.items()},
        tuple(sorted(telling.values(), key=lambda each: (each.t, each.id))),
        frozenset(each.id for matched in found.values() for each in matched[:ENOUGH_OF_A_CLUE]),
    )
