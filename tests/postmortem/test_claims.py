"""Numbers that nothing accounts for are the same whether the document is written or not."""

from __future__ import annotations

import pytest

from incidentsim.case.document import Case, Entry, RowEdit
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.postmortem.build import build
from incidentsim.postmortem.claims import unaccounted_numbers
from incidentsim.postmortem.draft import Draft
from incidentsim.postmortem.numbers import numbers_in, unaccounted
from incidentsim.timeline.records import timeline
from tests.assessment.library import SCENARIOS, run


def in_document(record: ExerciseRecord, case: Case) -> set[tuple[str, str]]:
    found = [each for each in build(record, case).findings if each.kind == "number"]
    return {(each.place, each.text.partition(" is not in ")[0]) for each in found}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_they_are_the_findings_of_the_document(scenario: str) -> None:
    for policy in ("reference", "typical", "harmful", "pin-everything"):
        played = run(scenario, None, policy)
        found = unaccounted_numbers(Draft(played.record, played.case))
        assert set(found) == in_document(played.record, played.case), policy


def test_a_wrong_number_is_found_wherever_it_is_written() -> None:
    played = run("inc-2024-0312", None, "reference")
    record, case = played.record, played.case
    why, statement = case.whys[0], case.sections["summary"][0]
    row = next(each for each in timeline(record) if each.source.startswith("E-"))
    places = {
        "effect": {"effect": "Lost 71,717 of them."},
        why.id: {"whys": (why.model_copy(update={"sensible": "It had 71,717 users."}), *case.whys[1:])},
        "summary.1": {"sections": {"summary": (statement.model_copy(update={"text": "71,717 lost."}),)}},
        "declined.1": {"declined": (statement.model_copy(update={"text": "It takes 71,717 rows."}),)},
        "timeline": {"timeline": {row.key: RowEdit(wording="It was 71,717 by then.", pinned=True)}},
    }
    entry = Entry(id="R-1", t=0, text="There were 71,717.")
    for place, changes in (*places.items(), ("timeline", {"entries": (entry,)})):
        damaged = case.model_copy(update=changes)
        assert (place, "71,717") in in_document(record, damaged)
        assert (place, "71,717") in unaccounted_numbers(Draft(record, damaged))
    marked = statement.model_copy(update={"text": "71,717 lost.", "estimate": True})
    estimated = case.model_copy(update={"sections": {**case.sections, "summary": (marked,)}})
    assert not unaccounted_numbers(Draft(record, estimated))


@pytest.mark.parametrize(
    ("held", "said", "wrong"),
    [
        ("at 08:06 and at 14:12", "at 8:06", "at 08:12"),
        ("2024-03-12T08:06:30Z", "on 12 March 2024, 12 March, at 08:06", "on 8 March, at 08:30"),
        ("on 18 April 2024", "on 18 April", "on 20 April"),
        ("lost 1,022 in 22 min", "1022 in 22 minutes", "22,022"),
    ],
)
def test_a_time_or_a_date_is_accounted_for_as_a_whole(held: str, said: str, wrong: str) -> None:
    known = numbers_in([held])
    assert unaccounted(said, known) == []
    assert len(unaccounted(wrong, known)) == wrong.count(" at ") + 1
