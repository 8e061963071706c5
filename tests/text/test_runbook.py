"""Runbooks as blocks: steps are counted, tables stand in columns, code stays as it is."""

from __future__ import annotations

from incidentsim.text.runbook import bare, blocks

TABLE = """# Choices

| choice | can be undone? |
|:---|---|
| **hold** it | yes |
| go on with a note | partly |

1. Look
   closely
```
| not | a table |
```
"""


def test_the_cells_of_a_table_stand_below_each_other_without_bars() -> None:
    rows = [bare(each.text) for each in blocks(TABLE) if each.kind == "row"]
    assert rows == ["choice             can be undone?", "hold it            yes", "go on with a note  partly"]


def test_code_stays_as_it_is_and_a_step_takes_its_next_lines() -> None:
    found = blocks(TABLE)
    assert [each.text for each in found if each.kind == "code"] == ["| not | a table |"]
    assert [(each.step, each.text) for each in found if each.step] == [(1, "Look closely")]


def test_a_table_with_uneven_rows_keeps_every_cell() -> None:
    rows = [each.text for each in blocks("| a | b |\n| c |\n| d | e | f |") if each.kind == "row"]
    assert [row.split() for row in rows] == [["a", "b"], ["c"], ["d", "e", "f"]]
