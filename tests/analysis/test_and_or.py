"""Necessary conditions and cut sets against brute force, and against networkx where every cause suffices."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.analysis.and_or import AndOr


@st.composite
def graphs(draw, gates=("all", "any"), most=12):
    """A graph without circles: each node's causes come after it; node 0 is the head."""
    count = draw(st.integers(1, most))
    names = [f"n{number:02d}" for number in range(count)]
    causes = {
        name: draw(st.lists(st.sampled_from(names[place + 1 :]), max_size=3, unique=True)) if place < count - 1 else []
        for place, name in enumerate(names)
    }
    return causes, {name: draw(st.sampled_from(gates)) for name in names}


def there(causes, gates, node, gone) -> bool:
    """The meaning, said again as plainly as can be."""
    if node in gone:
        return False
    if not causes[node]:
        return True
    found = [there(causes, gates, each, gone) for each in causes[node]]
    return all(found) if gates[node] == "all" else any(found)


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_necessary_conditions_are_those_without_which_the_head_is_not_there(graph):
    causes, gates = graph
    model = AndOr(causes, gates)
    slow = {node for node in causes if not there(causes, gates, "n00", {node})}
    assert model.necessary("n00") == slow


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_cut_sets_are_all_minimal_sets_up_to_their_size(graph):
    causes, gates = graph
    slow = []
    for size in range(1, 5):
        for one in combinations(sorted(causes), size):
            if any(set(other) <= set(one) for other in slow):
                continue
            if not there(causes, gates, "n00", set(one)):
                slow.append(one)
    found = AndOr(causes, gates).cut_sets("n00")
    assert [tuple(sorted(each)) for each in found.sets if len(each) <= 4] == slow


@settings(max_examples=60, deadline=None)
@given(graphs(), st.sets(st.integers(0, 11)))
def test_cut_sets_among_some_nodes_hold_only_these(graph, chosen):
    causes, gates = graph
    among = {f"n{number:02d}" for number in chosen}
    slow = []
    for size in range(1, 5):
        for one in combinations(sorted(among & set(causes)), size):
            if not any(set(other) <= set(one) for other in slow) and not there(causes, gates, "n00", set(one)):
                slow.append(one)
    found = AndOr(causes, gates).cut_sets("n00", among.__contains__)
    assert [tuple(sorted(each)) for each in found.sets] == slow


@settings(max_examples=100, deadline=None)
@given(graphs(gates=("any",)))
def test_where_every_cause_suffices_they_are_the_dominators(graph):
    causes, gates = graph
    flow = nx.DiGraph()
    flow.add_node("n00")
    for node, found in causes.items():
        flow.add_edges_from((cause, node) for cause in found)
        if not found:
            flow.add_edge("root", node)
    idom = nx.immediate_dominators(flow, "root")
    dominators, node = set(), "n00"
    while node is not None and node != "root":
        dominators.add(node)
        node = idom.get(node)
    assert AndOr(causes, gates).necessary("n00") == dominators


@given(graphs(), st.data())
def test_what_comes_about_is_what_the_plain_rule_says(graph, data):
    causes, gates = graph
    gone = data.draw(st.sets(st.sampled_from(sorted(causes))))
    assert AndOr(causes, gates).comes_about("n00", gone) == there(causes, gates, "n00", gone)


def test_a_circle_is_refused():
    with pytest.raises(ValueError, match="circle"):
        AndOr({"a": ["b"], "b": ["a"]}, {})


def test_a_wide_graph_is_cut_short_and_says_so():
    ways = [f"w{number:02d}" for number in range(6)]
    causes = {"head": ways, **{way: [f"{way}-{n}" for n in range(2)] for way in ways}}
    found = AndOr(causes, {"head": "any"}).cut_sets("head")
    assert found.cut
    assert found.sets == (frozenset({"head"}),)
