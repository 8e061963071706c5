"""The library finds content by name: in the current folder, the user's, and what was installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from incidentsim.scenario.library import entries, find, has_runbook, runbook, template_path
from incidentsim.text.problem import Problem
from tests.scenario.documents import causal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder and a user's folder, both with content."""
    here, user = tmp_path / "here", tmp_path / "data" / "incidentsim"
    for base, name in ((here, "late-orders"), (user, "late-orders"), (user, "mine")):
        place = base / "scenarios" / name
        place.mkdir(parents=True)
        (place / "incident_scenario.json").write_text(json.dumps(causal()))
    (here / "runbooks").mkdir()
    (here / "runbooks" / "restart.md").write_text("# Restart\n")
    (here / "postmortem_templates").mkdir()
    (here / "postmortem_templates" / "short.md.j2").write_text("x")
    (tmp_path / "secret.md").write_text("secret")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(here)
    return here


def test_the_nearest_scenario_of_a_name_is_taken(folder: Path) -> None:
    found = {entry.id: entry for entry in entries()}
    assert found["late-orders"].origin == "here"
    assert found["mine"].origin == "user"
    assert found["mine"].title == "Orders arrive late"
    assert find("LATE-orders").resolve() == folder / "scenarios/late-orders/incident_scenario.json"


def test_a_path_to_a_file_or_folder_works_too(folder: Path) -> None:
    assert find("scenarios/late-orders") == find("scenarios/late-orders/incident_scenario.json")


@pytest.mark.parametrize("name", ["late-order", "", "../x", "a\0b", "x" * 5000, "/nowhere", "runbooks"])
def test_a_wrong_name_is_one_message_with_a_mend(folder: Path, name: str) -> None:
    with pytest.raises(Problem) as caught:
        find(name)
    assert caught.value.mend


def test_a_near_name_is_suggested(folder: Path) -> None:
    with pytest.raises(Problem, match="Did you mean late-orders"):
        find("late-order")


def test_runbooks_and_templates_are_found_by_name(folder: Path) -> None:
    assert runbook("restart") == "# Restart\n"
    assert template_path("short") == template_path("short.md.j2")
    with pytest.raises(Problem, match="restart"):
        runbook("restrt")


@pytest.mark.parametrize("name", ["../../secret", "..", "/etc/passwd", "a/b", "", "restart\0"])
def test_a_name_never_leads_out_of_its_folder(folder: Path, name: str) -> None:
    assert not has_runbook(name)
    for look in (runbook, template_path):
        with pytest.raises(Problem):
            look(name)


def test_the_title_in_the_list_is_never_one_from_deeper_in_the_document(folder: Path) -> None:
    document = {"faults": [{"title": "the secret cause"}], **causal()}
    del document["title"]
    document = {"faults": document.pop("faults"), **document, "title": "Orders arrive late"}
    (folder / "scenarios/late-orders/incident_scenario.json").write_text(json.dumps(document))
    titles = [entry.title for entry in entries() if entry.id == "late-orders"]
    assert titles == ["Orders arrive late"]
