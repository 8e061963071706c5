"""A case file keeps every word, is written whole or not at all, and a bad one is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.case import file
from incidentsim.case.actions import ranked
from incidentsim.case.autosave import SavedCase
from incidentsim.case.document import ActionItem, Case, Statement, Why
from incidentsim.case.file import CaseError, dumps, load, loads, save

WHY = Why(id="W-01", text="nothing compares\nboth ends", branch="undetected", cites=("E-0007",))
ITEM = ActionItem(id="AI-01", title="Count both ends", hierarchy="automate", type="detect", slo="coverage")
CASE = Case(
    incident="INC-1",
    effect="events missing",
    whys=(WHY,),
    action_items=(ITEM,),
    sections={"lucky": (Statement(text="x"),)},
)


def test_a_case_comes_back_as_it_was_written(tmp_path: Path) -> None:
    save(CASE, tmp_path / "case.yaml")
    assert load(tmp_path / "case.yaml") == CASE
    text = (tmp_path / "case.yaml").read_text()
    assert text.startswith("# EXERCISE")
    assert "schema: incidentsim.dev/case/v1" in text
    assert "nothing compares\n" in text


@settings(deadline=None, max_examples=500)
@given(st.text(max_size=200))
def test_any_text_survives_or_is_refused(text: str) -> None:
    case = Case(effect=text, sections={"lucky": (Statement(text=text),)}, whys=(WHY.model_copy(update={"text": text}),))
    try:
        written = dumps(case)
    except CaseError:
        return
    assert loads(written, "case.yaml") == case


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "case.yaml"), ("[]", "case.yaml"), ("nonsense", "case.yaml"), ("a: b: c", "case.yaml:1"),
        ("effect: x\neffect: y", "case.yaml:2"), ("effect: [1", "case.yaml"), ("surprise: 1", "surprise"),
        ("whys: 5", "whys"), ("whys:\n- id: W-01\n  text: x\n  branch: sideways", "case.yaml:4"),
        ("whys:\n- id: '../x'\n  text: x\n  branch: lasted", "case.yaml:2"), ("effect: !!python/object:os.system x", "case.yaml:1"),
        ("a: &a [*a]", "case.yaml"), ("schema: other/v9", "schema"), ("exercise: perhaps", "exercise"),
        ("sections:\n  lucky: text", "sections.lucky"), ("whys:\n- id: W\n  text: x\n  branch: lasted\n  cites: [nine]", "cites"),
        ("effect: \"\\ud800\"", "case.yaml"), ("\x00", "case.yaml"), ("effect: x\n\tmore: y", "case.yaml"),
        ("action_items:\n- id: A\n  title: t\n  hierarchy: hope\n  type: detect", "hierarchy"),
        ("action_items:\n- id: A\n  title: t\n  hierarchy: automate\n  type: detect\n  due: someday", "due"),
        ("{" * 200, "case.yaml"),
    ],
)  # fmt: skip
def test_a_bad_case_is_refused_in_words_with_its_place(text: str, says: str) -> None:
    with pytest.raises(CaseError) as refusal:
        loads(text, "case.yaml")
    assert says in refusal.value.report()


def test_a_case_that_cannot_be_saved_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.yaml"
    save(CASE, path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file.os, "fsync", full)
    with pytest.raises(CaseError, match="No space left"):
        save(Case(effect="new"), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["case.yaml"]


def test_every_change_is_saved_and_taken_up_again(tmp_path: Path) -> None:
    kept = SavedCase(tmp_path / "case.yaml", Case(incident="INC-1"))
    kept.change(effect="events missing")
    kept.change(whys=(WHY,))
    assert SavedCase(tmp_path / "case.yaml", Case()).case == Case(
        incident="INC-1", effect="events missing", whys=(WHY,)
    )


def test_action_items_are_ranked_by_hierarchy_then_priority() -> None:
    items = [
        ITEM.model_copy(update={"id": name, "hierarchy": hierarchy, "priority": priority})
        for name, hierarchy, priority in (
            ("a", "document", "P0"), ("b", "guardrail", "P1"), ("c", "eliminate", "P2"), ("d", "guardrail", "P0"),
            ("e", "automate", "P1"),
        )
    ]  # fmt: skip
    assert [item.id for item in ranked(items)] == ["c", "e", "d", "b", "a"]
