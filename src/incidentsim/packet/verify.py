"""Verifying a packet: everything in it is computed again from its journal and its case, and compared."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from incidentsim.packet.adopting import typed_numbers
from incidentsim.packet.contents import (
    CASE,
    DATA,
    DRAWINGS,
    ITEMS,
    JOURNAL,
    MARKER,
    SCORE,
    SCORE_TEXT,
    SLOS,
    SUMMARY,
    TIMELINE,
    Contents,
    contents,
    postmortem_name,
)
from incidentsim.packet.finding import PacketFinding
from incidentsim.packet.merge import AFTER, changes, edit_key, unaccounted_number
from incidentsim.packet.reading import read_bytes, read_text_file
from incidentsim.postmortem.numbers import quantities
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from incidentsim.case.document import Case
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.packet.contents import ScorecardLike

MOST = 200
"""Findings of one kind of comparison that are listed."""


def verify(
    folder: Path,
    read: Callable[[Path], ExerciseRecord] | None = None,
    assess: Callable[[ExerciseRecord, Case], ScorecardLike] | None = None,
) -> list[PacketFinding]:
    """What in a packet the record does not bear out; nothing where all is well.

    The journal is replayed minute by minute, every field is computed again, and so is every file. In the Markdown
    files a person may change words; numbers there have to be the record's, stand in what is cited, or be marked
    (estimate). *read* and *assess* stand in for reading a journal and for the scorecard.

    Raises `Problem` where the folder is no packet, or its journal or case cannot be read.
    """
    from incidentsim.case.file import load

    folder = Path(folder)
    for name in (JOURNAL, CASE, DATA):
        if not (folder / name).is_file():
            raise Problem(f"this is no packet: it has no {name}", place=str(folder), mend="Name a packet's folder.")
    record = (read or _record)(folder / JOURNAL)
    case = load(folder / CASE)
    scorecard = (assess or _assess)(record, case) if (folder / SCORE).exists() else None
    wanted = contents(record, case, scorecard=scorecard)
    found: list[PacketFinding] = []
    if read is None:
        found += _journal(folder / JOURNAL)
    found += _missing(folder, wanted, record)
    found += _claims(wanted, postmortem_name(record))
    found += _edits(case, wanted)
    for name in (postmortem_name(record), SUMMARY):
        if (folder / name).is_file():
            found += changes(name, wanted.lines[name], read_text_file(folder / name), wanted.accounts).findings
    found += _fields(folder, wanted)
    for name in (SLOS, ITEMS):
        if (folder / name).is_file():
            found += _yaml(folder / name, wanted.files[name])
    if (folder / SLOS).is_file():
        found += _slo_rules(folder / SLOS)
    found += _timeline(folder, wanted)
    found += _drawings(folder, wanted)
    if scorecard is not None:
        found += _scores(folder, scorecard)
    return found


def _record(path: Path) -> ExerciseRecord:
    from incidentsim.exercise.runs import read_record

    return read_record(path)


def _assess(record: ExerciseRecord, case: Case) -> ScorecardLike:
    from incidentsim.assessment.scorecard import assess

    return assess(record, case)


def _journal(path: Path) -> Iterator[PacketFinding]:
    from incidentsim.exercise.runs import verify as replayed

    verdict = replayed(path)
    if verdict.difference is not None:
        yield PacketFinding("differs", JOURNAL, 0, verdict.difference)


def _missing(folder: Path, wanted: Contents, record: ExerciseRecord) -> Iterator[PacketFinding]:
    """Files that are not there, and files that do not say EXERCISE."""
    names = [*wanted.files, JOURNAL, *(() if SCORE in wanted.files else (SCORE, SCORE_TEXT))]
    for name in names:
        path = folder / name
        if not path.is_file():
            if name not in {SCORE, SCORE_TEXT}:
                yield PacketFinding("missing", name, 0, "this file of the packet is not there")
        elif name != postmortem_name(record) and MARKER.encode() not in read_bytes(path):
            yield PacketFinding("marker", name, 0, f"it does not say {MARKER}")


def _claims(wanted: Contents, file: str) -> Iterator[PacketFinding]:
    """Numbers in what people wrote that nothing accounts for, and references that lead nowhere."""
    for each in wanted.document.findings:
        if each.kind == "number":
            yield PacketFinding("unaccounted-number", file, 0, f"{each.place}: {each.text}")
        elif each.kind == "reference":
            yield PacketFinding("reference", file, 0, f"{each.place}: {each.text}")


def _edits(case: Case, wanted: Contents) -> Iterator[PacketFinding]:
    """Numbers that a person typed into an edit and that nothing accounts for."""
    accounts = wanted.accounts
    places = {edit_key(file, line.id): (file, number)
              for file, lines in wanted.lines.items() for number, line in enumerate(lines, 1) if line.id}  # fmt: skip
    for key, edit in case.edits.items():
        for typed in typed_numbers(edit.base, edit.text, accounts.known, accounts.texts):
            file, number = places.get(key.removesuffix(AFTER), (CASE, 0))
            yield unaccounted_number(file, number, typed)


def _json(path: Path) -> Any:
    try:
        return json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise Problem("this is no JSON", place=str(path), mend="Render the packet again.") from error


def _fields(folder: Path, wanted: Contents) -> Iterator[PacketFinding]:
    """Every field by id, then the rest of the data."""
    written, computed = _json(folder / DATA), json.loads(wanted.files[DATA])
    entries = written.get("fields") if isinstance(written, dict) else None
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        yield PacketFinding("differs", DATA, 0, "it has no list of fields")
        return
    held = {each.get("id"): each for each in entries}
    for field in computed["fields"]:
        given = held.pop(field["id"], None)
        if given is None:
            yield PacketFinding("differs", DATA, 0, f"field {field['id']} is not there", field["id"])
            continue
        for key in ("value", "text", "unit", "class", "formula", "source"):
            if given.get(key) != field[key]:
                what = f"field {field['id']}: {key} is {given.get(key)!r}, the record says {field[key]!r}"
                yield PacketFinding("differs", DATA, 0, what, field["id"], str(given.get(key)), str(field[key]))
    for name in held:
        yield PacketFinding("differs", DATA, 0, f"field {name!s} is none of this record", str(name))
    # What was rendered is for merging edits; the Markdown itself is compared with a fresh rendering.
    rest, again = (
        {key: value for key, value in data.items() if key not in {"fields", "rendered"}} for data in (written, computed)
    )
    yield from _numbers_differ(DATA, rest, again)


def _numbers_differ(file: str, given: Any, wanted: Any) -> Iterator[PacketFinding]:
    """Values that are not what the record and the case give; words may differ, numbers may not."""
    for number, (place, typed, computed) in enumerate(_differences(given, wanted)):
        if number == MOST:
            return
        if isinstance(typed, str) and isinstance(computed, str) and _numbers(typed) == _numbers(computed):
            continue
        what = f"{place} is {typed!r:.200}, the record and the case give {computed!r:.200}"
        yield PacketFinding("differs", file, 0, what, typed=str(typed), recorded=str(computed))


def _differences(given: Any, wanted: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(place, given, wanted) of each leaf that differs."""
    if isinstance(given, dict) and isinstance(wanted, dict):
        for key in dict.fromkeys([*wanted, *given]):
            yield from _differences(given.get(key), wanted.get(key), f"{place}.{key}" if place else str(key))
    elif isinstance(given, list) and isinstance(wanted, list):
        for index in range(max(len(given), len(wanted))):
            pair = [each[index] if index < len(each) else None for each in (given, wanted)]
            yield from _differences(pair[0], pair[1], f"{place}[{index}]")
    elif given != wanted or type(given) is not type(wanted):
        yield place, given, wanted


def _yaml(path: Path, text: bytes) -> Iterator[PacketFinding]:
    """Values of a YAML file that are not what the record gives."""
    try:
        given = list(yaml.safe_load_all(read_text_file(path)))
    except (yaml.YAMLError, RecursionError) as error:
        yield PacketFinding("differs", path.name, 0, f"it is no YAML ({type(error).__name__})")
        return
    yield from _numbers_differ(path.name, given, list(yaml.safe_load_all(text.decode())))


def _numbers(text: str) -> list[str]:
    return [each.plain for each in quantities(text)]


def _slo_rules(path: Path) -> Iterator[PacketFinding]:
    from incidentsim.postmortem.openslo_rules import check

    try:
        documents = list(yaml.safe_load_all(read_text_file(path)))
    except (yaml.YAMLError, RecursionError):
        return
    for each in check(documents):
        yield PacketFinding("rule", path.name, 0, f"{each.rule} {each.place}: {each.text}")


def _timeline(folder: Path, wanted: Contents) -> Iterator[PacketFinding]:
    path = folder / TIMELINE
    if not path.is_file():
        return
    given = list(csv.reader(io.StringIO(read_text_file(path))))
    computed = list(csv.reader(io.StringIO(wanted.files[TIMELINE].decode())))
    for index in range(max(len(given), len(computed))):
        pair = [rows[index] if index < len(rows) else [] for rows in (given, computed)]
        if pair[0] != pair[1]:
            yield PacketFinding("differs", TIMELINE, index + 1, "this row is not what the record gives")
            return


def _drawings(folder: Path, wanted: Contents) -> Iterator[PacketFinding]:
    for name in DRAWINGS:
        path = folder / name
        if path.is_file() and name in wanted.files and read_bytes(path) != wanted.files[name]:
            yield PacketFinding("differs", name, 0, "it is not what the case gives; render the packet again")


def _scores(folder: Path, scorecard: ScorecardLike) -> Iterator[PacketFinding]:
    """The scorecard by value; in its text no number may differ."""
    written, computed = _json(folder / SCORE), json.loads(json.dumps(scorecard.to_json()))
    for number, (place, given, wanted) in enumerate(_differences(written, computed)):
        if number < MOST:
            what = f"{place} is {given!r:.200}, computed again it is {wanted!r:.200}"
            yield PacketFinding("differs", SCORE, 0, what, place, str(given), str(wanted))
    path = folder / SCORE_TEXT
    if not path.is_file():
        return
    expected = [line for line in scorecard.to_markdown().split("\n") if line.strip()]
    lines = [(number, line) for number, line in enumerate(read_text_file(path).split("\n"), 1) if line.strip()]
    for index, (number, line) in enumerate(lines):
        wanted_line = expected[index] if index < len(expected) else ""
        if line != wanted_line and _numbers(line) != _numbers(wanted_line):
            what = "its numbers are not those of the scorecard, computed again"
            yield PacketFinding("edited-number", SCORE_TEXT, number, what)
