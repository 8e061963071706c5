"""What choices cost, against options that could be told apart on the evidence that was held when they were made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from incidentsim.assessment.measured import percent, span
from incidentsim.whatif.altered import ASSUMPTIONS, Cost, altered, cost_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from incidentsim.assessment.facts import Act, Facts
    from incidentsim.simulation.command import Command

MOST_ACTS = 40
"""Of at most so many actions it is worked out what they did; each takes a run."""
NOT_TOLD = "On what was held then, this and its alternatives could not be told apart; so it has no price."


@dataclass(frozen=True, slots=True)
class Price:
    """A choice and what it cost, MODELLED.

    *choice* and *option* are what was done and what it is compared with. *evidence*: what was held at *t* and tells
    the two apart; empty where nothing did, and then there is no price (*lost* is None). *lost* and *budget* are what
    the choice cost more than the option: items, and a share of the error budget of *slo*; negative where it saved.
    """

    id: str
    t: int
    choice: str
    option: str
    evidence: tuple[str, ...]
    lost: int | None
    budget: Fraction | None
    slo: str
    explanation: str

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {
            "id": self.id, "t": self.t, "choice": self.choice, "option": self.option, "class": "MODELLED",
            "evidence": list(self.evidence), "lost": self.lost,
            "budget": None if self.budget is None else round(float(self.budget), 4), "slo": self.slo,
            "explanation": self.explanation, "assumptions": list(ASSUMPTIONS),
        }  # fmt: skip


def prices(facts: Facts) -> tuple[Price, ...]:
    """The prices of a run's choices, in order of time; none where the scenario counts no loss.

    Two kinds of choices have a price: the time from the first evidence that tells the true cause from the others to
    the first step that something came of; and each action that did harm, against leaving it. Each takes a run.
    """
    if not facts.loses or "started" not in facts.reached:
        return ()
    model = _Model(facts)
    found = [each for each in (model.waiting(), *model.harm()) if each is not None]
    return tuple(sorted(found, key=lambda each: (each.t, each.id)))


class _Model:
    """Runs of one exercise with a step less, or earlier."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.record = facts.record
        slos = self.record.scenario.slos
        spent = self.record.world.budgets()
        self.slo = max(slos, key=lambda each: (spent[each.id].consumed, each.id)).id if slos else ""
        self.base = cost_of(self.record.world)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """Actions that changed the system."""
        return tuple(each for each in self.facts.acts if each.changes and each.known and not each.refused)[:MOST_ACTS]

    def cost(self, commands: Iterable[Command]) -> Cost:
        """What other commands would have cost."""
        return cost_of(altered(self.record, commands))

    def held(self, t: int) -> tuple[str, ...]:
        """Evidence held in play by *t* that tells the true cause from the others; the first few."""
        return tuple(each.id for each in self.facts.clues.discriminating if each.t <= t)[:3]

    def without(self, act: Act) -> Cost:
        """What the run would have cost without an action."""
        return self.cost(each for each in self.record.commands if each.id != act.command.id)

    def waiting(self) -> Price | None:
        """What it cost to begin later than it could be known with what; against all from there on that much sooner."""
        stopped, known, clock = self.base.mitigated, self.facts.discriminated_at, self.facts.clock
        if known is None or (stopped is not None and stopped <= known):
            if stopped is None:
                return None
            text = f"The loss stopped at {clock(stopped)}. {NOT_TOLD}"
            return Price("waiting", stopped, f"acting by {clock(stopped)}", "sooner", (), None, None, "", text)
        first = next((each for each in self.acts if each.command.t >= known and each.useful), None)
        if first is None or first.command.t == known:
            return None
        start, gap = first.command.t, first.command.t - known
        sooner = [replace(each, t=each.t - gap) if each.t >= start else each for each in self.record.commands]
        evidence = self.held(known)
        took = f"{first.title} came {span(gap)} after {evidence[0]} told the causes apart."
        return self.priced("waiting", known, f"{first.title} at {clock(start)}",
                           f"all from there on {span(gap)} sooner", evidence, self.cost(sooner), took)  # fmt: skip

    def harm(self) -> list[Price]:
        """What the actions cost that did harm."""
        found = []
        for act in self.acts:
            if not act.harm:
                continue
            name, t = f"act-{act.command.id}", act.command.t
            title, evidence = f"{act.title} at {self.facts.clock(t)}", self.held(t)
            if evidence:
                text = act.harm_text or "It did harm."
                found.append(self.priced(name, t, title, "leave it", evidence, self.without(act), text))
            else:
                found.append(Price(name, t, title, "leave it", (), None, None, "", NOT_TOLD))
        return found

    def priced(
        self, name: str, t: int, choice: str, option: str, evidence: tuple[str, ...], other: Cost, text: str
    ) -> Price:
        """The price of a choice against what *other* cost."""
        lost = self.base.lost - other.lost
        budget = self.base.budgets[self.slo] - other.budgets[self.slo] if self.slo else None
        parts = [_amount(lost, f"{abs(lost):,} {self.record.scenario.items}")]
        if budget is not None:
            parts.append(_amount(budget, f"{percent(abs(float(budget)))} of the error budget of {self.slo}"))
        more = f"Against that it {' and '.join(part for part in parts if part)}." if any(parts) else "It cost no more."
        return Price(name, t, choice, option, evidence, lost, budget, self.slo, f"{text} {more} Modelled.")


def _amount(value: int | Fraction, text: str) -> str:
    return "" if not value else f"cost {text}" if value > 0 else f"saved {text}"
