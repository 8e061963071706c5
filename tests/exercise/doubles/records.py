"""A small header and small records."""

from __future__ import annotations

from typing import Any

HEADER: dict[str, Any] = {
    "marker": "EXERCISE",
    "exercise": "2026-11-23-quiet-1",
    "version": "0.1.0",
    "scenario_hash": "0" * 64,
    "seed": 1,
    "variant": None,
    "format": "45",
    "mode": "learn",
    "role": "responder",
    "scenario": {"id": "quiet", "title": "A quiet day"},
}


def command(number: int, **args: Any) -> dict[str, Any]:
    return {
        "k": "command",
        "t": number * 1000,
        "id": number,
        "actor": "responder",
        "verb": "note",
        "target": "",
        "args": args,
    }


def digest(minute: int) -> dict[str, Any]:
    return {"k": "digest", "minute": minute, "sha256": f"{minute:064x}"}
