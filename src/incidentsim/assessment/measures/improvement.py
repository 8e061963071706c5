"""Improvement: action items that change the system, for causes that are proven, with a proof of being done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from incidentsim.assessment.factors import herrings
from incidentsim.assessment.measured import Measured, count, share
from incidentsim.case.actions import HIERARCHY

if TYPE_CHECKING:
    from incidentsim.assessment.facts import Facts
    from incidentsim.case.document import ActionItem
    from incidentsim.scenario.play import Criterion

ENOUGH_ITEMS = 3
MOST_DOCUMENTS = 0.4
_AT_PEOPLE = re.compile(
    r"\b(?:re-?train|train(?:ing)?|remind|coach|reprimand|discipline)\b[^.]{0,40}"
    r"\b(?:people|person|engineers?|developers?|operators?|on-call|staff|everyone|everybody|team|teams|colleagues?)\b"
    r"|\b(?:be|being) (?:more )?(?:careful|vigilant|attentive)\b|\bpay (?:more )?attention\b",
    re.IGNORECASE,
)
_OBSERVABLE = re.compile(
    r"\d|\w[._]\w|\b(?-i:[A-Z]{3,})\b|\b(?:test|check|alert|query|job|dashboard|page|report|rule|gate|blocks?|rejects?|fails?|fires?|refuses?|build|"
    r"pipeline|contract|merged?|deployed?|removed?|exists?|passes|shows?|runs?)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset({"", "team", "all", "everyone", "everybody", "tbd", "todo", "unknown", "nobody", "n-a"})


def action_items(facts: Facts, criterion: Criterion) -> Measured:
    """How many of the action items are complete, and how well the list is spread, ranked and linked."""
    rule = (
        "Half for complete items, of at least three: one owner, a proof of being done that can be observed, a cause "
        "that stands in the whys with evidence, an SLO, and nothing aimed at a person. A fifth for causes at the end "
        "of the whys that an item addresses, a fifth for the spread (something is eliminated or automated, at most 40% "
        "only documented), a tenth for ranking them eliminate, automate, guardrail, document."
    )
    items = facts.action_items
    if not items:
        return Measured(0.0, 0.0, (), "No action items were written.", rule)
    mistaken = {each.why for each in herrings(facts) if each.state == "believed"}
    proven = facts.proven_whys - mistaken
    defects = {each.id: _defects(each, proven) for each in items}
    complete = [each for each in items if not defects[each.id]]
    leaves = [each for each in facts.proven_leaves if each in proven]
    addressed = [why for why in leaves if any(why in each.addresses for each in items)]
    strong = any(each.hierarchy in {"eliminate", "automate"} for each in items)
    documents = share(sum(each.hierarchy == "document" for each in items), len(items))
    ranks = [HIERARCHY.index(each.hierarchy) for each in items]
    ranked = ranks == sorted(ranks)
    ratio = (
        0.5 * share(len(complete), max(ENOUGH_ITEMS, len(items)))
        + 0.2 * share(len(addressed), len(leaves))
        + 0.1 * strong
        + 0.1 * (documents <= MOST_DOCUMENTS)
        + 0.1 * ranked
    )
    if not complete:
        # A list without one complete item is no plan, however well it is spread.
        ratio /= 2
    parts = [f"{len(complete)} of {count(len(items), 'action item')} complete.",
             f"{len(addressed)} of {count(len(leaves), 'proven cause')} at the end of the whys addressed."]  # fmt: skip
    incomplete = [f"{item} ({', '.join(found)})" for item, found in defects.items() if found]
    if incomplete:
        parts.append("To complete: " + "; ".join(incomplete) + ".")
    if not strong:
        parts.append("Nothing is eliminated or automated.")
    if not ranked:
        parts.append("They are not ranked.")
    return Measured(float(len(complete)), ratio, (), " ".join(parts), rule)


def _defects(item: ActionItem, proven: frozenset[str]) -> list[str]:
    """What an action item lacks, in few words. *proven* are the whys it may address."""
    lacking = []
    if item.owner.strip().casefold() in _NOBODY:
        lacking.append("no owner")
    if not _OBSERVABLE.search(item.done_when):
        lacking.append("no observable end")
    if not proven.intersection(item.addresses):
        lacking.append("addresses no proven cause")
    if not item.slo:
        lacking.append("no SLO")
    if _AT_PEOPLE.search(item.title):
        lacking.append("aims at people")
    return lacking
