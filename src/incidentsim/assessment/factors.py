"""Contributing factors against the scenario's causal graph: found, missed, unproven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from incidentsim.text.concepts import names

if TYPE_CHECKING:
    from incidentsim.assessment.facts import Facts
    from incidentsim.case.document import Why
    from incidentsim.scenario.truth import Condition, RedHerring

State = Literal["found", "missed", "unproven", "compare"]
PER_WHY = 2
"""One why names at most so many conditions, so that one long text cannot name them all."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One condition of the causal graph and what the case says of it.

    *held*: evidence of the run that shows it. *why*: the id of the why that names it, or may mean it.
    """

    condition: Condition
    state: State
    held: tuple[str, ...]
    cited: tuple[str, ...]
    why: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Herring:
    """One red herring: was it refuted by what was held, and what does the case make of it."""

    herring: RedHerring
    held: tuple[str, ...]
    state: Literal["ruled-out", "doubted", "refuted", "believed", "open"]
    why: str


def factors(facts: Facts) -> tuple[Factor, ...]:
    """Each condition that counts, in the document's order.

    *found*: a why names it and cites evidence that shows it. *missed*: evidence that shows it was held, and no why
    names it. *unproven*: nothing in the case supports it by evidence. *compare*: a why cites what shows it in other
    words, which a person has to judge.
    """
    conditions = [each for each in facts.record.scenario.truth.conditions if each.weight and each.branch != "effect"]
    whys = [each for each in facts.whys if not each.ruled_out]
    named: dict[str, int] = {}
    found: dict[str, Factor] = {}
    for condition in conditions:
        held = facts.clues.showing.get(condition.id, ())
        for why in whys:
            cited = tuple(each for each in facts.resolving(why.cites) if each in held)
            if cited and named.get(why.id, 0) < PER_WHY and names(why.text, condition.concepts):
                named[why.id] = named.get(why.id, 0) + 1
                text = f"{why.id} names it and cites {', '.join(cited)}."
                found[condition.id] = Factor(condition, "found", held, cited, why.id, text)
                break
    for condition in conditions:
        if condition.id not in found:
            found[condition.id] = _not_found(facts, condition, whys, named)
    return tuple(found[each.id] for each in conditions)


def _not_found(facts: Facts, condition: Condition, whys: list[Why], named: dict[str, int]) -> Factor:
    held = facts.clues.showing.get(condition.id, ())
    if not held:
        said = next((each.id for each in whys if names(each.text, condition.concepts)), "")
        text = "No evidence that shows it was opened, counted or heard."
        return Factor(condition, "unproven", held, (), said, f"{said} names it. {text}" if said else text)
    misleading = facts.record.scenario.truth.red_herrings
    for why in whys:
        cited = tuple(each for each in facts.resolving(why.cites) if each in held)
        if cited and why.id not in named and not any(names(why.text, each.concepts) for each in misleading):
            named[why.id] = PER_WHY
            text = (
                f"{why.id} cites {', '.join(cited)}, which shows it; whether its words mean it, compare for yourself."
            )
            return Factor(condition, "compare", held, cited, why.id, text)
    said = next((each.id for each in whys if names(each.text, condition.concepts)), "")
    shown = ", ".join(held[:3])
    if any(each.id == said and set(facts.resolving(each.cites)) & set(held) for each in whys):
        text = f"{said} names it along with others; give it a why of its own."
        return Factor(condition, "unproven", held, (), said, text)
    if said:
        text = f"{said} names it and does not cite what shows it, such as {shown}."
        return Factor(condition, "unproven", held, (), said, text)
    return Factor(condition, "missed", held, (), "", f"You held {shown}, which shows it; no why names it.")


def herrings(facts: Facts) -> tuple[Herring, ...]:
    """Each red herring, in the document's order.

    *ruled-out*: ruled out in writing, citing what refutes it. *doubted*: ruled out in writing, without that.
    *refuted*: what refutes it was held. *believed*: a why gives it as a cause.
    """
    return tuple(_herring(facts, each) for each in facts.record.scenario.truth.red_herrings)


def _herring(facts: Facts, herring: RedHerring) -> Herring:
    held = facts.clues.showing.get(herring.id, ())
    doubted = ""
    for text, cites, name in facts.ruled_out:
        if names(text, herring.concepts):
            if any(each in held for each in facts.resolving(cites)):
                return Herring(herring, held, "ruled-out", name)
            doubted = doubted or name
    believed = next((each.id for each in facts.whys if _believes(facts, each, herring, held)), "")
    if believed:
        return Herring(herring, held, "believed", believed)
    if doubted:
        return Herring(herring, held, "doubted", doubted)
    return Herring(herring, held, "refuted" if held else "open", "")


def _believes(facts: Facts, why: Why, herring: RedHerring, held: tuple[str, ...]) -> bool:
    """Whether a why gives a red herring as a cause: not one that cites what refutes it, or also names a condition."""
    if (
        why.ruled_out
        or not names(why.text, herring.concepts)
        or any(each in held for each in facts.resolving(why.cites))
    ):
        return False
    return not any(names(why.text, each.concepts) for each in facts.record.scenario.truth.conditions)
