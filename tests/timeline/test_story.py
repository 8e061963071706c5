"""The timeline as it is told: nothing is lost, nothing changes its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.case.document import RowEdit
from incidentsim.timeline.records import TimelineRow
from incidentsim.timeline.story import story

moments = st.lists(st.integers(0, 20), max_size=12).map(sorted)


def rows_at(times: list[int]) -> tuple[TimelineRow, ...]:
    return tuple(TimelineRow(t, f"{t}", f"row {n}", "x", "note", f"C-{n:04d}") for n, t in enumerate(times))


@st.composite
def told(draw):
    rows = rows_at(draw(moments))
    keys = [row.key for row in rows] + ["gone"]
    edits = {}
    for row in rows:
        if draw(st.booleans()):
            edits[row.key] = RowEdit(
                wording=draw(st.sampled_from(["", "words"])),
                into=draw(st.sampled_from(["", *keys])),
                phase=draw(st.sampled_from(["", "looking"])),
            )
    return rows, edits


@given(told())
def test_every_row_is_told_once_in_its_order(given_rows):
    rows, edits = given_rows
    found = story(rows, edits)
    assert sorted(row.source for each in found for row in (each.row, *each.parts)) == [row.source for row in rows]
    order = {row.source: place for place, row in enumerate(rows)}
    heads = [order[each.row.source] for each in found]
    assert heads == sorted(heads)
    for each in found:
        assert [order[row.source] for row in each.parts] == sorted(order[row.source] for row in each.parts)
        assert all(order[row.source] > order[each.row.source] for row in each.parts)


@given(told())
def test_a_row_is_told_with_an_earlier_one_exactly_where_somebody_said_so(given_rows):
    rows, edits = given_rows
    found = story(rows, edits)
    head_of = {row.key: each.row.key for each in found for row in (each.row, *each.parts)}
    order = {row.key: place for place, row in enumerate(rows)}
    for row in rows:
        into = edits[row.key].into if row.key in edits else ""
        earlier = into in order and order[into] < order[row.key]
        assert head_of[row.key] == (head_of[into] if earlier else row.key)
    for each in found:
        edit = edits.get(each.row.key, RowEdit())
        assert (each.wording, each.phase) == (edit.wording, edit.phase)
        assert each.touched == bool(edit.wording or edit.phase or each.parts)
