"""Writing a packet: all files or none, and a person's edits in an existing one are kept."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.case.file import load
from incidentsim.packet.contents import CASE, DATA, SUMMARY, accounts_of, contents, postmortem_name
from incidentsim.packet.merge import changes, combined
from incidentsim.packet.reading import read_bytes, read_text_file
from incidentsim.postmortem.draft import Draft
from incidentsim.postmortem.markdown import RenderedLine
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.case.document import Case, Edit
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.packet.contents import ScorecardLike
    from incidentsim.packet.finding import PacketFinding

ELSEWHERE = "Choose another folder with --out."


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the files in the order of the packet, the case with a person's edits in it, and what to
    look at (numbers that were edited, edits that no longer fit).
    """

    paths: tuple[Path, ...]
    case: Case
    findings: tuple[PacketFinding, ...]

    def __iter__(self) -> Iterator[Path]:
        """The files."""
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def write(
    record: ExerciseRecord,
    case: Case,
    out: Path,
    scorecard: ScorecardLike | None = None,
    *,
    journal: Path | None = None,
    template: str = "google-sre",
) -> Written:
    """Write a packet into the folder *out*, which is made where it is not there.

    What a person changed in the Markdown files of a packet that is there already goes into the case first, and so
    into the new files. Raises `Problem` where anything cannot be read or written; the folder is as before then.
    """
    out = Path(out)
    merged, found = _merged(record, case, out)
    data = None if journal is None else read_bytes(journal)
    made = contents(record, merged, scorecard=scorecard, journal=data, template=template)
    _put(made.files, out)
    return Written(tuple(out / name for name in made.files), merged, (*found, *made.findings))


def _merged(record: ExerciseRecord, case: Case, out: Path) -> tuple[Case, tuple[PacketFinding, ...]]:
    """The case with the edits that stand in an existing packet."""
    try:
        if not out.exists():
            return case, ()
    except (OSError, ValueError) as error:
        raise _unwritable(out, error) from error
    if not out.is_dir():
        raise Problem("this is a file, not a folder", place=str(out), mend=ELSEWHERE)
    name = postmortem_name(record)
    if not (out / DATA).is_file():
        if any((out / each).exists() for each in (name, CASE, SUMMARY)):
            raise Problem("this folder has files of a packet, but no postmortem.json", place=str(out), mend=ELSEWHERE)
        return case, ()
    base, number = _rendered(out / DATA)
    if number != record.scenario.number:
        raise Problem(f"this folder holds the packet of {number[:80]}", place=str(out), mend=ELSEWHERE)
    earlier: dict[str, Edit] = {**(load(out / CASE).edits if (out / CASE).is_file() else {}), **case.edits}
    # Accounts come from the new case: what it cites may account for what was typed.
    accounts = accounts_of(Draft(record, case))
    findings: list[PacketFinding] = []
    for file in (name, SUMMARY):
        path = out / file
        if file in base and path.is_file():
            now = changes(file, base[file], read_text_file(path), accounts)
            earlier = combined(earlier, now, file, read=True)
            findings += now.findings
    return case.model_copy(update={"edits": earlier}), tuple(findings)


def _rendered(path: Path) -> tuple[dict[str, list[RenderedLine]], str]:
    """What was last rendered, line by line, and the incident's number."""
    try:
        data = json.loads(read_bytes(path))
        lines = {
            str(name): [RenderedLine.from_json(line) for line in found] for name, found in data["rendered"].items()
        }
        return lines, str(data["id"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Problem("this is no postmortem.json of a packet", place=str(path), mend=ELSEWHERE) from error


def _put(files: dict[str, bytes], out: Path) -> None:
    """Put all files into place: each is written and synced beside first; what fails leaves everything as before."""
    made: Path | None = None
    missing: list[Path] = []
    try:
        missing = [each for each in (out, *out.parents) if not each.exists()]
        out.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.", suffix=".new"))
        for name, data in files.items():
            with (made / name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        if not out.exists():
            made.chmod(0o755)
            _sync(made)
            made.rename(out)
            _sync(out.parent)
        else:
            _replace(files, made, out)
    except (OSError, ValueError) as error:
        _clear(made)
        for each in missing[1:]:
            with contextlib.suppress(OSError):
                each.rmdir()
        raise _unwritable(out, error) from error
    finally:
        _clear(made)


def _clear(made: Path | None) -> None:
    if made is not None:
        shutil.rmtree(made, ignore_errors=True)


def _unwritable(out: Path, error: OSError | ValueError) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(f"the packet cannot be written ({reason})", place=str(out), mend=ELSEWHERE)


def _replace(files: dict[str, bytes], made: Path, out: Path) -> None:
    """Swap the files of an existing packet one by one; where one cannot be, those before it come back."""
    old = made / "old"
    old.mkdir()
    done: list[str] = []
    try:
        for name in files:
            if (out / name).is_dir():
                raise IsADirectoryError(21, "there is a folder of that name", str(out / name))
            if os.path.lexists(out / name):
                shutil.copy2(out / name, old / name, follow_symlinks=False)
            done.append(name)
            (made / name).replace(out / name)
    except OSError:
        for name in reversed(done):
            with contextlib.suppress(OSError):
                if os.path.lexists(old / name):
                    (old / name).replace(out / name)
                else:
                    (out / name).unlink(missing_ok=True)
        raise
    _sync(out)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
