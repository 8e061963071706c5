"""The scorecard and the prices by lines of text: asked for first, on an exercise that really went wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incidentsim.case.document import ActionItem
from incidentsim.case.file import fresh, load, save
from incidentsim.case.policy_writes import written_case
from incidentsim.cli.main import run
from incidentsim.exercise import folder, runs
from incidentsim.exercise.policies import play, policy_of
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from tests.plain.talking import FLAGSHIP, answer, talk, whole
from tests.whatif import small


@pytest.fixture
def journal(home: Path) -> Path:
    """The flagship as a typical response left it."""
    _, path = folder.claim(datetime(2026, 1, 2, tzinfo=UTC), FLAGSHIP)
    exercise, journal = runs.start(setting_for(FLAGSHIP), path)
    with journal:
        seat = Seat(exercise)
        done = play(policy_of(exercise.scenario, "typical"), seat)
        save(written_case(done, seat, exercise.record()), path.parent / "case.yaml")
    return path


def test_the_scorecard_is_asked_for_and_what_is_written_then_is_a_second_attempt(journal: Path, tmp_path: Path) -> None:
    said = whole(talk("prices", "scorecard", "no", "quit", scenario=None, journal=journal))
    assert "Open the scorecard first" in answer(said, "prices")
    assert "This shows what there was to find." in said
    assert "Score: " not in said
    said = whole(talk("scorecard", "yes", "quit", scenario=None, journal=journal))
    score = said[said.index("Score: ") :].partition("\n")[0]
    whys = load(journal.parent / "case.yaml").whys
    said = whole(
        talk(f"drop {whys[0].id}", "scorecard", "packet", "quit", scenario=None, journal=journal, out=tmp_path / "p")
    )
    assert "This shows what there was to find." not in said
    assert score in said, "the first one holds"
    assert "Second attempt: " in said
    assert run(["packet", "verify", str(tmp_path / "p")]) == 0
    assert "first_attempt" in json.loads((tmp_path / "p" / "scorecard.json").read_text())


def test_a_price_is_said_once_it_was_said_what_made_the_choice_sensible(journal: Path, capsys) -> None:
    said = whole(talk("scorecard", "yes", "prices", *[""] * 9, "quit", scenario=None, journal=journal))
    asked = said[said.index("Working out what choices cost") :]
    assert "You held E-" in asked
    assert "What made this sensible at the time?" in asked
    assert "Against that it " not in asked
    talk("prices", *["All boards were green."] * 9, "quit", scenario=None, journal=journal)
    said = whole(talk("prices", *[""] * 9, "quit", scenario=None, journal=journal))
    assert "[All boards were green.]" in said
    assert "Against that it cost" in said
    assert "Modelled." in said
    assert run(["assess", "explain", str(journal)]) == 0
    told = capsys.readouterr().out
    assert told.index("sensible then: All boards were green.") < told.index("Against that it cost")


def test_what_action_items_would_have_changed_is_modelled_by_lines(home: Path, tmp_path: Path) -> None:
    _, journal = folder.claim(datetime(2026, 1, 2, tzinfo=UTC), "whatif-small")
    exercise, kept = runs.start(setting_for(small.written(tmp_path)), journal)
    with kept:
        play(policy_of(exercise.scenario, "slow"), Seat(exercise))
    case = fresh(exercise.scenario, exercise.setting.exercise_id)
    save(case, journal.parent / "case.yaml")
    said = whole(talk("whatif", "quit", scenario=None, journal=journal))
    assert "no control is chosen" in answer(said, "whatif")
    gate = ActionItem(id="AI-01", title="Refuse it", hierarchy="eliminate", type="prevent", control="gate")
    save(case.model_copy(update={"action_items": (gate,)}), journal.parent / "case.yaml")
    said = answer(whole(talk("whatif", "quit", scenario=None, journal=journal)), "whatif")
    for text in ("of 15 pieces of work done.", "5 seeds", "AI-01: Control <gate>: saves ", "Responder shifted"):
        assert text in said
