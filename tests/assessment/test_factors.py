"""Contributing factors are found, missed or unproven by evidence, not by words alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.scenarios import Played, document, played

WORDS = [
    "a field was added to the schema", "the compatibility check was off", "nobody measured coverage",
    "the campaign ended", "version 8.4", "", "it rained",
]  # fmt: skip


def writing(whys: list[dict[str, Any]], name: str = "reference", skip: tuple[str, ...] = (), **more: Any) -> Played:
    """A player's run with other whys."""
    raw = document()
    policy = next(each for each in raw["policies"] if each["id"] == name)
    policy["writes"] = {"effect": "Less was served", "whys": whys, **more}
    return played(name, raw=raw, skip=skip)


def why(number: str, text: str, *cites: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "text": text, "branch": "occurred", "cites": list(cites), **more}


def test_the_reference_finds_and_proves_all() -> None:
    run = played("reference")
    assert [each.state for each in run.card.factors] == ["found", "found", "found"]
    assert run.ratio("factors") == 1


def test_a_factor_named_without_evidence_is_unproven() -> None:
    run = writing([why("a", "A field was added to the schema")])
    assert run.state("changed") == "unproven"
    assert "does not cite" in next(each.explanation for each in run.card.factors)


def test_a_factor_named_with_evidence_of_something_else_is_unproven() -> None:
    assert writing([why("a", "A field was added to the schema", "board")]).state("changed") == "unproven"


def test_a_factor_whose_evidence_was_held_and_that_no_why_names_is_missed() -> None:
    assert writing([]).state("changed") == "missed"


def test_a_factor_whose_evidence_was_never_held_is_unproven_even_when_it_is_named() -> None:
    run = writing([why("a", "The compatibility check was off", "count")], skip=("interview",))
    assert run.state("unchecked") == "unproven"


def test_what_is_cited_for_it_in_other_words_is_to_compare_not_guessed() -> None:
    run = writing([why("a", "A new attribute in the schema that consumers did not know", "ask")])
    assert run.state("changed") == "compare"
    line = next(each for each in run.card.lines if each.criterion.measure == "factors")
    assert line.measured.unsure
    assert 0 < line.measured.ratio < writing([why("a", "A field was added to the schema", "ask")]).ratio("factors")
    assert "Compare for yourself" in run.card.to_markdown()


def test_words_that_say_something_else_are_not_saved_by_the_evidence() -> None:
    run = writing([why("a", "It rained", "ask")])
    assert run.state("changed") == "missed"
    assert "say something else" in next(each.explanation for each in run.card.factors)
    assert run.ratio("factors") == writing([]).ratio("factors")


def test_a_why_that_was_ruled_out_finds_nothing() -> None:
    assert writing([why("a", "A field was added to the schema", "ask", ruled_out=True)]).state("changed") == "missed"


def test_one_long_why_cannot_name_everything() -> None:
    text = "A field was added to the schema. The compatibility check was off. Nobody measured coverage end to end."
    run = writing([why("a", text, "ask", "interview", "count")])
    assert [each.state for each in run.card.factors].count("found") == 2


def test_citing_everything_proves_nothing() -> None:
    raw = document()
    policy = next(each for each in raw["policies"] if each["id"] == "reference")
    rows = {"id": "rows", "at": "90m", "verb": "pin", "target": "rows", "args": {"search": "batch"}}
    policy["commands"] = [*policy["commands"][:-1], rows, policy["commands"][-1]]
    policy["writes"] = {"whys": [why("a", "A field was added to the schema", "ask", "rows")]}
    assert played("reference", raw=raw).state("changed") != "found"


def test_taking_out_what_reveals_a_factor_makes_it_unproven_and_lowers_the_score() -> None:
    whole = played("reference")
    for condition, reveals in {"unchecked": ("interview",), "changed": ("ask", "count"), "unseen": ("count",)}.items():
        without = played("reference", skip=reveals)
        assert whole.state(condition) == "found"
        assert without.state(condition) == "unproven"
        assert without.ratio("factors") < whole.ratio("factors")
        assert without.card.score < whole.card.score


def test_a_red_herring_given_as_a_cause_costs_something() -> None:
    good = [why("a", "A field was added to the schema", "ask")]
    believed = writing([*good, why("b", "The campaign that ended lowered the numbers", "count")])
    refuted = writing([*good, why("b", "The campaign that ended lowered the numbers", "board", ruled_out=True)])
    assert believed.ratio("factors") < refuted.ratio("factors") == writing(good).ratio("factors")
    assert believed.ratio("herrings") == 0
    assert refuted.ratio("herrings") == 1


def test_naming_a_red_herring_beside_what_refutes_it_is_no_belief() -> None:
    told = writing([why("a", "The campaign that ended hid the loss for an hour", "board")])
    assert [each.state for each in told.card.herrings] == ["refuted"]


@settings(max_examples=15, deadline=None)
@given(
    kept=st.lists(st.sampled_from(range(6)), unique=True, max_size=6),
    prose=st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS), st.booleans()), min_size=1, max_size=4),
)
def test_prose_without_evidence_never_raises_the_factor_score(
    kept: list[int], prose: list[tuple[str, str, bool]]
) -> None:
    from tests.assessment.scenarios import WHYS

    written = [{**WHYS[index], "because_of": None} for index in sorted(kept)]
    added = [
        why(f"p{index}", f"{first} and {second}.", ruled_out=ruled_out)
        for index, (first, second, ruled_out) in enumerate(prose)
    ]
    before, after = writing(written), writing([*written, *added])
    assert after.ratio("factors") <= before.ratio("factors")
