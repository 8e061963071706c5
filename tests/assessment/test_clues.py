"""Evidence is matched to what it shows by its address and its moment."""

from __future__ import annotations

import pytest

from incidentsim.assessment.clues import match
from incidentsim.exercise.clues import shows
from incidentsim.exercise.evidence import Evidence
from incidentsim.scenario.truth import Clue, Truth

MINUTE = 60_000


def evidence(source: str, t: int = 0, about: int | None = None, number: int = 1, phase: str = "during") -> Evidence:
    return Evidence(f"E-{number:04d}", t, "row", source, "title", "text", "responder", phase, about=about)  # type: ignore[arg-type]


def clue(**more: object) -> Clue:
    return Clue.model_validate({"id": "c", "shows": ["x"], **more})


@pytest.mark.parametrize(
    ("source", "matches"),
    [
        ("result:inspect:pipe#ok", True),
        ("result:inspect:pipe:aspect=config#ok", True),
        ("result:inspect:PIPE#ok", False),
        ("result:inspect:edge#ok", False),
    ],
)
def test_a_source_is_matched_like_a_file_name_with_case(source: str, matches: bool) -> None:
    assert shows(clue(sources=["result:inspect:pipe*"]), evidence(source)) is matches


@pytest.mark.parametrize(
    ("source", "matches"),
    [
        ("query:accepted+served:by=time,version", True),
        ("query:accepted+loaded+served:by=version", True),
        ("query:accepted+served:by=time", False),
        ("query:accepted+served:by=", False),
        ("query:accepted:by=version", False),
        ("query:accepted+served-late:by=version", False),
        ("search:query accepted+served:by=version", False),
    ],
)
def test_a_count_shows_something_when_it_has_all_datasets_and_dimensions(source: str, matches: bool) -> None:
    wanted = clue(query={"datasets": ["served", "accepted"], "by": ["version"]})
    assert shows(wanted, evidence(source)) is matches


def test_what_was_seen_before_a_clues_time_shows_nothing_yet() -> None:
    late = clue(sources=["row:*"], after="10m")
    assert not shows(late, evidence("row:a:1", t=9 * MINUTE))
    assert shows(late, evidence("row:a:1", t=10 * MINUTE))


def test_an_old_row_that_is_opened_late_still_tells_of_its_own_moment() -> None:
    late = clue(sources=["row:*"], after="10m")
    assert not shows(late, evidence("row:a:1", t=50 * MINUTE, about=0))
    assert shows(late, evidence("row:a:1", t=50 * MINUTE, about=11 * MINUTE))


def test_evidence_is_listed_for_everything_it_shows_and_only_play_discriminates() -> None:
    truth = Truth.model_validate(
        {
            "conditions": [{"id": "x", "text": "x", "category": "c", "branch": "occurred"}],
            "red_herrings": [{"id": "h", "text": "h"}],
            "clues": [
                {"id": "both", "shows": ["x", "h"], "sources": ["row:both:*"], "discriminates": True},
                {"id": "never", "shows": ["x"], "sources": ["row:never:*"]},
            ],
        }
    )
    held = [
        evidence("row:other:1", number=1),
        evidence("row:both:2", t=9, number=2),
        evidence("row:both:1", t=5, number=3),
        evidence("row:both:3", t=1, number=4, phase="after"),
    ]
    index = match(truth, held)
    assert index.showing == {"x": ("E-0002", "E-0003", "E-0004"), "h": ("E-0002", "E-0003", "E-0004")}
    assert [each.id for each in index.discriminating] == ["E-0003", "E-0002"]
    assert index.clues["never"] == ()
    assert "E-0001" not in index.bearing
