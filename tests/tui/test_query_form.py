"""The form of a query says what its line says."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from incidentsim.scenario.units import MINUTE
from incidentsim.tui.dialogs.form import Answers
from incidentsim.tui.dialogs.query_form import query_form, read_form
from incidentsim.tui.wording import Clock
from tests.exercise.query_lines import NOW, brief, lines, read


@settings(max_examples=200)
@given(lines())
def test_the_form_says_what_the_line_says(line):
    args = read(line)
    if args is None:
        return
    clock = Clock(brief()["start"])
    form = query_form(args, brief(), clock, NOW)
    texts = {one.id: one.value for one in form.fields if one.kind != "many"}
    lists = {one.id: list(one.values) for one in form.fields if one.kind == "many"}
    again = read_form(Answers(texts, lists), brief(), clock, NOW)
    assert normal(again) == normal(args)


def normal(args: dict[str, Any]) -> dict[str, Any]:
    """Arguments with what stands for nothing left out: an end that has not come, the usual stretch of time."""
    kept = dict(args)
    if kept.get("to", NOW) >= NOW:
        kept.pop("to", None)
    if kept.get("bucket") == 60 * MINUTE:
        kept.pop("bucket")
    return kept
