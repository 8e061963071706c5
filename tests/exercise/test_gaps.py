"""Where no samples arrive, people see a gap, and evidence says since when."""

from __future__ import annotations

from tests.exercise.runs import seat
from tests.simulation.worlds import pipeline

MINUTE = 60_000


def test_a_plot_has_a_gap_where_its_telemetry_was_lost_and_a_reading_says_so() -> None:
    document = pipeline()
    document["signals"][0]["collected"] = "minutes() < 30 or minutes() >= 60"
    at = seat(document)
    assert at.signals()[0]["state"] in {"ok", "none"}
    at.advance(45 * MINUTE)
    lag = at.signals(0, at.now, 45)[0]
    assert lag["state"] == "gap"
    assert lag["last"] is None
    assert None not in lag["points"][:30]
    assert lag["points"][30:] == [None] * 15
    at.do("open", "signal:lag")
    assert at.evidence()[-1]["text"].endswith("at 00:30 UTC; no samples since")
    at.advance(30 * MINUTE)
    assert at.signals(0, at.now, 75)[0]["state"] == "ok"
