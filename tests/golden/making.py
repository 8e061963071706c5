"""Golden journals: short plays whose every minute was written down, and what it takes to write them anew.

``make golden`` (``python -m tests.golden.making``) makes those that are missing. One that is there is made anew only
where the engine's number was raised above its own, because a difference without that is a mistake.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from incidentsim.exercise import runs
from incidentsim.exercise.exercise import Setting
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.loading import load, load_raw
from incidentsim.scenario.play import Policy
from incidentsim.simulation.engine_version import ENGINE_VERSION

HERE = Path(__file__).parent
SCENARIOS = HERE.parent.parent / "scenarios"
NUMBERS = "engines.json"
UNTIL = 150 * 60_000
SEED = 11
SCRIPTED: dict[str, Any] = {
    "events": [
        {"at": "0m", "text": "deploy 5.2 begins", "service": "checkout"},
        {"at": "12m", "text": "checkout answers 500", "service": "checkout", "level": "ERROR"},
        {"at": "31m", "text": "deploy 5.2 taken back", "service": "checkout"},
    ]
}


class RefusedError(Exception):
    """A golden journal may not be made anew."""


class ShortSeat(Seat):
    """A seat at which time ends at `UNTIL`."""

    def advance(self, milliseconds: int) -> dict[str, Any]:
        return super().advance(min(milliseconds, max(0, UNTIL - self.now)))


def known() -> dict[str, dict[str, Any]]:
    """What there are golden journals of: name, document."""
    files = sorted(SCENARIOS.glob("*/incident_scenario.json"))
    return {"scripted": load_raw(SCRIPTED, "scripted").raw, **{each.parent.name: load(each).raw for each in files}}


def made(raw: dict[str, Any], name: str) -> bytes:
    """The journal of a short play, compressed; the same bytes each time."""
    loaded = load_raw(raw, name)
    scenario = loaded.scenario
    form = scenario.formats[0].id if scenario.formats else "45"
    setting = Setting(scenario, raw, loaded.hash, SEED, None, form, "learn", f"golden-{name}")
    policy = next((each for each in scenario.policies if each.id == "reference"), Policy(id="idle", title="Nobody"))
    short = policy.model_copy(update={"commands": tuple(each for each in policy.commands if each.at < UNTIL)})
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "exercise.journal"
        exercise, journal = runs.start(setting, path)
        with journal:
            play(short, ShortSeat(exercise))
        return gzip.compress(path.read_bytes(), 9, mtime=0)


def numbers(folder: Path = HERE) -> dict[str, int]:
    """The engine's number of each golden journal."""
    path = folder / NUMBERS
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def journal_path(name: str, folder: Path = HERE) -> Path:
    """Where a golden journal stands."""
    return folder / f"{name}.journal.gz"


def renew(folder: Path, documents: Mapping[str, dict[str, Any]], engine: int) -> list[str]:
    """Make the golden journals that are missing or of a lower engine; their names.

    Raises `RefusedError` where there is nothing that may be made, or where one of this engine was taken away.
    """
    recorded = numbers(folder)
    gone = [each for each, number in recorded.items() if number >= engine and not journal_path(each, folder).exists()]
    if gone:
        raise RefusedError(f"{', '.join(gone)}: taken away, and of engine {engine}. Bring it back from the history.")
    names = [name for name in documents if recorded.get(name, engine - 1) < engine]
    if not names:
        raise RefusedError(
            f"All are of engine {engine}. If the same commands are meant to give other digests now, raise "
            "ENGINE_VERSION in src/incidentsim/simulation/engine_version.py, and say in CHANGELOG.md why."
        )
    for name in names:
        journal_path(name, folder).write_bytes(made(documents[name], name))
        recorded[name] = engine
    (folder / NUMBERS).write_text(json.dumps(recorded, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return names


def main() -> int:
    """Make what may be made; exit status 1 where nothing may."""
    try:
        names = renew(HERE, known(), ENGINE_VERSION)
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Engine {ENGINE_VERSION}: made {', '.join(names)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
