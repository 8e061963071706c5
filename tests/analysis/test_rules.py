"""Rules for whys (YW) and fishbones (FB): an example that holds and one that is broken for each; slow rules beside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.test_whys import EFFECT_TEXT, GOOD, why

from incidentsim.analysis.checks import SEVERITIES, findings
from incidentsim.analysis.fishbone import Bone, Fishbone, build
from incidentsim.analysis.fishbone_checks import findings as fish_findings
from incidentsim.analysis.whys import WhysGraph
from incidentsim.case.document import CATEGORIES, Why

ADDRESSED = frozenset(each.id for each in GOOD)
ALL = (
    *(each for each in GOOD if each.id != "W-08"),
    why(8, "the campaign had ended", "lasted", ruled_out=True, category="external"),
)


def graph_of(*whys: Why, effect: str = EFFECT_TEXT) -> WhysGraph:
    return WhysGraph(effect, whys, lambda each: each != "E-9999")


def but(number: int, **more) -> tuple[Why, ...]:
    return tuple(each.model_copy(update=more) if each.id == f"W-{number:02d}" else each for each in ALL)


def codes(*whys: Why, effect: str = EFFECT_TEXT, times=lambda _: None, addressed=ADDRESSED, severity="") -> set[str]:
    return {each.code for each in findings(graph_of(*whys, effect=effect), times, ("ingest",), addressed, severity)}


LATER = {"E-0002": 9, "E-0001": 5}.get
BROKEN = {
    "YW01": codes(*but(2, parent="W-99")),
    "YW02": codes(*ALL, effect="events were lost"),
    "YW03": codes(why(1, "rows of new versions are dropped", "occurred"), why(2, "the parser is tolerant", "occurred", 1)),
    "YW04": codes(*(each for each in ALL if each.branch != "lasted")),
    "YW05": codes(*but(2, cites=("E-9999",))),
    "YW06": codes(*ALL, times=LATER),
    "YW07": codes(*but(3, text="the engineer forgot the setting")),
    "YW08": codes(*but(3, stop=None)),
    "YW09": codes(*(each for each in ALL if each.id != "W-03")),
    "YW10": codes(*but(3, text="the setting had some issues")),
    "YW11": codes(*but(2, text="the job drops rows whose version it does not know yet")),
    "YW12": codes(*(each.model_copy(update={"gate": None}) for each in ALL)),
    "YW13": codes(*but(8, cites=("E-9999",))),
    "YW14": codes(*ALL, addressed=ADDRESSED - {"W-03"}),
}  # fmt: skip


def test_good_whys_have_no_findings() -> None:
    assert codes(*ALL, times={"E-0002": 5, "E-0001": 9}.get) == set()


@pytest.mark.parametrize("code", list(SEVERITIES))
def test_a_rule_of_the_whys_that_is_broken_is_found(code: str) -> None:
    assert code in BROKEN[code]


@pytest.mark.parametrize(
    "whys",
    [
        but(2, cites=(), falsify="A run with strict parsing drops none."),
        but(2, text="the release engineer approved the setting without a reviewer"),
        but(3, stop="external"),
    ],
)
def test_what_is_near_a_rule_and_holds_it(whys: tuple[Why, ...]) -> None:
    assert codes(*whys) == set()


def test_a_single_chain_is_an_error_where_the_incident_was_severe() -> None:
    chain = (why(1, "rows of new versions are dropped", "occurred"), why(2, "the parser is tolerant", "occurred", 1))
    for severity, expected in (("SEV1", "error"), ("SEV3", "warning")):
        (found,) = [each for each in findings(graph_of(*chain), severity=severity) if each.code == "YW03"]
        assert found.severity == expected


@st.composite
def whys(draw):
    found = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        parent = draw(st.sampled_from([None, *range(1, number)]))
        branch = draw(st.sampled_from(["occurred", "undetected", "lasted", "recovered"]))
        if parent is not None:
            branch = found[parent - 1].branch
        found.append(
            why(number, f"condition {'abcdefgh'[number - 1] * 9}", branch, parent,
                cites=draw(st.sampled_from([(), ("E-0001",), ("E-9999",), ("E-0002", "E-0003")])),
                falsify=draw(st.sampled_from(["", "A replay shows none."])),
                stop=draw(st.sampled_from([None, "controllable"])), gate=draw(st.sampled_from([None, "and", "or"])),
                ruled_out=draw(st.sampled_from([False, False, True])))
        )  # fmt: skip
    return found


TIMES = {"E-0001": 30, "E-0002": 20, "E-0003": 10}


def slow(given: list[Why], addressed: set[str]) -> set[tuple[str, str]]:
    """The rules, said as plainly as can be."""
    found = set()
    by_id = {each.id: each for each in given}

    def standing(one: Why) -> bool:
        return not one.ruled_out and (one.parent is None or standing(by_id[one.parent]))

    kept = [each for each in given if not each.ruled_out]

    def held(one: Why) -> list[str]:
        return [each for each in one.cites if each != "E-9999"]

    def below(one: Why) -> list[Why]:
        return [each for each in given if each.parent == one.id]

    for branch in ("occurred", "undetected", "lasted"):
        if not [each for each in kept if each.branch == branch]:
            found.add(("YW04", ""))
    roots = [each for each in kept if each.parent is None]
    many = [one for one in given if len([each for each in below(one) if not each.ruled_out]) > 1]
    if kept and len(roots) <= 1 and not many:
        found.add(("YW03", ""))
    if kept and not [each for each in kept if each.gate == "and"]:
        found.add(("YW12", ""))
    if kept and not [each for each in given if each.ruled_out and held(each)]:
        found.add(("YW13", ""))
    for one in given:
        leaf = standing(one) and not [each for each in below(one) if not each.ruled_out]
        if not held(one) and (one.ruled_out or not one.falsify):
            found.add(("YW05", one.id))
        if leaf and one.stop is None:
            found.add(("YW08", one.id))
        if leaf and one.id not in addressed:
            found.add(("YW14", one.id))
        above = next((each for each in given if each.id == one.parent), None)
        if above is not None and held(one) and held(above):
            first = min(TIMES[each] for each in held(one))
            if first > min(TIMES[each] for each in held(above)):
                found.add(("YW06", one.id))
    return found


@settings(max_examples=300, deadline=None)
@given(whys(), st.sets(st.sampled_from([f"W-{n:02d}" for n in range(1, 9)])))
def test_the_rules_of_the_whys_agree_with_the_plain_ones(given: list[Why], addressed: set[str]) -> None:
    judged = ("YW03", "YW04", "YW05", "YW06", "YW08", "YW12", "YW13", "YW14")
    found = findings(graph_of(*given), TIMES.get, (), addressed)
    assert {(each.code, each.where) for each in found if each.code in judged} == slow(given, addressed)
    assert all(each.severity == SEVERITIES[each.code] for each in found)


# The fishbone.

GRAPH = graph_of(*ALL)
FISH = build(GRAPH, CATEGORIES)


def bone(**more) -> Fishbone:
    """The fishbone with its first bone of "code" changed."""
    first, *rest = FISH.ribs["code"]
    return replace(FISH, ribs={**FISH.ribs, "code": (replace(first, **more), *rest)})


FISH_BROKEN = {
    "FB01": replace(FISH, effect="something else"),
    "FB02": replace(FISH, ribs={"code": FISH.ribs["code"], "detection": FISH.ribs["detection"]}),
    "FB03": bone(text="n/a"),
    "FB04": bone(text="poor discipline of the release"),
    "FB05": bone(cites=()),
    "FB06": replace(FISH, ribs={name: bones for name, bones in FISH.ribs.items() if name != "knowledge"}),
    "FB07": replace(FISH, ribs={name: bones for name, bones in FISH.ribs.items() if name != "detection"}),
}


def test_a_good_fishbone_has_no_findings() -> None:
    assert fish_findings(FISH, GRAPH, CATEGORIES) == []


@pytest.mark.parametrize("code", list(FISH_BROKEN))
def test_a_rule_of_the_fishbone_that_is_broken_is_found(code: str) -> None:
    found = fish_findings(FISH_BROKEN[code], GRAPH, CATEGORIES)
    assert code in {each.code for each in found}
    assert all(each.mend for each in found)


def test_a_person_or_a_bone_without_a_why_is_found() -> None:
    assert "FB04" in {each.code for each in fish_findings(bone(text="the team missed the alert"), GRAPH, CATEGORIES)}
    assert "FB06" in {each.code for each in fish_findings(bone(why="W-77"), GRAPH, CATEGORIES)}


bones = st.builds(
    Bone, st.sampled_from(["a switch stays on", "n/a", "poor care"]),
    st.sampled_from([each.id for each in ALL] + ["W-99"]),
    st.sampled_from(["verified", "suspected", "ruled-out"]), st.sampled_from([(), ("E-0001",)]),
)  # fmt: skip
fishes = st.dictionaries(
    st.sampled_from([*CATEGORIES, "unsorted"]), st.lists(bones, min_size=1, max_size=7), max_size=8
)


@settings(max_examples=200, deadline=None)
@given(fishes)
def test_the_rules_of_the_fishbone_agree_with_the_plain_ones(ribs) -> None:
    fish = Fishbone(EFFECT_TEXT, {name: tuple(found) for name, found in ribs.items()})
    slow = set()
    used = [name for name in ribs if name != "unsorted"]
    if len(used) < 3 or len(used) > 6:
        slow.add(("FB02", ""))
    for name, found in ribs.items():
        if name == "unsorted" or len(found) > 5:
            slow.add(("FB02", name))
        for each in found:
            if each.text == "n/a":
                slow.add(("FB03", each.why))
            elif each.text == "poor care":
                slow.add(("FB04", each.why))
            if each.text != "n/a" and (each.status == "suspected" or (each.status == "verified" and not each.cites)):
                slow.add(("FB05", each.why))
    there = {each.why for found in ribs.values() for each in found}
    slow |= {("FB06", each.id) for each in GRAPH.leaves() if each.id not in there}
    slow |= {("FB06", "W-99")} & {("FB06", each) for each in there}
    kept = {name for name, found in ribs.items() if any(each.status != "ruled-out" for each in found)}
    if kept and ("detection" not in kept or not kept & {"change", "ownership"}):
        slow.add(("FB07", ""))
    assert {(each.code, each.where) for each in fish_findings(fish, GRAPH, CATEGORIES)} == slow
