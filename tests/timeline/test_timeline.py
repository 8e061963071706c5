"""The timeline: what was seen in play, when, and the milestones computed from it."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.scenario.units import DAY, HOUR, MINUTE
from incidentsim.simulation.event import Event, Phase
from incidentsim.timeline.clock import UtcClock
from incidentsim.timeline.milestones import milestones
from incidentsim.timeline.records import TimelineRow, timeline
from incidentsim.timeline.table import COLUMNS, frame, timeline_csv
from tests.packet.drills import drill, scripted

CLOCK = UtcClock(datetime(2024, 3, 12, 8, tzinfo=UTC), 6 * HOUR)


def rows(policy="reference"):
    return timeline(drill(policy).record)


class TestTheClock:
    def test_a_moment_of_the_day_is_hours_and_minutes(self):
        assert CLOCK.utc(6 * MINUTE) == "08:06 UTC"

    def test_a_moment_of_another_day_carries_its_date(self):
        assert CLOCK.utc(-77 * DAY) == "2023-12-26 08:00 UTC"

    def test_where_the_scenario_passes_midnight_every_moment_carries_its_date(self):
        assert UtcClock(CLOCK.start, 20 * HOUR).utc(0) == "2024-03-12 08:00 UTC"

    @given(st.integers(-(10**18), 10**18))
    def test_any_moment_has_a_text(self, t):
        assert CLOCK.iso(t).endswith("Z")
        assert CLOCK.utc(t).endswith(" UTC")


class TestMilestones:
    def test_spans_are_computed_from_the_moments(self):
        found = milestones(drill().record)
        assert found.started is not None
        assert found.detected is not None
        assert (found.ttd, found.ttr) == (found.detected - found.started, found.resolved - found.started)
        assert found.started < found.detected < found.acknowledged < found.mitigated < found.resolved

    def test_detected_is_the_first_evidence_that_tells_the_cause_from_the_rest(self):
        found = milestones(drill().record)
        telling = next(each for each in drill().record.evidence if each.id == found.detected_by)
        assert telling.kind == "query"
        assert telling.t == found.detected

    def test_without_such_evidence_it_is_the_first_declaration(self):
        record = replace(drill().record, evidence=())
        found = milestones(record)
        assert found.detected == found.acknowledged
        assert found.detected_by == "declaration"

    def test_nothing_done_means_nothing_detected(self):
        found = milestones(drill("idle").record)
        assert (found.detected, found.ttd, found.mitigated, found.ttr) == (None, None, None, None)

    def test_a_milestone_that_did_not_hold_does_not_count(self):
        lost = Event(1, Phase.CAUSAL, 9999, "milestone", {"name": "resolved", "at": 1, "reached": False})
        record = replace(drill().record, events=(*drill().record.events, lost))
        assert milestones(record).resolved is None


class TestRows:
    def test_they_stand_in_the_order_of_time(self):
        times = [row.t for row in rows()]
        assert times == sorted(times)

    def test_a_message_that_was_opened_cites_its_evidence_and_one_that_was_not_says_so(self):
        opened = [row for row in rows() if row.kind == "message"]
        assert all(row.source.startswith("E-") for row in opened)
        closed = [row for row in rows("idle") if row.kind == "message"]
        assert closed
        assert all(row.source.startswith("M-") and "(not opened)" in row.what for row in closed)

    def test_what_was_learned_after_play_is_marked(self):
        after = [row for row in rows() if row.learned_after]
        assert {row.kind for row in after} == {"interview"}

    def test_an_action_that_changes_the_system_stands_where_it_began_and_where_it_ended(self):
        stopping = [row for row in rows() if "Stop Edge" in row.what]
        assert [row.kind for row in stopping] == ["action", "result"]
        assert all(row.changes for row in stopping)

    def test_an_inspection_changes_nothing(self):
        assert not any(row.changes for row in rows() if "Inspect" in row.what)

    def test_the_markers_are_those_of_the_format(self):
        found = [row.marker for row in rows() if row.marker]
        assert found == ["OUTAGE BEGINS", "DETECTED", "INCIDENT BEGINS", "OUTAGE MITIGATED", "OUTAGE ENDS",
                         "INCIDENT ENDS"]  # fmt: skip

    def test_what_was_not_reached_has_no_marker(self):
        assert [row.marker for row in rows("idle") if row.marker] == ["OUTAGE BEGINS"]

    def test_nothing_of_the_truth_is_told(self):
        text = " ".join(row.what for row in rows("idle"))
        assert "compatibility" not in text
        assert "dropping" not in text

    def test_a_scenario_of_timed_events_has_them_all(self):
        found = [row for row in timeline(scripted().record) if row.kind == "event"]
        assert [row.utc for row in found] == ["09:01 UTC", "09:04 UTC", "09:30 UTC"]


class TestTheTable:
    def test_every_row_says_exercise(self):
        read = list(csv.DictReader(io.StringIO(timeline_csv(rows(), CLOCK))))
        assert len(read) == len(rows())
        assert {row["exercise"] for row in read} == {"EXERCISE"}
        assert tuple(read[0]) == COLUMNS

    def test_the_frame_has_the_rows(self):
        table = frame(rows(), CLOCK)
        assert list(table.columns) == list(COLUMNS)
        assert len(table) == len(rows())

    @given(st.text(max_size=40))
    def test_no_text_is_a_formula_or_breaks_a_row(self, text):
        row = TimelineRow(0, "", text, text, "note", text)
        read = list(csv.reader(io.StringIO(timeline_csv([row], CLOCK))))
        assert len(read) == 2
        for cell in read[1]:
            if cell not in {"EXERCISE", "0.0"}:
                assert not cell.lstrip(" ").startswith(("=", "+", "-", "@"))
