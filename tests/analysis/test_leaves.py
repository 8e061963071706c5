"""Where the asking stops: not below what was ruled out; and what is recovered is no cause that an action has to cover."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.analysis.and_or import AndOr
from incidentsim.analysis.causes import causes_of
from incidentsim.analysis.coverage import coverage
from incidentsim.analysis.whys import WhysGraph
from incidentsim.case.document import Why

WHYS = (
    Why(id="W-01", text="the parser skips", branch="occurred"),
    Why(id="W-02", text="a rebalance lost records", branch="occurred", ruled_out=True),
    Why(id="W-03", text="a broker was restarted", branch="occurred", parent="W-02"),
    Why(id="W-04", text="the copy was kept", branch="recovered"),
)


def test_what_explains_something_ruled_out_is_no_leaf() -> None:
    graph = WhysGraph("lost", WHYS, lambda _: True)
    assert [why.id for why in graph.leaves()] == ["W-01", "W-04"]


def test_what_could_be_recovered_needs_no_action() -> None:
    graph = WhysGraph("lost", WHYS, lambda _: True)
    assert coverage(graph, (), causes_of(graph)).bare == ("W-01",)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_sets_are_minimal_also_where_larger_ones_were_left_out(data: st.DataObject) -> None:
    names = [f"n{number}" for number in range(data.draw(st.integers(4, 9)))]
    causes = {
        name: data.draw(st.lists(st.sampled_from(names[:place]), unique=True, max_size=4)) if place else []
        for place, name in enumerate(names)
    }
    gates = {name: data.draw(st.sampled_from(("all", "any"))) for name in names}
    graph = AndOr(causes, gates)
    found = graph.cut_sets(names[-1], largest=data.draw(st.integers(1, 3)))
    for one in found.sets:
        assert not graph.comes_about(names[-1], one)
        assert all(graph.comes_about(names[-1], one - {each}) for each in one)
