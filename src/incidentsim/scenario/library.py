"""The library: finds scenarios, runbooks and templates by their names, without reading a whole scenario."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from incidentsim.scenario.content import Kind, Origin, folders
from incidentsim.text.problem import Problem

FILE_NAMES = ("incident_scenario.json", "incident_scenario.yaml", "incident_scenario.yml")
_NAME = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_LIGHT = 16_384
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]')


@dataclass(frozen=True, slots=True)
class Entry:
    """A scenario of the library. *title* is what the trainee is told, or the id where none was found."""

    id: str
    path: Path
    origin: Origin
    title: str = ""


def entries() -> list[Entry]:
    """All scenarios, by id; of several with one id the nearest: this folder, the user's, what was installed."""
    found: dict[str, Entry] = {}
    for origin, folder in folders("scenarios"):
        try:
            places = sorted(folder.iterdir())
        except OSError:
            continue
        for place in places:
            file = _in_folder(place)
            if file is not None and place.name not in found and _NAME.fullmatch(place.name):
                found[place.name] = Entry(place.name, file, origin, _title(file) or place.name)
    return [found[name] for name in sorted(found)]


def find(name_or_path: str) -> Path:
    """The file of a scenario, by its id or by a path to its file or folder.

    Raises `Problem` where there is none, naming the nearest.
    """
    name = name_or_path.strip()
    if _NAME.fullmatch(name.lower()):
        for _, folder in folders("scenarios"):
            file = _in_folder(folder / name.lower())
            if file is not None:
                return file
    try:
        path = Path(name_or_path)
        if name_or_path and path.is_dir():
            file = _in_folder(path)
            if file is None:
                raise Problem("this folder holds no incident_scenario.json", place=name_or_path,
                              mend="Give the path of a scenario file.")  # fmt: skip
            return file
        if name_or_path and path.exists():
            return path
    except (OSError, ValueError):
        pass
    raise Problem(f"there is no scenario {name_or_path!r}", mend=_near(name.lower(), [each.id for each in entries()]))


def runbook(name: str) -> str:
    """The text of a runbook, Markdown. Raises `Problem` where there is none, or where it cannot be read."""
    return _text(_named("runbooks", name, ".md", "runbook"))


def has_runbook(name: str) -> bool:
    """Whether the library has a runbook."""
    return _look("runbooks", name, ".md") is not None


def template_path(name: str) -> Path:
    """The file of a postmortem template, such as ``google-sre.md.j2``; its ending may be left out.

    Raises `Problem` where there is none.
    """
    for suffix in (".j2", ".md.j2"):
        if name.endswith(suffix):
            name = name.removesuffix(suffix).removesuffix(".md")
    return _named("postmortem_templates", name, ".md.j2", "postmortem template")


def _in_folder(folder: Path) -> Path | None:
    try:
        return next((folder / each for each in FILE_NAMES if (folder / each).is_file()), None)
    except OSError:
        return None


def _look(kind: Kind, name: str, suffix: str) -> Path | None:
    """A file of the library. A name that could lead out of its folder names nothing."""
    if not _NAME.fullmatch(name) or len(name) > 100:
        return None
    for _, folder in folders(kind):
        file = folder / f"{name}{suffix}"
        if file.is_file():
            return file
    return None


def _named(kind: Kind, name: str, suffix: str, what: str) -> Path:
    file = _look(kind, name, suffix)
    if file is not None:
        return file
    known = sorted(
        {each.name.removesuffix(suffix) for _, folder in folders(kind) for each in folder.glob(f"*{suffix}")}
    )
    raise Problem(f"there is no {what} {name!r}", mend=_near(name, known))


def _text(path: Path) -> str:
    from incidentsim.scenario.reading import UnreadableError, read_text

    try:
        return read_text(path)
    except UnreadableError as error:
        raise Problem(error.message, place=str(path), mend=error.mend) from error


def _near(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name[:100], known, n=1, cutoff=0.5)
    if close:
        return f"Did you mean {close[0]}?"
    return f"There is: {', '.join(known[:12])}." if known else "The library is empty."


def _title(path: Path) -> str:
    """The document's own title, from its beginning only; a title deeper in it may be a secret and is not read."""
    try:
        with path.open("rb") as file:
            text = file.read(_LIGHT).decode("utf-8", errors="ignore").removeprefix("\ufeff")
    except OSError:
        return ""
    if path.suffix != ".json":
        match = re.search(r"^title:[ \t]*(.+?)[ \t]*$", text, re.MULTILINE)
        return match[1].strip("'\"") if match else ""
    depth, key = 0, ""
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
        elif depth == 1 and mark[0] == '"':
            if key == '"title":':
                return _string(mark)
            key = mark
        elif depth == 1 and mark == ":":
            key += mark
        elif depth == 1:
            key = ""
    return ""


def _string(token: str) -> str:
    try:
        return str(json.loads(token))
    except ValueError:
        return ""
