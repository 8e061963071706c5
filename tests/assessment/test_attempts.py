"""Once the scorecard was seen, what is written counts as a second attempt; the score stays that of the first."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from incidentsim.assessment.attempts import closed
from incidentsim.assessment.history import Drill
from incidentsim.assessment.scorecard import assess
from incidentsim.case.document import Case, Override
from incidentsim.case.file import dumps, loads
from tests.assessment.scenarios import Played, played

WHEN = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


def lazy() -> tuple[Played, Case]:
    """A good run of which nothing was written before the scorecard was seen."""
    run = played("reference")
    return run, closed(run.record, Case(), WHEN)


def test_what_is_written_after_looking_does_not_count_as_the_first_attempt() -> None:
    run, case = lazy()
    assert case.first_attempt is not None
    better = run.case.model_copy(update={"first_attempt": case.first_attempt})
    card = assess(run.record, better)
    first = case.first_attempt.score
    assert card.score > first
    assert card.graded == first
    text = card.to_markdown()
    assert f"Score: {first} of 100" in text
    assert "2026-05-04T10:30:00Z" in text
    assert f"Second attempt: {card.score} of 100" in text
    changed = card.to_json()["first_attempt"]["changed"]
    assert {"factors", "whys"} <= {each["id"] for each in changed}
    assert all(each["now"] != each["before"] for each in changed)
    drill = Drill("x", "s", "t", json.loads(json.dumps(card.to_json())))
    assert drill.score == first
    assert drill.family("analysis") == Drill("x", "s", "t", assess(run.record, case).to_json()).family("analysis")


def test_who_changes_nothing_has_one_attempt_and_closing_again_changes_nothing() -> None:
    run, case = lazy()
    assert closed(run.record, case) == case
    card = assess(run.record, case)
    assert card.first is None
    assert "Second attempt" not in card.to_markdown()
    assert "first_attempt" not in card.to_json()


def test_a_facilitators_word_is_no_second_attempt() -> None:
    run, case = lazy()
    given = case.model_copy(update={"overrides": {"factors": Override(ratio=1.0, reason="said aloud")}})
    assert assess(run.record, given).first is None


def test_it_is_kept_in_the_case_file() -> None:
    _, case = lazy()
    assert loads(dumps(case), "case.yaml") == case
