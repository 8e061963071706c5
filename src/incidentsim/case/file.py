"""``case.yaml``: read with care, written readably and all at once."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from incidentsim.case.document import Case
from incidentsim.scenario.reading import UnreadableError, read_text
from incidentsim.scenario.yaml_text import locate_yaml, parse_yaml
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario

LARGEST = 8 * 1024 * 1024
"""Bytes of a case, read or written."""
TOO_LARGE = "a case has at most 8 MB"
HEAD = "# EXERCISE: what was written about a drill. Not a real incident.\n"


class CaseError(Problem):
    """A case file that cannot be used."""


def fresh(scenario: Scenario, exercise_id: str) -> Case:
    """A case in which nothing is written yet."""
    return Case(incident=scenario.number, title=scenario.title, journal=exercise_id)


def load(path: Path) -> Case:
    """The case in a file. Raises `CaseError` with file, place and mend."""
    try:
        text = read_text(Path(path))
    except UnreadableError as error:
        where = str(path) if error.line is None else f"{path}:{error.line}:{error.column}"
        mend = "Give the path of a case file." if error.code == "file" else error.mend
        raise CaseError(error.message, place=where, mend=mend) from error
    return loads(text, str(path))


def loads(text: str, name: str) -> Case:
    """The case that a text holds; *name* stands in messages. Raises `CaseError`."""
    if _size(text) > LARGEST:
        raise CaseError(TOO_LARGE, place=name, mend="Take out what is not about this incident.")
    try:
        raw, defects = parse_yaml(text)
    except UnreadableError as error:
        where = name if error.line is None else f"{name}:{error.line}:{error.column}"
        raise CaseError(error.message, place=where, mend=error.mend) from error
    for note, place in defects:
        where = name if place is None else f"{name}:{place[0]}:{place[1]}"
        raise CaseError(note.message, place=where, mend=note.mend)
    try:
        return Case.model_validate(raw)
    except ValidationError as error:
        raise _explained(error, text, name) from error


def dumps(case: Case) -> str:
    """A case as YAML for people: block style, long texts as literals, keys in the order of the model.

    Raises `CaseError` where a text has characters that YAML cannot hold, and for a case that would be too large to
    be read again.
    """
    data = case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {"schema": case.schema_id, "exercise": case.exercise, **data}
    try:
        body = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
        text = (HEAD if case.exercise else "") + body
        text.encode()
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise CaseError("a text has characters that a file cannot hold", mend="Remove them and save again.") from error
    if _size(text) > LARGEST:
        raise CaseError(TOO_LARGE, mend="Shorten the longest texts and save again.")
    return text


def _size(text: str) -> int:
    # Counting bytes costs a copy, so it is done only where the characters do not settle it.
    return len(text) if len(text) > LARGEST or len(text) * 4 <= LARGEST else len(text.encode(errors="replace"))


def save(case: Case, path: Path) -> None:
    """Write a case: the whole new file or the old one, never a part. Raises `CaseError`; the old file stands then.

    Only where the folder cannot be synced after the new file took its place may either of them stand; that is
    raised as well. The permissions of an old file are kept.
    """
    path = Path(path)
    text = dumps(case)
    draft = ""
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
        with os.fdopen(handle, "wb") as file:
            with contextlib.suppress(FileNotFoundError):
                Path(draft).chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
        draft = ""
        _sync_folder(path.parent)
    except OSError as error:
        raise CaseError(f"cannot be written: {error.strerror or error}", place=str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            if draft:
                Path(draft).unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems cannot sync a folder; the file itself is synced by now.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


class _Dumper(yaml.SafeDumper):
    """Long texts as literal blocks; no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = None
    # YAML folds other line breaks into spaces unless they are escaped.
    if any(each in value for each in "\r\x85\u2028\u2029"):
        style = '"'
    elif "\n" in value and all(line == line.rstrip() for line in value.split("\n")):
        style = "|"
    elif value[:1] in "+-.0123456789":
        # It may look like a number to one reader of YAML and not to another.
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def _explained(error: ValidationError, text: str, name: str) -> CaseError:
    found = error.errors(include_url=False, include_context=False)
    # A name that nobody knows is told first: it is often why another one is missing.
    first = min(found, key=lambda each: each["type"] != "extra_forbidden")
    path = tuple(first["loc"])
    places = locate_yaml(text, [path])
    place = places.get(path) or places.get(path[:-1])
    where = name if place is None else f"{name}:{place[1][0]}:{place[1][1]}"
    field = ".".join(str(part) for part in path)
    message = f"{field}: {first['msg'][:1].lower()}{first['msg'][1:]}"
    more = error.error_count() - 1
    mend = f"{more} more like this." if more else "Mend it in an editor; nothing was changed."
    return CaseError(message, place=where, mend=mend)
