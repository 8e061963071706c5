from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def wall(monkeypatch) -> list[int]:
    """Wall time in ms, which stands still unless a test moves it."""
    now = [0]
    monkeypatch.setattr("incidentsim.tui.local.time.monotonic_ns", lambda: now[0] * 1_000_000)
    return now


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Exercises and settings of this test alone, and a terminal of the usual width."""
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"
