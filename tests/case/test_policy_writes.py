"""An auto-player writes only what its run revealed."""

from __future__ import annotations

from typing import Any

from tests.assessment.scenarios import ACTIONS, WHYS, document, played

from incidentsim.case.file import dumps, loads


def case_of(skip: tuple[str, ...] = (), **writes: Any) -> Any:
    raw = document()
    policy = next(each for each in raw["policies"] if each["id"] == "reference")
    policy["writes"] = {**policy["writes"], **writes}
    return played("reference", raw=raw, skip=skip)


def texts(run: Any) -> list[str]:
    return [each.text for each in run.case.whys]


def test_each_statement_cites_evidence_that_the_run_brought() -> None:
    run = case_of()
    held = {each.id: each for each in run.record.evidence}
    assert texts(run) == [each["text"] for each in WHYS]
    cited = [cite for each in run.case.whys for cite in each.cites]
    assert cited
    assert all(cite in held for cite in cited)
    check = run.case.whys[2]
    assert [held[each].source for each in check.cites] == ["interview:producer:changed"]
    assert held[check.cites[0]].phase == "after"


def test_a_statement_whose_evidence_never_came_is_left_out() -> None:
    run = case_of(skip=("interview",))
    assert "The compatibility check was off" not in texts(run)
    assert len(run.case.whys) == len(WHYS) - 1


def test_a_statement_keeps_those_of_its_cites_that_came() -> None:
    run = case_of(skip=("ask",))
    change = next(each for each in run.case.whys if each.text == "A field was added to the schema")
    held = {each.id: each for each in run.record.evidence}
    assert [held[each].kind for each in change.cites] == ["query"]


def test_a_statement_that_cites_nothing_is_kept() -> None:
    run = case_of(skip=("count",), sections={"lucky": [{"id": "l", "text": "The log keeps 50 minutes."}]})
    assert [each.text for each in run.case.sections["lucky"]] == ["The log keeps 50 minutes."]


def test_an_orphan_hangs_on_its_nearest_ancestor_or_on_the_effect() -> None:
    chain = [
        {"id": "a", "text": "a", "branch": "occurred", "cites": ["count"]},
        {"id": "b", "text": "b", "branch": "occurred", "cites": ["ask"], "because_of": "a"},
        {"id": "c", "text": "c", "branch": "occurred", "cites": ["interview"], "because_of": "b"},
        {"id": "d", "text": "d", "branch": "lasted", "cites": ["count"], "because_of": "c"},
        {"id": "e", "text": "e", "branch": "lasted", "cites": ["board"], "because_of": "b"},
    ]
    whole = case_of(whys=chain, actions=[])
    assert [(each.id, each.parent) for each in whole.case.whys] == [
        ("W-01", None), ("W-02", "W-01"), ("W-03", "W-02"), ("W-04", "W-03"), ("W-05", "W-02"),
    ]  # fmt: skip
    cut = case_of(whys=chain, actions=[], skip=("ask", "interview"))
    assert [(each.id, each.text, each.parent) for each in cut.case.whys] == [
        ("W-01", "a", None), ("W-02", "d", "W-01"), ("W-03", "e", "W-01"),
    ]  # fmt: skip
    rootless = case_of(whys=chain, actions=[], skip=("ask", "interview", "count"))
    assert [(each.text, each.parent) for each in rootless.case.whys] == [("e", None)]


def test_an_action_item_whose_causes_are_gone_is_left_out_and_the_rest_are_numbered() -> None:
    run = case_of(skip=("interview",))
    assert [each.id for each in run.case.action_items] == ["AI-01", "AI-02"]
    assert ACTIONS[0]["text"] not in [each.title for each in run.case.action_items]
    kept = {each.id for each in run.case.whys}
    assert all(set(each.addresses) <= kept and each.addresses for each in run.case.action_items)


def test_placeholders_in_what_is_written_stay_for_the_document_to_fill() -> None:
    assert [each.text for each in case_of().case.sections["summary"]] == ["Lost for {{ lasted }}."]


def test_a_section_that_lost_all_its_statements_is_not_there() -> None:
    assert "summary" not in case_of(skip=("count",)).case.sections


def test_what_is_written_survives_the_case_file() -> None:
    case = case_of().case
    assert loads(dumps(case), "case.yaml") == case
    assert case.exercise
    assert case.incident == "SMALL"


def test_a_title_that_is_too_long_for_a_line_is_cut() -> None:
    run = case_of(actions=[{**ACTIONS[1], "text": "count " * 300}])
    assert len(run.case.action_items[0].title) == 500


def test_one_who_did_nothing_writes_nothing() -> None:
    run = played("idle")
    assert run.case.whys == ()
    assert run.case.action_items == ()
