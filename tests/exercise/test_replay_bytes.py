"""A replay is the same bytes under any hash seed, in any time slices, and on another Python."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.exercise.transcript import lines

UNTIL = 150 * 60_000
OTHER = "INCIDENTSIM_OTHER_PYTHON"


def replayed(slice_ms: int) -> str:
    seat = Seat(Exercise(setting_for("inc-2024-0312", seed=7)))
    text = "\n".join(line for _, line in lines(seat, UNTIL, "jsonl", slice_ms)) + "\n"
    return hashlib.sha256(text.encode()).hexdigest()


def by_command(python: str, hash_seed: str) -> str:
    command = [
        python,
        "-m",
        "incidentsim.cli",
        "replay",
        "inc-2024-0312",
        "--format",
        "jsonl",
        "--until",
        "150m",
        "--seed",
        "7",
    ]
    done = subprocess.run(
        command, capture_output=True, check=True, timeout=120, env={**os.environ, "PYTHONHASHSEED": hash_seed}
    )
    assert len(done.stdout) > 1_000_000
    return hashlib.sha256(done.stdout).hexdigest()


def test_the_size_of_time_slices_changes_no_byte() -> None:
    assert replayed(60_000) == replayed(7_919_001) == replayed(33_333)


def test_the_hash_seed_changes_no_byte() -> None:
    assert by_command(sys.executable, "1") == by_command(sys.executable, "424242") == replayed(60_000)


def test_another_python_changes_no_byte() -> None:
    other = os.environ.get(OTHER)
    if not other:
        pytest.skip(f"no other Python to compare with: {OTHER} is not set")
    assert by_command(other, "5") == replayed(60_000)
