"""A scenario that floods: a hundred patterns, ten thousand rows in a second of the clock."""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from incidentsim.exercise import runs
from incidentsim.exercise.folder import claim
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from tests.simulation.worlds import pipeline
from tests.terminal import Terminal

PATTERNS = 100
MOST = 6_000
"""Rows a minute of a pattern; the most that a scenario may declare."""
A_SECOND = PATTERNS * MOST // 60
NEEDLE = "timed out"
LEVELS = ("INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR", "INFO", "INFO")
DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def flood(rows_a_second: int = A_SECOND) -> dict[str, Any]:
    """Two hours at the pace of life. An eighth of the rows holds `NEEDLE`."""
    services = ("edge", "pipe", "board")
    patterns = [
        {
            "id": f"line-{number}", "service": services[number % 3], "level": LEVELS[number % 8],
            "text": f"request={{id}} {NEEDLE} after {{took}} ms" if number % 8 == 5 else f"batch {{id}} part {number} took {{took}} ms",
            "fields": {"id": {"kind": "hex", "digits": 8}, "took": {"kind": "integer", "low": 3, "high": 4800}},
            "most": max(1, rows_a_second * 60 // PATTERNS),
        }
        for number in range(PATTERNS)
    ]  # fmt: skip
    return pipeline(
        id="flood",
        title="Too many lines",
        patterns=patterns,
        formats=[{"id": "life", "title": "As in life", "wall": "2h"}],
    )


def prepared(home: Path, rows: int = 0, rows_a_second: int = A_SECOND) -> tuple[str, Path]:
    """An exercise of the flood that was left after about *rows* rows: its id and its journal.

    ``INCIDENTSIM_HOME`` has to be *home* for what uses it.
    """
    home.mkdir(parents=True, exist_ok=True)
    document = home / "flood.json"
    document.write_text(json.dumps(flood(rows_a_second)), encoding="utf-8")
    name, path = claim(DAY, "flood", home / "exercises")
    setting = setting_for(str(document), seed=1, format_id="life", mode="learn", exercise_id=name)
    exercise, journal = runs.start(setting, path)
    seat = Seat(exercise)
    seat.do("note", text="before the flood")
    if rows:
        seat.advance(rows * 1000 // rows_a_second)
        seat.do("note", text="the flood so far")
    journal.close()
    return name, path


def counted(path: Path) -> tuple[int, int]:
    """Of an exercise that was left: its moment (ms), and how many rows the engine has written by then."""
    exercise, journal = runs.resume(path)
    journal.close()
    return exercise.now, len(exercise.world.block(0, exercise.now))


def screen(home: Path, arguments: list[str], columns: int = 160, rows: int = 48) -> Terminal:
    """The real program in a pseudo-terminal, with *home* as this person's folder."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "INCIDENTSIM_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    (home / "settings.toml").write_text('tour = "never"\n', encoding="utf-8")
    return Terminal([sys.executable, "-m", "incidentsim.cli", *arguments], home, environment, columns, rows)


def shown_count(text: str) -> int | None:
    """How many rows the log pane says there are."""
    found = re.search(r"of ([\d,]+)", text)
    return int(found[1].replace(",", "")) if found else None
