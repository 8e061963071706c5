"""Whether a sentence names a condition: the author's concepts, and the words that set it apart from the others."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from incidentsim.scenario.truth import Condition
from incidentsim.text.concepts import names
from incidentsim.text.terms import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.truth import RedHerring

Verdict = Literal["named", "unsure", "not-named"]
UNKNOWN = 0.34
"""What a word that no condition has weighs, in words that only one condition has."""
ALL_CONCEPTS = 0.57
"""What it weighs against the others that all of a condition's concepts are there."""
NAMED, UNSURE = 0.7, -1.6
"""From so many points on a text names a condition, or may."""
_NOBODY = re.compile(r"\bno[ -]one\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.;!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Match:
    """What a text is taken to say of a condition, and why.

    *concepts*: how many of the author's groups of words are there, of how many. *weight*: words in common with the
    condition, each by how few others have it (1: nobody else). *share*: of the weight of all the text's words.
    *lead*: weight above the condition or red herring that fits best beside it, *rival*. *points*: all of it together.
    """

    verdict: Verdict
    points: float
    concepts: tuple[int, int]
    weight: float
    share: float
    lead: float
    rival: str
    common: tuple[str, ...]

    @property
    def words(self) -> str:
        """The computation in a line."""
        there, of = self.concepts
        return (
            f"{self.verdict}, {self.points:+.1f} points: concepts {there} of {of}, words in common "
            f"{', '.join(self.common) or 'none'} (weight {self.weight:.1f}, {self.share:.0%} of the text, "
            f"{self.lead:+.1f} to {self.rival or 'no other'})"
        )


class Matcher:
    """Tells which of a scenario's conditions a text names. The same texts give the same verdicts everywhere."""

    def __init__(self, conditions: Sequence[Condition], herrings: Sequence[RedHerring] = ()) -> None:
        known: list[Condition | RedHerring] = [*conditions, *herrings]
        self._concepts = {each.id: each.concepts for each in known}
        self._terms = {each.id: _of(each) for each in known}
        held = Counter(term for own in self._terms.values() for term in own)
        rarest = math.log((len(known) + 1) / 1.5) or 1.0
        self._weights = {each: math.log((len(known) + 1) / (count + 0.5)) / rarest for each, count in held.items()}
        self._seen: dict[tuple[str, str], Match] = {}

    def match(self, text: str, condition: str) -> Match:
        """The best that the whole text, or one sentence of it, says of the condition with that id."""
        found = self._seen.get((text, condition))
        if found is None:
            whole = _NOBODY.sub("nobody", text)
            parts = dict.fromkeys([whole, *_SENTENCES.split(whole)])
            found = max((self._one(each, condition) for each in parts), key=lambda each: each.points)
            self._seen[text, condition] = found
        return found

    def _one(self, text: str, condition: str) -> Match:
        said = terms(text)
        there = self._groups(text, condition)
        weight, common = self._weight(said, condition)
        whole = sum(self._weights.get(each, UNKNOWN) for each in said)
        others = [(self._fit(text, said, each), each) for each in self._concepts if each != condition]
        best, rival = max(others, default=(0.0, ""))
        share = weight / whole if whole else 0.0
        lead = self._fit(text, said, condition) - best
        points = _points(there, weight, share, lead)
        return Match(_verdict(points), points, there, weight, share, lead, rival if best else "", common)

    def _groups(self, text: str, condition: str) -> tuple[int, int]:
        groups = self._concepts[condition]
        return sum(names(text, (group,)) for group in groups), len(groups)

    def _weight(self, said: frozenset[str], condition: str) -> tuple[float, tuple[str, ...]]:
        common = sorted(said & self._terms[condition], key=lambda each: (-self._weights[each], each))
        return sum(self._weights[each] for each in common), tuple(common)

    def _fit(self, text: str, said: frozenset[str], condition: str) -> float:
        there, of = self._groups(text, condition)
        return self._weight(said, condition)[0] + (ALL_CONCEPTS if of and there == of else 0.0)


def _points(concepts: tuple[int, int], weight: float, share: float, lead: float) -> float:
    """How much speaks for it: 0 is even. The factors are a logistic regression over labelled answers (docs/debrief.md).

    A text whose words are nearly all of the condition and that has few of them says little: "there was no runbook".
    """
    there, of = concepts
    whole = 1.0 if of and there == of else 0.0
    return 1.9 * whole + 1.4 * min(weight, 4.0) - 2.7 * share + 0.43 * max(-2.0, min(lead, 3.0)) - 2.2


def _verdict(points: float) -> Verdict:
    return "named" if points >= NAMED else "unsure" if points >= UNSURE else "not-named"


def _of(known: Condition | RedHerring) -> frozenset[str]:
    """The terms of a condition or red herring: of its text, of its concepts and of the other ways to say it."""
    others = known.said_as if isinstance(known, Condition) else ()
    words = (word.replace("*", "") for group in known.concepts for word in group)
    return frozenset().union(*(terms(each) for each in (known.text, *words, *others)))


def matcher_of(scenario: Scenario) -> Matcher:
    """The matcher of a scenario's conditions and red herrings."""
    return _matcher(scenario.truth.conditions, scenario.truth.red_herrings)


_matcher = functools.lru_cache(maxsize=16)(Matcher)
