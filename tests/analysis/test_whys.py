"""The whys are a graph whose links rest on evidence; what they lack is said in words."""

from __future__ import annotations

import networkx as nx
import pytest

from incidentsim.analysis.checks import findings
from incidentsim.analysis.factors import contributing
from incidentsim.analysis.fishbone import build
from incidentsim.analysis.fishbone_checks import findings as fish_findings
from incidentsim.analysis.whys import EFFECT, WhysGraph
from incidentsim.case.document import CATEGORIES, Why

EFFECT_TEXT = "14 million of 49 million events were not served, 08:06 to 14:00 UTC"


def why(number: int, text: str, branch: str, parent: int | None = None, **more: object) -> Why:
    return Why.model_validate(
        {"id": f"W-{number:02d}", "text": text, "branch": branch, "cites": [f"E-{number:04d}"],
         "parent": None if parent is None else f"W-{parent:02d}", **more}
    )  # fmt: skip


GOOD = (
    why(1, "the job drops rows whose version it does not know", "occurred", gate="and", category="code"),
    why(2, "tolerant parsing stayed on after a backfill", "occurred", 1, category="code"),
    why(3, "the setting has no end date", "occurred", 2, category="ownership", stop="controllable"),
    why(4, "nothing compares accepted with served", "undetected", gate="and", category="detection"),
    why(5, "each team watches its own stage", "undetected", 4, category="ownership"),
    why(6, "no objective spans the pipeline", "undetected", 5, category="detection", stop="controllable"),
    why(7, "the rebalance took fifty minutes of attention", "lasted", category="knowledge", stop="controllable"),
    why(8, "the campaign had ended", "lasted", ruled_out=True, category="external"),
)


def codes(*whys: Why, effect: str = EFFECT_TEXT, **more: object) -> set[str]:
    return {each.code for each in findings(WhysGraph(effect, whys, lambda e: e != "E-9999"), **more)}  # type: ignore[arg-type]


def test_whys_that_are_well_made_have_no_findings() -> None:
    assert codes(*GOOD) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cites": ()}, "YW05"), ({"cites": ("E-9999",)}, "YW05"), ({"parent": "W-77"}, "YW01"),
        ({"text": "tolerant parsing stayed on after a backfill run"}, "YW11"),
        ({"text": "somebody forgot to turn it off"}, "YW07"), ({"stop": None}, "YW08"), ({"text": " "}, "YW05"),
    ],
)  # fmt: skip
def test_each_lack_of_a_why_is_found(change: dict[str, object], code: str) -> None:
    broken = [GOOD[2].model_copy(update=change) if each.id == "W-03" else each for each in GOOD]
    assert code in codes(*broken)


def test_a_circle_is_cut_and_reported() -> None:
    circle = [each.model_copy(update={"parent": "W-03"}) if each.id == "W-01" else each for each in GOOD]
    graph = WhysGraph(EFFECT_TEXT, circle)
    assert nx.is_directed_acyclic_graph(graph.graph)
    assert "YW01" in codes(*circle)


def test_evidence_that_is_later_than_what_it_explains_is_found() -> None:
    times = {"E-0001": 100, "E-0002": 900}
    assert "YW06" in codes(*GOOD, moment=times.get)
    assert "YW06" not in codes(*GOOD, moment={"E-0001": 900, "E-0002": 100}.get)


def test_evidence_from_before_the_start_is_compared_as_well() -> None:
    for explained in (0, -100):
        assert "YW06" in codes(*GOOD, moment={"E-0001": explained, "E-0002": 500}.get)
    assert "YW06" not in codes(*GOOD, moment={"E-0001": 0, "E-0002": -100}.get)
    assert "YW06" not in codes(*GOOD, moment={"E-0001": 500}.get)


def test_what_hangs_on_a_circle_stays_there_and_is_no_part_of_it() -> None:
    circle = [each.model_copy(update={"parent": "W-02"}) if each.id == "W-01" else each for each in GOOD]
    graph = WhysGraph(EFFECT_TEXT, circle)
    assert graph.parent("W-03") == "W-02"
    assert [each.where for each in findings(graph) if each.code == "YW01"] == ["W-01", "W-02"]


def test_repeated_and_reserved_ids_cannot_make_the_graph_endless() -> None:
    twice = [why(n, f"condition {n}", "occurred", n - 1 or None) for n in range(1, 61) for _ in range(2)]
    assert len(WhysGraph(EFFECT_TEXT, twice).walk()) == 60
    reserved = GOOD[0].model_copy(update={"id": EFFECT})
    assert len(WhysGraph(EFFECT_TEXT, [reserved, *GOOD]).walk()) == len(GOOD)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("the job failed to start at 08:06", False), ("an alert that nobody owns", False),
        ("rows wait until they age out of the topic", False), ("ingest accepts what it cannot read", False),
        ("the producer contract names no owner", False), ("platform retention is set by size", False),
        ("ingest approved the change", True), ("The on-call did not look at the queue", True),
        ("data engineering pushed the setting", True), ("the data-engineering team", True),
        ("a human error in the console", True), ("she missed the page", True),
        ("it should have been checked", True), ("An engineer failed to escalate", True),
    ],
)  # fmt: skip
def test_a_leaf_that_is_a_person_is_told_from_a_system(text: str, person: bool) -> None:
    leaf = [GOOD[2].model_copy(update={"text": text}) if each.id == "W-03" else each for each in GOOD]
    assert ("YW07" in codes(*leaf, roles=["ingest", "platform", "data-engineering"])) == person


def test_what_a_person_did_may_stand_where_it_is_explained_further() -> None:
    inner = [
        GOOD[1].model_copy(update={"text": "the operator turned it on"}) if each.id == "W-02" else each for each in GOOD
    ]
    assert "YW07" not in codes(*inner)


def test_what_is_ruled_out_makes_no_chain_branched_and_no_branch_deep() -> None:
    ruled_out = why(9, "the clock change moved it", "occurred", 1, ruled_out=True)
    assert "YW03" in codes(*GOOD[:3], ruled_out)
    deep = [GOOD[0], GOOD[1], GOOD[2].model_copy(update={"ruled_out": True}), *GOOD[3:]]
    assert "YW09" in codes(*deep)


def test_a_single_chain_and_missing_branches_are_found() -> None:
    assert {"YW03", "YW04", "YW13"} <= codes(*GOOD[:3])


def test_an_effect_needs_a_number() -> None:
    assert "YW02" in codes(*GOOD, effect="events are missing")
    assert "YW02" in codes(*GOOD, effect=" ")


def test_edges_run_from_cause_to_effect_and_carry_evidence() -> None:
    graph = WhysGraph(EFFECT_TEXT, GOOD).graph
    assert graph.edges["W-02", "W-01"]["cites"] == ["E-0002"]
    assert list(graph.successors("W-01")) == [EFFECT]
    assert [node for node in graph if graph.out_degree(node) == 0] == [EFFECT]


def test_reading_back_says_why_in_sentences() -> None:
    assert f"{EFFECT_TEXT} because nothing compares accepted with served." in WhysGraph(EFFECT_TEXT, GOOD).read_back()


def test_the_fishbone_has_what_the_whys_have_and_says_how_sure_it_is() -> None:
    unsupported = [each.model_copy(update={"cites": ()}) if each.id == "W-07" else each for each in GOOD]
    fish = build(WhysGraph(EFFECT_TEXT, unsupported), CATEGORIES)
    assert fish.effect == EFFECT_TEXT
    bones = {bone.why: bone.status for bones in fish.ribs.values() for bone in bones}
    assert bones == {f"W-{n:02d}": "verified" for n in range(1, 7)} | {"W-07": "suspected", "W-08": "ruled-out"}
    assert [each.why for each in contributing(fish, CATEGORIES) if each.confidence == "low"] == ["W-07"]
    found = fish_findings(fish, WhysGraph(EFFECT_TEXT, unsupported), CATEGORIES)
    assert any("no evidence" in each.message for each in found)


@pytest.mark.parametrize(
    ("effect", "lacks"),
    [
        ("120 events were lost", "no time"),
        ("120 events were lost from 08:06 on because the field was renamed", "because"),
        ("120 events were lost for six hours and the gate should be on", "should"),
        ("the deployer deleted 120 events at 08:06", "somebody did"),
    ],
)
def test_an_effect_says_what_was_seen_how_much_and_when_and_no_more(effect: str, lacks: str) -> None:
    assert any(each.code == "YW02" and lacks in each.message for each in findings(WhysGraph(effect, GOOD)))


@pytest.mark.parametrize("effect", ["120 events were lost from 08:06 UTC on", "3 % of calls failed for six hours"])
def test_a_sound_effect_is_not_found(effect: str) -> None:
    assert "YW02" not in codes(*GOOD, effect=effect)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("the authority issues certificates for a day", False),
        ("the gateway issues a token without a date", False),
        ("the queue had issues", True),
        ("there were issues with the queue", True),
    ],
)
def test_a_service_that_issues_something_is_definite(text: str, vague: bool) -> None:
    first, *rest = GOOD
    assert ("YW10" in codes(first.model_copy(update={"text": text}), *rest)) == vague
