"""Reconstructions for tests: a small incident with canaries and hostile text, and the files that it leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.exercise.test_secrecy import CANARY, with_canaries

HOSTILE = "\x1b[31mred\x1b[0m [bold]no[/bold] \u202edesrever"
FORMULA = "=1+1"


def incident() -> dict[str, Any]:
    """The small pipeline with canaries, log rows in two shapes, and text that would do something elsewhere."""
    document = with_canaries()
    document["services"][0]["log_format"] = "json"
    document["patterns"] = [
        {"id": f"{CANARY}-batch", "service": "edge", "most": 60, "text": "batch {size} taken",
         "fields": {"size": {"kind": "integer", "low": 1, "high": 900}}},
        {"id": f"{CANARY}-never", "service": "board", "most": 6, "when": "0", "text": f"{CANARY} never written"},
    ]  # fmt: skip
    document["events"] = [
        {"at": "3m", "text": f"two\nlines {HOSTILE}", "service": "we/ird ../name", "level": "WARN"},
        {"at": "4m", "text": "started", "service": "pipe"},
    ]
    document["alerts"].append(
        {"id": "high", "kind": "script", "title": f"{FORMULA} {HOSTILE}", "text": "look", "service": "edge",
         "severity": "page", "times": [["6m", "20m"], ["90m", "119m"]]}
    )  # fmt: skip
    document["changes"].append({"id": "before", "days_before": 3, "service": "edge", "title": FORMULA, "text": HOSTILE})
    document["injects"].append(
        {"id": "seen", "at": "8m", "channel": "ticket", "sender": "producer", "title": "Board", "text": HOSTILE}
    )
    document["policies"].append(
        {
            "id": "reference",
            "title": f"{CANARY} reference",
            "commands": [
                {"id": "read", "at": "21m", "verb": "open", "target": "inbox"},
                {"at": "22m", "verb": "hypothesis", "args": {"text": f"{CANARY} thought", "confidence": 90}},
                {"at": "22m", "verb": "note", "args": {"text": f"{CANARY} noted"}},
                {"id": "count", "at": "23m", "verb": "query", "args": {"datasets": ["accepted", "served"]}},
                {"at": "24m", "verb": "ask", "target": "producer", "args": {"topic": "changed"}},
                {"at": "25m", "verb": "declare", "target": "SEV2", "args": {"text": "fewer served than taken"}},
                {"at": "26m", "verb": "announce", "target": "internal", "args": {"text": "we look into it"}},
                {"id": "stop", "at": "30m", "verb": "act", "target": "stop:edge"},
                {"at": "100m", "verb": "end"},
                {"at": "119m", "verb": "interview", "target": "producer", "args": {"topic": "changed"}},
            ],
        }
    )
    return document


def written(folder: Path, document: dict[str, Any] | None = None) -> str:
    """The path of the small incident's scenario in *folder*."""
    place = folder / "small.json"
    place.write_text(json.dumps(document or incident()), encoding="utf-8")
    return str(place)


def everything(folder: Path) -> dict[str, str]:
    """All files below *folder* by name."""
    return {
        str(each.relative_to(folder)): each.read_bytes().decode()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }
