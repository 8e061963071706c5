"""A reconstruction by keys: from its exports to a timeline, a why and the packet."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from incidentsim.cli.main import run as command
from incidentsim.exercise.reconstructing import start_reconstruction
from incidentsim.tui.local import LocalLibrary
from tests.exercise.reconstructions import written
from tests.tui.driving import notices, press, run, shown, wait_for


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path / "home"))
    started = start_reconstruction(written(tmp_path), datetime(2026, 1, 2, tzinfo=UTC))
    return LocalLibrary().resume(started.journal)


def test_it_is_worked_out_by_keys_and_its_packet_verifies(session, tmp_path, capsys):
    async def story(app, pilot):
        app.out = tmp_path / "packet"
        assert "reconstruction" in shown(app)
        await press(pilot, "v")
        assert any("look back" in each for each in notices(app))
        # A line by file and number.
        await press(pilot, "f", "=logs/edge.log:9", "enter")
        await wait_for(pilot, "E-0001")
        assert "batch" in shown(app)
        await press(pilot, "escape", "escape")
        # The log, searched.
        await press(pilot, "slash", "=started", "ctrl+s")
        await wait_for(pilot, "Log · 1 lines")
        await press(pilot, "down", "enter")
        await wait_for(pilot, "E-0002")
        await press(pilot, "escape", "escape", "escape")
        # What arrived: the page is among it, the responders' counts are not.
        await press(pilot, "i")
        await wait_for(pilot, "Two numbers differ")
        assert "Count accepted" not in shown(app)
        await press(pilot, "=two numbers", "enter")
        await wait_for(pilot, "E-0003")
        await press(pilot, "escape", "escape")
        assert "Learned after play · 3" in shown(app)
        # Only what was found stands in the timeline, until a row is written and marked.
        await press(pilot, "2")
        text = shown(app)
        assert "started" in text
        assert "DETECTED" not in text
        assert "OUTAGE" not in text
        await press(pilot, "a", *["backspace"] * 8, "=00:11", "tab", "=it began", "ctrl+s")
        assert "it began" in shown(app)
        await press(pilot, "o", "=began", "enter")
        assert "◆ started" in shown(app)
        await press(pilot, "3", "enter", "=events were lost", "ctrl+s")
        await press(pilot, "down", "a", "=the parser drops them", "tab", "space", "ctrl+s")
        assert "why? the parser drops them" in shown(app)
        await press(pilot, "S", "y")
        assert "not measured" in shown(app) or "What went well" in shown(app)
        await press(pilot, "P")
        await wait_for(pilot, "Written to")

    run(story, LocalLibrary(), session=session)
    session.close()
    packet = tmp_path / "packet"
    text = (packet / "SMALL-postmortem.md").read_text()
    assert "EXERCISE" in text
    assert "reconstruction" in text
    assert "it began" in text
    assert "OUTAGE BEGINS" in text
    score = json.loads((packet / "scorecard.json").read_text())
    assert score["about"]["mode"] == "reconstruct"
    assert {each["family"] for each in score["criteria"] if each["points"] is not None} <= {
        "analysis", "improvement", "practice",
    }  # fmt: skip
    assert command(["packet", "verify", str(packet)]) == 0, capsys.readouterr()


def test_a_row_of_ones_own_is_changed_keeps_its_mark_and_is_deleted(session):
    async def story(app, pilot):
        await press(pilot, "2", "a", *["backspace"] * 8, "=00:11", "tab", "=first", "ctrl+s", "o", "=began", "enter")
        await press(pilot, "c", *["backspace"] * 8, "=99:11", "ctrl+s")
        assert "Write the time" in shown(app)
        await press(pilot, *["backspace"] * 8, "=00:12:30", "ctrl+s")
        assert "◆ started first" in shown(app)
        assert session.case.entry("T-01")["t"] % 3_600_000 == (12 * 60 + 30) * 1000
        await press(pilot, "d", "y")
        assert "first" not in shown(app)

    run(story, LocalLibrary(), session=session)
    assert session.timeline() == []
    session.close()
