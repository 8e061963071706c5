"""Whether a sentence names a condition: the author's concepts, and the words that set it apart from the others."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from incidentsim.text.concepts import names
from incidentsim.text.terms import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.truth import Condition, RedHerring

Verdict = Literal["named", "unsure", "not-named"]
ORDER: tuple[Verdict, ...] = ("not-named", "unsure", "named")
UNKNOWN = 0.34
"""What a word that no condition has weighs, in words that only one condition has."""
ALL_CONCEPTS = 0.57
"""What it weighs against the others that all of a condition's concepts are there."""
CONTRARY = 0.35
"""From this share of the weight on, what is denied in the sentence and not in the condition makes it unsure."""
_NOBODY = re.compile(r"\bno[ -]one\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.;!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Match:
    """What a text is taken to say of a condition, and why.

    *concepts*: how many of the author's groups of words are there, of how many. *weight*: words in common with the
    condition, each by how few others have it (1: nobody else). *share*: of the weight of all the text's words.
    *lead*: weight above the condition or red herring that fits best beside it, *rival*. *contrary*: weight of what
    the text denies and the condition does not.
    """

    verdict: Verdict
    concepts: tuple[int, int]
    weight: float
    share: float
    lead: float
    rival: str
    contrary: float
    common: tuple[str, ...]

    @property
    def words(self) -> str:
        """The computation in a line."""
        there, of = self.concepts
        text = (
            f"{self.verdict}: concepts {there} of {of}, words in common {', '.join(self.common) or 'none'} "
            f"(weight {self.weight:.1f}, {self.share:.0%} of the text, {self.lead:+.1f} to {self.rival or 'no other'})"
        )
        return f"{text}, denied {self.contrary:.1f}" if self.contrary else text


class Matcher:
    """Tells which of a scenario's conditions a text names. The same texts give the same verdicts everywhere."""

    def __init__(self, conditions: Sequence[Condition], herrings: Sequence[RedHerring] = ()) -> None:
        known: list[Condition | RedHerring] = [*conditions, *herrings]
        self._concepts = {each.id: each.concepts for each in known}
        self._terms = {each.id: _of(each) for each in known}
        held = Counter(term for plain, denied in self._terms.values() for term in plain | denied)
        rarest = math.log((len(known) + 1) / 1.5) or 1.0
        self._weights = {each: math.log((len(known) + 1) / (count + 0.5)) / rarest for each, count in held.items()}
        self._seen: dict[tuple[str, str], Match] = {}

    def match(self, text: str, condition: str) -> Match:
        """The best that the whole text, or one sentence of it, says of the condition with that id."""
        found = self._seen.get((text, condition))
        if found is None:
            whole = _NOBODY.sub("nobody", text)
            parts = dict.fromkeys([whole, *_SENTENCES.split(whole)])
            found = max((self._one(each, condition) for each in parts), key=lambda each: ORDER.index(each.verdict))
            self._seen[text, condition] = found
        return found

    def _one(self, text: str, condition: str) -> Match:
        plain, denied = terms(text)
        said = plain | denied
        there = self._groups(text, condition)
        weight, common = self._weight(said, condition)
        whole = sum(self._weights.get(each, UNKNOWN) for each in said)
        others = [(self._fit(text, said, each), each) for each in self._concepts if each != condition]
        best, rival = max(others, default=(0.0, ""))
        own_plain, own_denied = self._terms[condition]
        contrary = sum(self._weights[each] for each in denied if each in own_plain and each not in own_denied)
        share = weight / whole if whole else 0.0
        lead = self._fit(text, said, condition) - best
        verdict = _verdict(there, weight, share, lead, contrary)
        return Match(verdict, there, weight, share, lead, rival if best else "", contrary, common)

    def _groups(self, text: str, condition: str) -> tuple[int, int]:
        groups = self._concepts[condition]
        return sum(names(text, (group,)) for group in groups), len(groups)

    def _weight(self, said: frozenset[str], condition: str) -> tuple[float, tuple[str, ...]]:
        own_plain, own_denied = self._terms[condition]
        common = sorted(said & (own_plain | own_denied), key=lambda each: (-self._weights[each], each))
        return sum(self._weights[each] for each in common), tuple(common)

    def _fit(self, text: str, said: frozenset[str], condition: str) -> float:
        there, of = self._groups(text, condition)
        return self._weight(said, condition)[0] + (ALL_CONCEPTS if of and there == of else 0.0)


def _verdict(concepts: tuple[int, int], weight: float, share: float, lead: float, contrary: float) -> Verdict:
    there, of = concepts
    whole = bool(of) and there == of
    named = (
        (whole and weight >= 2.4 and share >= 0.38 and lead >= 0.4)
        or (whole and weight >= 1.9 and share >= 0.55 and lead >= 0.4)
        or (weight >= 3.4 and share >= 0.45 and lead >= 1.5)
        or (weight >= 2.7 and share >= 0.6 and lead >= 1.5)
    )
    if named:
        return "unsure" if contrary >= CONTRARY * weight else "named"
    near = lead >= -0.2 and (whole or (weight >= 1.2 and (there > 0 or share >= 0.4)))
    return "unsure" if near else "not-named"


def _of(known: Condition | RedHerring) -> tuple[frozenset[str], frozenset[str]]:
    """The terms of a condition: of its text and of its concepts, plain and denied."""
    found = [terms(known.text), *(terms(word.replace("*", "")) for group in known.concepts for word in group)]
    found += [terms(each) for each in getattr(known, "said_as", ())]
    return frozenset().union(*(plain for plain, _ in found)), frozenset().union(*(denied for _, denied in found))


def matcher_of(scenario: Scenario) -> Matcher:
    """The matcher of a scenario's conditions and red herrings."""
    return _matcher(scenario.truth.conditions, scenario.truth.red_herrings)


_matcher = functools.lru_cache(maxsize=16)(Matcher)
