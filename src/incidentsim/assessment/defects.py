"""What is wrong in what was written: blame, items nobody can carry out, milestones off their moment, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.postmortem.blame import judges
from incidentsim.postmortem.claims import unaccounted_numbers
from incidentsim.postmortem.draft import Draft
from incidentsim.postmortem.lint.action_items import Plan
from incidentsim.postmortem.lint.action_items import findings as item_findings
from incidentsim.scenario.units import MINUTE
from incidentsim.timeline.records import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.assessment.facts import Facts

NEAR = 5 * MINUTE
"""A marked milestone may be so far from the record's."""
VAGUE = ("AI03", "AI04", "AI05", "AI11")
"""Rules that an item breaks which nobody can carry out, or which aims at people."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that is wrong. *kind*: blame, item, milestone or number. *where*: what it stands in."""

    kind: str
    where: str
    text: str


def defects(facts: Facts) -> tuple[Defect, ...]:
    """Everything that is wrong, by kind; the same thing in one place counts once."""
    found = [*_blame(facts), *_items(facts), *_milestones(facts), *_numbers(facts)]
    return tuple({(each.kind, each.where): each for each in found}.values())


def _blame(facts: Facts) -> Iterator[Defect]:
    """Judgements of people; what people did is told freely."""
    case = facts.case
    texts = [("effect", case.effect)]
    texts += [(each.id, f"{each.text}\n{each.sensible}") for each in case.whys if not each.ruled_out]
    texts += [(each.id, each.text) for each in case.entries]
    texts += [(each.id, each.title) for each in facts.action_items]
    for name, statements in case.sections.items():
        texts += [(f"{name} {place}", each.text) for place, each in enumerate(statements, 1)]
    for where, text in texts:
        if part := judges(text):
            yield Defect("blame", where, f"“{part.strip()}” judges people.")


def _items(facts: Facts) -> Iterator[Defect]:
    plan = Plan(facts.action_items, whys=frozenset(each.id for each in facts.whys))
    for each in item_findings(plan):
        if each.where and each.code in VAGUE:
            yield Defect("item", each.where, each.message)


def _milestones(facts: Facts) -> Iterator[Defect]:
    marked = {key: each.milestone for key, each in facts.case.timeline.items() if each.milestone}
    if not marked:
        return
    for row in timeline(facts.record, facts.case.entries):
        name = marked.get(row.key, "")
        true = facts.milestones.get(name) if name else None
        if true is not None and abs(row.t - true) > NEAR:
            yield Defect(
                "milestone", name, f"It is marked at {facts.clock(row.t)}; the record has {facts.clock(true)}."
            )


def _numbers(facts: Facts) -> Iterator[Defect]:
    """Numbers that nothing accounts for. What is marked as an estimate need not be accounted for."""
    for place, number in unaccounted_numbers(Draft(facts.record, facts.case)):
        yield Defect(
            "number", place, f"{number} is neither the record's nor in what is cited; mark an estimate as one."
        )
