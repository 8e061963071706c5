"""Writing the exports of an incident into a folder: all files or none, some thousands of rows in memory at a time."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from incidentsim.exercise.export_lines import METRICS, metrics, small_files
from incidentsim.exercise.export_logs import FOLDER, LogFiles
from incidentsim.exercise.export_readme import README, readme
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.exercise.exercise import Exercise

ELSEWHERE = "Choose another folder with --out."
AT_A_TIME = 4096
"""Lines of a file that are written together."""


def require_free(folder: Path) -> None:
    """Raise `Problem` where the folder cannot take exports: it is a file, or something is in it."""
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise Problem("this is a file, not a folder", place=str(folder), mend=ELSEWHERE)
        if folder.is_dir() and any(folder.iterdir()):
            raise Problem("this folder has files in it already", place=str(folder), mend=ELSEWHERE)
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from error


def write_exports(exercise: Exercise, folder: Path) -> dict[str, int]:
    """Write what was on record of an incident into *folder*, and give each file's name with its number of lines.

    Raises `Problem` where that cannot be done; nothing is left behind then.
    """
    require_free(folder)
    draft: Path | None = None
    missing: list[Path] = []
    try:
        missing = [each for each in folder.parents if not each.exists()]
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".new"))
        written = _fill(exercise, draft)
        draft.chmod(0o755)
        # Over an empty folder of that name; one that was filled meanwhile is refused by the system.
        draft.rename(folder)
    except BaseException as error:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()
        if isinstance(error, OSError | ValueError):
            raise _unwritable(folder, error) from error
        raise
    return written


def _fill(exercise: Exercise, folder: Path) -> dict[str, int]:
    written = _write_logs(exercise, folder)
    for name, lines in small_files(exercise).items():
        written[name] = _write(folder / name, (each.text for each in lines))
    written[METRICS] = _write(folder / METRICS, (each.text for each in metrics(exercise)))
    (folder / README).write_text(readme(exercise, written), encoding="utf-8", newline="\n")
    return {README: 0, **written}


def _write(path: Path, lines: Iterable[str]) -> int:
    count = 0
    with path.open("x", encoding="utf-8", newline="\n") as file:
        for count, line in enumerate(lines, 1):  # noqa: B007  # the last number is how many there were
            file.write(f"{line}\n")
    return count


def _write_logs(exercise: Exercise, folder: Path) -> dict[str, int]:
    """Write the log files; they are open together, since rows come in the order of time."""
    logs, scenario = LogFiles(exercise), exercise.scenario
    (folder / FOLDER).mkdir()
    counts = [1] * len(logs.names)
    waiting: list[list[str]] = [[logs.head(at, f"{scenario.number}")] for at in range(len(logs.names))]
    with contextlib.ExitStack() as stack:
        files: list[TextIO] = [
            stack.enter_context((folder / name).open("x", encoding="utf-8", newline="\n")) for name in logs.names
        ]
        for number, line in logs.lines():
            lines = waiting[number]
            lines.append(line)
            if len(lines) == AT_A_TIME:
                _flush(files[number], lines)
                counts[number] += AT_A_TIME
        for number, lines in enumerate(waiting):
            counts[number] += len(lines)
            _flush(files[number], lines)
    return dict(zip(logs.names, (count - 1 for count in counts), strict=True))


def _flush(file: TextIO, lines: list[str]) -> None:
    file.write("\n".join(lines) + "\n")
    lines.clear()


def _unwritable(folder: Path, error: OSError | ValueError) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(f"the exports cannot be written ({reason})", place=str(folder), mend=ELSEWHERE)
