"""What the whys come to: necessary conditions, cut sets, and which item covers what."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.analysis.causes import causes_of
from incidentsim.analysis.coverage import coverage
from incidentsim.analysis.whys import EFFECT, WhysGraph
from incidentsim.case.document import ActionItem, Why


def why(number: str, parent: str | None = None, branch: str = "occurred", **more) -> Why:
    return Why(id=number, text=f"condition {number}", branch=branch, parent=parent, **more)


def item(number: str, *addresses: str, **more) -> ActionItem:
    base = {"hierarchy": "eliminate", "type": "prevent", **more}
    return ActionItem(id=number, title=f"Remove {number}", addresses=addresses, **base)


SKIP = [
    why("skip"), why("shape", "skip", gate="and"), why("tolerant", "skip", gate="and", stop="controllable"),
    why("open", "shape", gate="or", stop="controllable"), why("blind", "shape", gate="or"),
    why("checks", branch="undetected", stop="controllable"), why("size", branch="recovered"),
    why("campaign", ruled_out=True),
]  # fmt: skip


def test_what_is_needed_together_is_necessary_and_what_suffices_alone_is_not() -> None:
    found = causes_of(WhysGraph("events were lost", SKIP))
    assert found.necessary == ("skip", "shape", "tolerant", "checks")
    assert found.unsaid == ()
    assert [set(each) for each in found.cut_sets.sets] == [
        {"skip"}, {"shape"}, {"tolerant"}, {"checks"}, {"open", "blind"}
    ]  # fmt: skip
    assert [set(each) for each in found.changeable.sets] == [{"tolerant"}, {"checks"}]


def test_where_nobody_said_how_causes_meet_less_is_claimed() -> None:
    found = causes_of(WhysGraph("lost", [why("a"), why("b", "a"), why("c", "a")]))
    assert found.necessary == ("a",)
    assert found.unsaid == ("b", "c")
    assert [set(each) for each in found.cut_sets.sets] == [{"a"}, {"b", "c"}]


def test_without_whys_nothing_follows() -> None:
    found = causes_of(WhysGraph("lost", []))
    assert (found.necessary, found.cut_sets.sets) == ((), ())


@st.composite
def trees(draw):
    count = draw(st.integers(1, 9))
    whys = []
    for number in range(count):
        parent = draw(st.sampled_from([None, *(f"w{n}" for n in range(number))]))
        branch = next((each.branch for each in whys if each.id == parent), None)
        whys.append(
            why(f"w{number}", parent, branch or draw(st.sampled_from(["occurred", "undetected", "lasted", "recovered"])),
                gate=draw(st.sampled_from(["and", "or", None])), stop=draw(st.sampled_from([None, "controllable"])))
        )  # fmt: skip
    return whys


def comes_about(whys: list[Why], gone: set[str]) -> bool:
    """The meaning of the gates, said plainly."""

    def enough(siblings: list[Why]) -> bool:
        if not siblings:
            return True
        together = [each for each in siblings if each.gate == "and"]
        alone = [each for each in siblings if each.gate != "and"]
        if len(siblings) == 1:
            return there(siblings[0])
        return any(there(each) for each in alone) or (bool(together) and all(there(each) for each in together))

    def there(one: Why) -> bool:
        return one.id not in gone and enough([each for each in whys if each.parent == one.id])

    roots = [each for each in whys if each.parent is None]
    return all(
        enough([each for each in roots if each.branch == branch])
        for branch in ("occurred", "undetected", "lasted")
    )  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(trees())
def test_on_any_tree_they_are_what_taking_each_away_shows(whys: list[Why]) -> None:
    found = causes_of(WhysGraph("lost", whys))
    assert set(found.necessary) == {each.id for each in whys if not comes_about(whys, {each.id})}
    for one in (*found.cut_sets.sets, *found.changeable.sets):
        assert not comes_about(whys, set(one))
        assert all(comes_about(whys, set(one) - {each}) for each in one)
    controllable = {each.id for each in whys if each.stop == "controllable"}
    assert all(each <= controllable for each in found.changeable.sets)


def test_the_matrix_says_what_covers_what_and_what_nothing_covers() -> None:
    graph = WhysGraph("events were lost", SKIP)
    items = [item("A1", "open"), item("A2", "shape", hierarchy="document"), item("A3", "gone"),
             item("A4", "checks", status="declined")]  # fmt: skip
    found = coverage(graph, items, causes_of(graph))
    assert found.items == ("A1", "A2", "A3")
    assert found.cells == {
        "tolerant": ("", "", ""), "open": ("direct", "above", ""), "blind": ("", "above", ""),
        "checks": ("", "", ""),
    }  # fmt: skip
    assert found.bare == ("tolerant", "checks")
    assert found.documented == ("blind",)
    assert found.idle == ("A3",)
    assert [set(each) for each in found.open_sets] == [{"skip"}, {"tolerant"}, {"checks"}]


def test_a_cut_set_is_open_while_one_of_its_whys_stands_and_shut_by_an_item_above() -> None:
    graph = WhysGraph(
        "events were lost", [why("top"), why("p", parent="top", gate="or"), why("q", parent="top", gate="or")]
    )
    causes = causes_of(graph)
    both = frozenset({"p", "q"})
    assert both in causes.cut_sets.sets
    assert both in coverage(graph, [item("A1", "p")], causes).open_sets
    assert both not in coverage(graph, [item("A1", "p"), item("A2", "q")], causes).open_sets
    assert not coverage(graph, [item("A1", "top")], causes).open_sets


@settings(max_examples=100, deadline=None)
@given(trees(), st.data())
def test_the_matrix_agrees_with_walking_up_from_each_cause(whys: list[Why], data) -> None:
    names = [each.id for each in whys]
    items = [item(f"A{n}", *data.draw(st.lists(st.sampled_from(names), max_size=2, unique=True))) for n in range(3)]
    graph = WhysGraph("lost", whys)
    found = coverage(graph, items, causes_of(graph))
    parents = {each.id: each.parent or EFFECT for each in whys}
    assert set(found.causes) == {
        each.id for each in whys if each.branch != "recovered" and each.id not in {other.parent for other in whys}
    }
    for leaf in found.causes:
        above, at = set(), parents[leaf]
        while at != EFFECT:
            above.add(at)
            at = parents[at]
        for one, cell in zip(items, found.cells[leaf], strict=True):
            direct = leaf in one.addresses
            assert cell == ("direct" if direct else "above" if above & set(one.addresses) else "")
