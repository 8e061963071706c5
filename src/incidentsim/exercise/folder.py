"""Where exercises live: one folder for each, with its journal in it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.disk import DISK
from incidentsim.exercise.records import JournalError, moment, peek, reason, refused

if TYPE_CHECKING:
    from datetime import datetime

JOURNAL = "exercise.journal"
HOME = "INCIDENTSIM_HOME"
MOST_ON_A_DAY = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise in the folder. Where its journal cannot be read, *problem* says why and the rest is empty."""

    id: str
    path: Path
    """The journal."""
    scenario: str = ""
    title: str = ""
    format_id: str = ""
    mode: str = ""
    seed: int = 0
    last_t: int = 0
    """The time of the last record (ms)."""
    problem: str = ""


def home() -> Path:
    """The folder of this person's exercises: under ``INCIDENTSIM_HOME``, or where the system keeps state.

    It need not exist yet.
    """
    given = os.environ.get(HOME, "").strip()
    if given:
        return Path(given).expanduser() / "exercises"
    import platformdirs

    return Path(platformdirs.user_state_dir("incidentsim", appauthor=False)) / "exercises"


def claim(when: datetime, scenario_id: str, folder: Path | None = None) -> tuple[str, Path]:
    """A new exercise's id (``2026-11-23-inc-2024-0312-1``) and the path for its journal.

    *when* is aware; its day, UTC, is in the id. The exercise's folder is made, so that no other gets the same id.
    Raises `JournalError` where that cannot be done.
    """
    if when.tzinfo is None:
        raise ValueError("the time of an exercise has a zone")
    folder = home() if folder is None else folder
    slug = re.sub(r"[^a-z0-9]+", "-", scenario_id.lower()).strip("-")[:80] or "exercise"
    day = f"{when.astimezone(UTC):%Y-%m-%d}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number in range(1, MOST_ON_A_DAY):
            exercise_id = f"{day}-{slug}-{number}"
            try:
                (folder / exercise_id).mkdir(mode=0o700)
            except FileExistsError:
                continue
            DISK.sync_directory(folder)
            return exercise_id, folder / exercise_id / JOURNAL
    except (OSError, ValueError) as error:
        raise _unusable(folder, error) from error
    mend = f"Remove some of them, or set {HOME} to another folder."
    raise JournalError(f"there are {MOST_ON_A_DAY:,} exercises of this scenario today", place=str(folder), mend=mend)


def exercises(folder: Path | None = None) -> list[Entry]:
    """All exercises in the folder, by id. Of each journal only the header and the end are read."""
    folder = home() if folder is None else folder
    try:
        if not folder.exists():
            return []
        names = sorted(each.name for each in folder.iterdir() if (each / JOURNAL).exists())
    except (OSError, ValueError) as error:
        raise _unusable(folder, error) from error
    return [_entry(name, folder / name / JOURNAL) for name in names]


def find(given: str | Path, folder: Path | None = None) -> Path:
    """The journal of an exercise, by its id, its folder or its file. Raises `JournalError` where there is none."""
    folder = home() if folder is None else folder
    text = str(given)
    try:
        path = Path(given).expanduser()
        if _is_id(text) and (folder / text / JOURNAL).is_file():
            return folder / text / JOURNAL
        if path.is_dir() and (path / JOURNAL).exists():
            return path / JOURNAL
        if path.exists() and not path.is_dir():
            return path
        known = [each.name for each in folder.iterdir() if (each / JOURNAL).exists()] if folder.is_dir() else []
    except (OSError, ValueError, RuntimeError) as error:
        raise refused(Path(text), "cannot be found", error) from error
    raise JournalError(f"there is no exercise {text[:200]!r}", place=str(folder), mend=_meant(text, sorted(known)))


def _is_id(text: str) -> bool:
    return text not in {"", ".", ".."} and not re.search(r"[/\\\0]", text)


def _meant(text: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(text[:200], known, n=3, cutoff=0.5)
    near = near or [each for each in known if text and text in each][:3]
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if known:
        return f"The last one is {known[-1]}."
    return "There are none yet; start one with: incidentsim drill"


def _entry(name: str, path: Path) -> Entry:
    try:
        header, last = peek(path)
    except JournalError as error:
        return Entry(name, path, problem=error.report())
    scenario: dict[str, Any] = header["scenario"]
    return Entry(
        id=name,
        path=path,
        scenario=str(scenario.get("id", "")),
        title=str(scenario.get("title", "")),
        format_id=header["format"],
        mode=header["mode"],
        seed=header["seed"],
        last_t=0 if last is None else moment(last),
    )


def _unusable(folder: Path, error: BaseException) -> JournalError:
    mend = f"Check its rights, or set {HOME} to another folder."
    return JournalError(f"the folder of exercises cannot be used: {reason(error)}", place=str(folder), mend=mend)
