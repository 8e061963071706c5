"""The categories of a fishbone are the case's own, where it has some."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.analysis.fishbone import UNSORTED, build
from incidentsim.analysis.fishbone_checks import findings
from incidentsim.analysis.rendering import fish_shape
from incidentsim.analysis.whys import WhysGraph
from incidentsim.case.categories import MOST, categories_text, parse_categories
from incidentsim.case.document import CATEGORIES, Case, Why
from incidentsim.case.file import load, save
from incidentsim.text.problem import Problem

OWN = {"schema-contracts": "Schema & contracts", "signals": "Signals: what is watched"}
WHYS = (
    Why(id="W-01", text="nothing compares the ends", branch="undetected", category="signals", cites=("E-0001",)),
    Why(id="W-02", text="a reader skips what it cannot read", branch="occurred", category="code", cites=("E-0001",)),
)


def test_a_case_has_the_usual_categories_until_it_names_others(tmp_path) -> None:
    assert Case().bones == CATEGORIES
    case = Case(categories=OWN)
    save(case, tmp_path / "case.yaml")
    assert list(load(tmp_path / "case.yaml").bones.items()) == list(OWN.items())


def test_lines_are_read_with_or_without_an_id() -> None:
    assert parse_categories("Schema & contracts\n\n signals : Signals: what is watched ") == OWN
    assert parse_categories("") == {}
    assert parse_categories(categories_text(CATEGORIES)) == {}, "the usual ones are not written down"


@given(st.dictionaries(st.from_regex(r"[a-z0-9]{1,8}(-[a-z]{1,4})?", fullmatch=True),
                       st.from_regex(r"[A-Za-z&:]{1,20}", fullmatch=True), min_size=1, max_size=MOST))  # fmt: skip
def test_what_is_written_out_is_read_back(categories: dict[str, str]) -> None:
    assert parse_categories(categories_text(categories)) == categories


@pytest.mark.parametrize(
    ("text", "said"),
    [("code: Code\ncode: Again", "line 2: the category 'code'"), (": No id", "line 1"), ("a b: Two words", "line 1"),
     ("code:", "line 1"), ("…", "line 1"), ("\n".join(f"Number {each}" for each in range(13)), "13 categories")],
)  # fmt: skip
def test_what_is_no_category_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        parse_categories(text)


def test_the_fishbone_has_the_cases_bones_in_their_order_and_the_rest_unsorted() -> None:
    graph = WhysGraph("effect", WHYS, lambda _: True)
    fish = build(graph, OWN)
    assert list(fish.ribs) == ["signals", UNSORTED]
    assert [rib.category for rib in fish_shape(fish, OWN).ribs] == ["Signals: what is watched", "Not sorted"]


def test_rules_about_bones_that_are_not_there_do_not_fire_and_people_are_no_bone() -> None:
    graph = WhysGraph("effect", WHYS, lambda _: True)
    codes = {each.code for each in findings(build(graph, OWN), graph, OWN)}
    assert "FB07" not in codes
    assert "FB07" in {each.code for each in findings(build(graph, CATEGORIES), graph, CATEGORIES)}
    people = {**OWN, "man": "People"}
    (found,) = [each for each in findings(build(graph, people), graph, people) if each.code == "FB04"]
    assert found.where == "man"
