"""A case that takes another sound chain with the same evidence earns the same for its factors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.case.document import Why
from incidentsim.scenario.truth import Chain
from tests.assessment.library import SCENARIOS, Run, run

CHAINS = [(each, chain.id) for each in SCENARIOS for chain in run(each, None, "idle").record.scenario.truth.chains]


def kept(played: Run) -> list[Why]:
    return [each for each in played.case.whys if not each.ruled_out]


def points(played: Run, whys: list[Why]) -> tuple[float, list[str]]:
    """What the factors earn, and which are not found."""
    ruled_out = [each for each in played.case.whys if each.ruled_out]
    card = assess(played.record, played.case.model_copy(update={"whys": (*whys, *ruled_out)}))
    line = next(each for each in card.lines if each.criterion.measure == "factors")
    return line.points, [each.condition.id for each in card.factors if each.state != "found"]


def told(played: Run, chain: Chain, words: Callable[[str, str], str]) -> list[Why]:
    """The whys of a case that takes a chain: one for each condition, or for each pair that it tells together.

    *words* gives the text of a condition, from the document's and the reference's words.
    """
    written = {each.id: each for each in played.case.whys}
    graded = {each.condition.id: each for each in played.card.factors}
    conditions = played.record.scenario.truth.conditions
    joined = {second: first for first, second in chain.together}
    above = {}
    for each in conditions:
        for cause in chain.because.get(each.id, each.because):
            above.setdefault(cause, each.id)
    gates = {each.id: chain.gates.get(each.id, each.gate) for each in conditions}
    whys: dict[str, Why] = {}
    for name, factor in graded.items():
        text, cites = words(factor.condition.text, written[factor.why].text), written[factor.why].cites
        if name in joined and joined[name] in whys:
            first = whys[joined[name]]
            both = tuple(dict.fromkeys((*first.cites, *cites)))
            whys[first.id] = first.model_copy(update={"text": f"{first.text} {text}", "cites": both})
            continue
        parent = above.get(name)
        parent = joined.get(parent, parent) if parent in graded else None
        whys[name] = Why(id=name, text=text, branch=factor.condition.branch, cites=cites,
                         parent=None if parent == name else parent, gate=gates.get(above.get(name, ""), "and"))  # fmt: skip
    return list(whys.values())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_each_scenario_names_other_chains(scenario: str) -> None:
    chains = run(scenario, None, "idle").record.scenario.truth.chains
    assert any(each.because for each in chains)
    assert any(each.together for each in chains)


@pytest.mark.parametrize(("scenario", "chain"), CHAINS)
@pytest.mark.parametrize("words", ["the document's", "the reference's"])
def test_a_chain_of_the_document_earns_what_the_worked_case_earns(scenario: str, chain: str, words: str) -> None:
    played = run(scenario, None, "reference")
    other = next(each for each in played.record.scenario.truth.chains if each.id == chain)
    whys = told(played, other, lambda document, reference: document if words == "the document's" else reference)
    assert len(whys) == len(played.card.factors) - len(other.together)
    assert {each.parent for each in whys} != {each.parent for each in kept(played)}
    assert points(played, whys) == points(played, kept(played))


def reversed_order(whys: list[Why]) -> list[Why]:
    return whys[::-1]


def all_under_the_effect(whys: list[Why]) -> list[Why]:
    return [each.model_copy(update={"parent": None}) for each in whys]


def one_below_the_other(whys: list[Why]) -> list[Why]:
    """Five whys as a list, as many people write them."""
    above = [None, *(each.id for each in whys)]
    return [each.model_copy(update={"parent": parent}) for each, parent in zip(whys, above, strict=False)]


def other_gates(whys: list[Why]) -> list[Why]:
    other = {"and": "or", "or": None, None: "and"}
    return [each.model_copy(update={"gate": other[each.gate]}) for each in whys]


def regrouped(whys: list[Why]) -> list[Why]:
    """Each branch under a why of its own that says only that several things met."""
    branches = dict.fromkeys(each.branch for each in whys)
    groups = [Why(id=f"G-{branch}", text="Several things met.", branch=branch, gate="and") for branch in branches]
    rest = [each if each.parent else each.model_copy(update={"parent": f"G-{each.branch}"}) for each in whys]
    return [*groups, *rest]


def split(whys: list[Why]) -> list[Why]:
    """What stands behind a semicolon as a why of its own, below the rest, on the same evidence."""
    found = []
    for each in whys:
        first, _, second = each.text.partition("; ")
        found.append(each.model_copy(update={"text": first}))
        if second:
            found.append(each.model_copy(update={"id": f"{each.id}b", "text": second, "parent": each.id, "gate": None}))
    return found


def other_branch_names(whys: list[Why]) -> list[Why]:
    """Why it was not noticed and why it lasted are told as one."""
    return [each.model_copy(update={"branch": "lasted"}) if each.branch == "undetected" else each for each in whys]


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize(
    "told_otherwise",
    [reversed_order, all_under_the_effect, one_below_the_other, other_gates, regrouped, split, other_branch_names],
    ids=lambda each: each.__name__,
)
def test_the_same_causes_told_otherwise_earn_the_same(
    scenario: str, told_otherwise: Callable[[list[Why]], list[Why]]
) -> None:
    played = run(scenario, None, "reference")
    whys = kept(played)
    other = told_otherwise(whys)
    assert other != whys
    assert points(played, other) == points(played, whys)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_fewer_words_earn_the_same(scenario: str) -> None:
    """The whys that name factors and no others, without an effect, sections or what made them sensible."""
    played = run(scenario, None, "reference")
    naming = {each.why for each in played.card.factors}
    few = [each.model_copy(update={"sensible": "", "falsify": "", "category": None, "stop": None, "parent": None})
           for each in kept(played) if each.id in naming]  # fmt: skip
    assert len(few) < len(kept(played))
    bare = Run(played.record, played.case.model_copy(update={"effect": "", "sections": {}}), played.card)
    assert points(bare, few) == points(played, kept(played))
