"""What was on record of an incident when it was over, as files people know: each line, and what it can be opened as.

Only what a seat could see is here. A line's number is its address: ``chat.jsonl:12``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.export_logs import LogFiles
from incidentsim.exercise.plots import samples
from incidentsim.exercise.reconstruction import RECONSTRUCT, SAID, trace_of, trace_text
from incidentsim.scenario.units import DAY
from incidentsim.simulation.querying_cells import decimal
from incidentsim.text.escaping import for_csv, one_line, visible
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Exercise

MARKER = "EXERCISE"
ALERTS, CHANGES, METRICS, AUDIT, CHAT = "alerts.json", "changes.csv", "metrics.csv", "audit.jsonl", "chat.jsonl"
FILE_OF = {"page": "pages.jsonl", "call": "pages.jsonl", "ticket": "tickets.jsonl", "mail": "mail.jsonl",
           "result": AUDIT}  # fmt: skip
"""Where the messages of a channel stand; all others are chat."""
COUNTED = "query"
"""The channel of counts. Their tables are not kept anywhere; anybody can count again."""
DONE = {"act": "act", "withdraw": "call off"}
"""What the audit log calls a command; anything else is a count."""
OPEN_END = "0001-01-01T00:00:00Z"
"""What an Alertmanager writes as the end of an alert that still fires."""

_LINE = re.compile(r"(?:\./)?(.+?):(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file. *target* is what ``open`` takes for it; empty for a line that says nothing of its own."""

    text: str
    target: str = ""


def small_files(exercise: Exercise) -> dict[str, list[Line]]:
    """All files but the logs and the metrics, by name; those with nothing in them are left out."""
    files = {ALERTS: _alerts(exercise), **_said(exercise), CHANGES: _changes(exercise)}
    return {name: lines for name, lines in files.items() if any(each.target for each in lines)}


def metrics(exercise: Exercise) -> Iterator[Line]:
    """Every sample that arrived of every measured signal."""
    yield _row("exercise", "time_utc", "signal", "service", "value", "unit")
    for signal in exercise.scenario.signals:
        found = samples(exercise, signal.id, 0, exercise.now) if signal.measured else None
        if found is None:
            continue
        for at, point in enumerate(found["points"]):
            if point is not None:
                value = decimal(point, signal.decimals)
                yield _row(MARKER, _stamp(exercise, (at + 1) * int(found["each"])), signal.id, signal.service, value,
                           signal.unit, numbers=(4,), target=f"signal:{signal.id}@{at}")  # fmt: skip


class Addresses:
    """What each line of the exports can be opened as. When play is over that does not change any more."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise

    @cached_property
    def _logs(self) -> LogFiles:
        return LogFiles(self._exercise)

    @cached_property
    def _small(self) -> dict[str, list[Line]]:
        return small_files(self._exercise)

    def target(self, address: str) -> str:
        """What ``open`` takes for ``logs/edge.log:12``. Raises `KeyError` where there is no such line."""
        found, exercise = _LINE.fullmatch(address.strip()), self._exercise
        if found is None or exercise.setting.mode != RECONSTRUCT or not exercise.over:
            raise KeyError(address)
        name, number = found[1], int(found[2])
        if name == METRICS:
            target = next((each.target for at, each in enumerate(metrics(exercise), 1) if at == number), "")
        elif name in self._small:
            lines = self._small[name]
            target = lines[number - 1].target if 0 < number <= len(lines) else ""
        else:
            target = self._logs.address(_known_log(self._logs, name), number)
        if not target:
            raise KeyError(address)
        return target


def _known_log(logs: LogFiles, name: str) -> str:
    """A log file's name as it stands; ``edge`` and ``edge.log`` do for ``logs/edge.log``."""
    return next((each for each in logs.names if name in (each, each[5:], each[5:-4])), name)


def _stamp(exercise: Exercise, t: int) -> str:
    """A moment as ``2024-03-12T08:31:07.000Z``."""
    try:
        moment = exercise.scenario.start + timedelta(milliseconds=t)
    except OverflowError as error:
        raise Problem("a time of this scenario is in no calendar", mend="Choose another start.") from error
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def _json(data: dict[str, Any]) -> str:
    shown = {name: visible(each) if isinstance(each, str) else each for name, each in data.items()}
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _row(*cells: str, numbers: tuple[int, ...] = (), target: str = "") -> Line:
    """A line of CSV; *numbers* are the places of cells that hold a number of the tool's own."""
    out = io.StringIO()
    shown = [cell if at in numbers else for_csv(one_line(cell)) for at, cell in enumerate(cells)]
    csv.writer(out, lineterminator="").writerow(shown)
    return Line(out.getvalue(), target)


def _alerts(exercise: Exercise) -> list[Line]:
    """The alerts as an Alertmanager lists them, one in each line of a JSON array."""
    found = []
    for each in exercise.ledger.alerts:
        data = each.data
        ended = each.resolved_at
        found.append(
            (
                each.id,
                {
                    "labels": {"alertname": visible(data["title"]), "service": data["service"],
                               "severity": data["severity"], "exercise": MARKER},
                    "annotations": {"description": visible(data["text"])},
                    "startsAt": _stamp(exercise, each.t),
                    "endsAt": OPEN_END if ended is None else _stamp(exercise, ended),
                    "status": {"state": "active" if ended is None else "resolved"},
                    "fingerprint": each.id,
                },
            )
        )  # fmt: skip
    if not found:
        return []
    texts = [json.dumps(data, ensure_ascii=False) for _, data in found]
    lines = [Line(f"{text}{',' if at < len(texts) else ''}", number)
             for at, ((number, _), text) in enumerate(zip(found, texts, strict=True), 1)]  # fmt: skip
    return [Line("["), *lines, Line("]")]


def _said(exercise: Exercise) -> dict[str, list[Line]]:
    """Messages, what the responders said, and what they did to the system, by file and in the order of time."""
    entries: list[tuple[int, int, str, Line]] = []
    for message in exercise.ledger.messages:
        data = message.data
        if data["channel"] == COUNTED:
            continue
        name = FILE_OF.get(data["channel"], CHAT)
        line = {"marker": MARKER, "ts": _stamp(exercise, message.t)}
        if name == AUDIT:
            line |= {"by": data["to"], "did": "result", "id": message.id, "of": data["title"], "text": data["text"]}
        else:
            line |= {"channel": data["channel"], "from": data["sender"], "to": data["to"], "id": message.id,
                     "title": data["title"], "text": data["text"]}  # fmt: skip
        entries.append((message.t, 1, name, Line(_json(line), message.id)))
    for command in exercise.commands[: exercise.ledger.theirs]:
        target = f"said:{command.id}"
        if trace_of(exercise, target) is None:
            continue
        text = trace_text(exercise, command)
        line = {"marker": MARKER, "ts": _stamp(exercise, command.t)}
        if command.verb in SAID:
            line |= {"channel": "incident", "from": command.actor, "to": "", "title": command.verb, "text": text}
        else:
            line |= {"by": command.actor, "did": DONE.get(command.verb, "count"), "text": text}
        entries.append((command.t, 0, CHAT if command.verb in SAID else AUDIT, Line(_json(line), target)))
    files: dict[str, list[Line]] = {}
    for _, _, name, entry in sorted(entries, key=lambda each: each[:2]):
        files.setdefault(name, []).append(entry)
    return dict(sorted(files.items()))


def _changes(exercise: Exercise) -> list[Line]:
    """The change history as it could be read that night; what is learned only afterwards is asked for."""
    lines = [_row("exercise", "time_utc", "service", "change", "title", "text")]
    known = [each for each in exercise.scenario.changes
             if each.seen == "during" and (each.days_before > 0 or each.at <= exercise.now)]  # fmt: skip
    for each in sorted(known, key=lambda each: (-each.days_before, each.at)):
        moment = _stamp(exercise, each.at - each.days_before * DAY)
        lines.append(_row(MARKER, moment, each.service, each.id, each.title, each.text, target=f"change:{each.id}"))
    return lines
