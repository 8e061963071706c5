"""A case file keeps every word, is written whole or not at all, and a bad one is refused with its place."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.case import file
from incidentsim.case.actions import ranked
from incidentsim.case.autosave import SavedCase
from incidentsim.case.document import ActionItem, Case, Edit, Statement, Why
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
        ("{" * 200, "case.yaml"), ("whys:\n- {id: effect, text: x, branch: lasted}", "id effect"),
        ("effect: x\nwhys:\n- {id: W-1, text: x, branch: lasted}\n- {id: W-1, text: y, branch: lasted}", "case.yaml:3:1: whys: two whys have the id W-1"),
        ("action_items:\n- &a {id: A-1, title: t, hierarchy: automate, type: detect}\n- *a", "two action items have the id A-1"),
        ("a: b\n---\nc: d", "case.yaml:2"), ("effect: " + "é" * (4 * 1024 * 1024 + 1), "8 MB"),
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


def test_a_case_that_could_not_be_read_again_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    save(CASE, path)
    large = CASE.model_copy(update={"edits": {f"b{n}": Edit(base="é" * 10_000, text="é" * 20_000) for n in range(150)}})
    with pytest.raises(CaseError, match="8 MB"):
        save(large, path)
    assert load(path) == CASE


def test_saving_keeps_the_permissions_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    save(CASE, path)
    path.chmod(0o640)
    save(Case(effect="new"), path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_cannot_be_synced_is_no_reason_to_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = file.os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(handle)

    monkeypatch.setattr(file.os, "fsync", files_only)
    save(CASE, tmp_path / "case.yaml")
    assert load(tmp_path / "case.yaml") == CASE


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "bytes"])
def test_what_is_no_case_file_is_refused_in_words_about_cases(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "case.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "bytes":
        path.write_bytes(b"effect: ok\ntitle: \xff")
    with pytest.raises(CaseError) as refusal:
        load(path)
    assert "scenario" not in refusal.value.report()
    if kind == "bytes":
        assert refusal.value.place.endswith("case.yaml:2:8")


WORDS = ["yes", "no", "null", "~", "1e5", "0x10", "1_000", "1:30", "2024-03-12", "<<", "=", "- a", "# c", "a: b", "*a",
         "&a", "!t", "|", ">", "---", "...", "? x", "a longer run of plain words", " ", "  ", "\t", "\n", "\n\n", "\r", "\x85",
         "\u2028", "\ufeff", "漢字", "\x1b", "\x00", "\uffff", "é", "'q'", '"d"']  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.sampled_from(["", " ", "\n", "\n  "]))
def test_words_that_yaml_reads_as_its_own_survive(words: list[str], joint: str) -> None:
    text = joint.join(words)
    case = Case(
        effect=text,
        title=text,
        authors=(text,),
        edits={"true": Edit(base=text, text="1e5"), "1e5": Edit(base="null", text=text)},
    )
    assert loads(dumps(case), "case.yaml") == case


def test_every_change_is_saved_and_taken_up_again(tmp_path: Path) -> None:
    kept = SavedCase(tmp_path / "case.yaml", Case(incident="INC-1"))
    kept.change(effect="events missing")
    kept.change(whys=(WHY,))
    assert SavedCase(tmp_path / "case.yaml", Case()).case == Case(
        incident="INC-1", effect="events missing", whys=(WHY,)
    )


def test_what_is_edited_by_hand_meanwhile_is_taken_up_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    kept = SavedCase(path, Case(incident="INC-1"))
    kept.change(effect="events missing")
    assert not kept.refresh()

    save(kept.case.model_copy(update={"title": "by hand"}), path)
    kept.change(whys=(WHY,))
    assert load(path) == Case(incident="INC-1", title="by hand", effect="events missing", whys=(WHY,))

    save(kept.case.model_copy(update={"effect": "events late"}), path)
    with pytest.raises(CaseError, match="effect changed there meanwhile"):
        kept.change(effect="events lost")
    assert load(path).effect == kept.case.effect == "events late"
    kept.change(effect="events lost")
    assert load(path).effect == "events lost"


def test_a_file_that_was_broken_by_hand_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    kept = SavedCase(path, Case(incident="INC-1"))
    kept.change(effect="events missing")
    path.write_text("effect: [half\n")
    with pytest.raises(CaseError, match=r"case\.yaml:"):
        kept.change(title="x")
    assert path.read_text() == "effect: [half\n"
    assert kept.case.effect == "events missing"
    path.unlink()
    kept.change(title="x")
    assert load(path).effect == "events missing"


def test_action_items_are_ranked_by_hierarchy_then_priority() -> None:
    items = [
        ITEM.model_copy(update={"id": name, "hierarchy": hierarchy, "priority": priority})
        for name, hierarchy, priority in (
            ("a", "document", "P0"), ("b", "guardrail", "P1"), ("c", "eliminate", "P2"), ("d", "guardrail", "P0"),
            ("e", "automate", "P1"),
        )
    ]  # fmt: skip
    assert [item.id for item in ranked(items)] == ["c", "e", "d", "b", "a"]
