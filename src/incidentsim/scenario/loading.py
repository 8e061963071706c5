"""Loading a scenario: from a file or a text, JSON and YAML alike, with everything that is wrong reported at once."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Literal

from pydantic import ValidationError

from incidentsim.scenario.document import Scenario
from incidentsim.scenario.explaining import explain
from incidentsim.scenario.findings import Finding, Note, Path, ScenarioError, path_text
from incidentsim.scenario.positions import DEEPEST, TOO_DEEP, Places, depth, locate_json, parse_json
from incidentsim.scenario.reading import LARGEST, UnreadableError, read_text
from incidentsim.scenario.references import check
from incidentsim.scenario.yaml_text import Located, locate_yaml, parse_yaml

TextFormat = Literal["json", "yaml"]


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """A scenario, the document it came from, and the document's hash (see `scenario_hash`).

    *warnings* are findings that do not stand in the way of playing.
    """

    scenario: Scenario
    raw: dict[str, Any]
    path: FilePath | None
    hash: str
    warnings: tuple[Finding, ...] = ()


def load(path: str | FilePath) -> LoadedScenario:
    """The scenario in a file. Raises `ScenarioError` with everything that is wrong."""
    file = FilePath(path)
    try:
        text = read_text(file)
    except UnreadableError as error:
        raise ScenarioError(str(path), [_finding(error)]) from error
    return load_text(text, str(path), _format(file, text), file)


def load_text(text: str, name: str, text_format: TextFormat = "json", path: FilePath | None = None) -> LoadedScenario:
    """The scenario that a text holds; *name* stands in messages. Raises `ScenarioError`."""
    parse, locate = (parse_json, locate_json) if text_format == "json" else (parse_yaml, locate_yaml)
    try:
        if len(text) > LARGEST:
            raise UnreadableError("too-large", "the text has more than 32 MB", "Leave out events.")
        raw, defects = parse(text)
    except UnreadableError as error:
        raise ScenarioError(name, [_finding(error)]) from error
    if any(note.code == "too-deep" for note, _ in defects):
        raise ScenarioError(name, [_placed(note, place) for note, place in defects])
    scenario, digest, notes = _understand(raw)
    places = locate(text, [note.path for note in notes]) if notes else {}
    return _judge(name, raw, scenario, digest, notes, places, defects, path)


def located(notes: Sequence[Note], path: FilePath) -> tuple[Finding, ...]:
    """What was found in the document of a file, with line and column, errors first. Raises `ScenarioError`."""
    try:
        text = read_text(path)
    except UnreadableError as error:
        raise ScenarioError(str(path), [_finding(error)]) from error
    locate = locate_json if _format(path, text) == "json" else locate_yaml
    places = locate(text, [note.path for note in notes]) if notes else {}
    findings = [_placed(note, _place(note, places)) for note in notes]
    return tuple(sorted(findings, key=lambda each: (each.severity != "error", each.line or 0, each.column or 0)))


def load_raw(raw: dict[str, Any], name: str) -> LoadedScenario:
    """The scenario of a document that was parsed before, such as a journal's. Raises `ScenarioError`."""
    if depth(raw) > DEEPEST:
        raise ScenarioError(name, [Finding("error", TOO_DEEP[0], "", None, None, TOO_DEEP[1], TOO_DEEP[2])])
    scenario, digest, notes = _understand(raw)
    return _judge(name, raw, scenario, digest, notes, {}, [], None)


def canonical(raw: dict[str, Any]) -> bytes:
    """The one way to write a document: JSON with sorted keys, compact, UTF-8.

    Raises `ValueError` where there is none: half a character (a lone surrogate), not a finite number.
    """
    text = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def scenario_hash(raw: dict[str, Any]) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(raw)).hexdigest()


def _format(path: FilePath, text: str) -> TextFormat:
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        return "yaml"
    return "json" if suffix == ".json" or text.lstrip()[:1] in {"{", "["} else "yaml"


def _understand(raw: Any) -> tuple[Scenario | None, str, list[Note]]:
    """The scenario, its hash and what is wrong. There is no scenario where a part cannot be read."""
    if not isinstance(raw, dict):
        mend = 'The least is {"events": [{"at": "5m", "text": "…"}]}.'
        return None, "", [Note("error", "type", (), "a scenario is an object with keys", mend)]
    if not raw:
        mend = 'The least is {"events": [{"at": "5m", "text": "…"}]}.'
        return None, "", [Note("error", "empty", (), "the scenario is empty", mend)]
    notes: list[Note] = []
    digest = ""
    try:
        digest = scenario_hash(raw)
    except ValueError:
        notes += _uncanonical(raw)
    try:
        scenario = Scenario.model_validate(raw)
    except ValidationError as error:
        return None, digest, notes + explain(error.errors(include_url=False), raw, Scenario)
    with warnings.catch_warnings():
        # An odd escape in an expression is for the findings, not for Python's own warnings.
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        return scenario, digest, notes + check(scenario)


def _uncanonical(raw: dict[str, Any]) -> list[Note]:
    message, mend = "this text holds half of a character (a lone surrogate)", "Write the whole character."
    notes = []
    for path, value, is_key in _texts(raw):
        try:
            value.encode()
        except UnicodeEncodeError:
            notes.append(Note("error", "encoding", path, message, mend, is_key))
    return notes or [Note("error", "number", (), "a number is not finite", "Write a number.")]


def _texts(value: Any, path: Path = ()) -> Iterator[tuple[Path, str, bool]]:
    if isinstance(value, str):
        yield path, value, False
    elif isinstance(value, dict):
        for key, child in value.items():
            yield (*path, key), key, True
            yield from _texts(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _texts(child, (*path, index))


def _judge(
    name: str,
    raw: dict[str, Any],
    scenario: Scenario | None,
    digest: str,
    notes: Sequence[Note],
    places: Places,
    defects: Sequence[Located],
    path: FilePath | None,
) -> LoadedScenario:
    findings = [_placed(note, place) for note, place in defects]
    findings += [_placed(note, _place(note, places)) for note in notes]
    findings.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
    if scenario is None or any(finding.severity == "error" for finding in findings):
        findings.sort(key=lambda finding: finding.severity != "error")
        raise ScenarioError(name, findings)
    return LoadedScenario(scenario, raw, path, digest, tuple(findings))


def _place(note: Note, places: Places) -> tuple[int, int] | None:
    """Where a note's value stands; what is missing is placed at the nearest thing around it."""
    path = note.path
    if path in places:
        return places[path][0 if note.at_key else 1]
    while path:
        path = path[:-1]
        if path in places:
            return places[path][0] if path else places[path][1]
    return None


def _placed(note: Note, place: tuple[int, int] | None) -> Finding:
    line, column = place or (None, None)
    return Finding(note.severity, note.code, path_text(note.path), line, column, note.message, note.mend)


def _finding(error: UnreadableError) -> Finding:
    column = error.column if error.line is not None else None
    return Finding("error", error.code, "", error.line, column, error.message, error.mend)
