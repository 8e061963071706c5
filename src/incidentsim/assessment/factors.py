"""Contributing factors against the scenario's causal graph: found, to compare, missed, unproven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from incidentsim.text.concepts import names

if TYPE_CHECKING:
    from incidentsim.assessment.facts import Facts
    from incidentsim.assessment.matching import Match
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
    match: Match | None = None
    """How the words of that why were judged."""


@dataclass(frozen=True, slots=True)
class Herring:
    """One red herring: was it refuted by what was held, and what does the case make of it."""

    herring: RedHerring
    held: tuple[str, ...]
    state: Literal["ruled-out", "doubted", "refuted", "believed", "open"]
    why: str


def factors(facts: Facts) -> tuple[Factor, ...]:
    """Each condition that counts, in the document's order.

    Evidence comes first, words second. *found*: a why cites evidence that shows it and names it. *compare*: a why
    cites what shows it, and whether its words mean it a person has to judge. *missed*: evidence that shows it was
    held, and no why says it. *unproven*: nothing in the case supports it by evidence.
    """
    conditions = [each for each in facts.record.scenario.truth.conditions if each.weight and each.branch != "effect"]
    whys = [each for each in facts.whys if not each.ruled_out]
    named: dict[str, int] = {}
    found: dict[str, Factor] = {}
    for state in ("found", "compare"):
        wanted = "named" if state == "found" else "unsure"
        for condition in conditions:
            held = facts.clues.showing.get(condition.id, ())
            for why in whys:
                if condition.id in found or named.get(why.id, 0) >= PER_WHY:
                    continue
                cited = tuple(each for each in facts.resolving(why.cites) if each in held)
                match = facts.matcher.match(why.text, condition.id)
                if cited and match.verdict == wanted:
                    named[why.id] = named.get(why.id, 0) + 1
                    found[condition.id] = Factor(condition, state, held, cited, why.id, _said(state, why, cited), match)
    for condition in conditions:
        if condition.id not in found:
            found[condition.id] = _not_found(facts, condition, whys)
    return tuple(found[each.id] for each in conditions)


def _said(state: State, why: Why, cited: tuple[str, ...]) -> str:
    if state == "found":
        return f"{why.id} names it and cites {', '.join(cited)}."
    shows = f"{why.id} cites {', '.join(cited)}, which {'show' if len(cited) > 1 else 'shows'} it"
    return f"{shows}; whether its words mean it, compare for yourself."


def _not_found(facts: Facts, condition: Condition, whys: list[Why]) -> Factor:
    held = facts.clues.showing.get(condition.id, ())
    matches = {each.id: facts.matcher.match(each.text, condition.id) for each in whys}
    said = next((name for name, match in matches.items() if match.verdict == "named"), "")
    match = matches.get(said)
    if not held:
        text = "No evidence that shows it was opened, counted or heard."
        return Factor(condition, "unproven", held, (), said, f"{said} names it. {text}" if said else text, match)
    shown = ", ".join(held[:3])
    if said and any(each.id == said and set(facts.resolving(each.cites)) & set(held) for each in whys):
        text = f"{said} names it along with others; give it a why of its own."
        return Factor(condition, "unproven", held, (), said, text, match)
    if said:
        text = f"{said} names it and does not cite what shows it, such as {shown}."
        return Factor(condition, "unproven", held, (), said, text, match)
    citing = next((each for each in whys if set(facts.resolving(each.cites)) & set(held)), None)
    if citing is not None:
        text = f"{citing.id} cites what shows it, and its words say something else: compare with “{condition.text}”"
        return Factor(condition, "missed", held, (), citing.id, text, matches[citing.id])
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
    conditions = facts.record.scenario.truth.conditions
    return not any(facts.matcher.match(why.text, each.id).verdict == "named" for each in conditions)
