"""A seat through a pipe: one JSON request a line in, one JSON answer a line out."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidentsim.exercise.seat import Seat

LONGEST_LINE = 1_000_000
METHODS = (
    "briefing", "frame", "status", "signals", "rows", "row_counts", "inbox", "message", "alerts", "changes",
    "runbooks", "evidence", "hypotheses", "incident_record", "advance", "wait",
)  # fmt: skip
"""What a player at the other end may call, besides ``do``."""


def serve(seat: Seat, requests: IO[str], answers: IO[str]) -> None:
    """Answer requests until the other end closes.

    A request is ``{"call": method, "args": {…}}`` or ``{"do": verb, "target": …, "args": {…}}``. The answer is
    ``{"result": …}`` or ``{"error": why}``; a request that cannot be read changes nothing.
    """
    for line in iter(lambda: requests.readline(LONGEST_LINE), ""):
        answers.write(json.dumps(_answer(seat, line), ensure_ascii=False, separators=(",", ":")) + "\n")
        answers.flush()


def _answer(seat: Seat, line: str) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "a request is one JSON object a line"}
    args = request.get("args", {}) if isinstance(request, dict) else None
    if not isinstance(args, dict):
        return {"error": "a request has call or do, and args, an object"}
    if isinstance(request.get("do"), str):
        target = request.get("target", "")
        if not isinstance(target, str):
            return {"error": "target is a text"}
        return {"result": seat.do(request["do"], target, args)}
    method = request.get("call")
    if method not in METHODS:
        return {"error": f"call is one of {', '.join(METHODS)}"}
    try:
        return {"result": getattr(seat, method)(**args)}
    except (TypeError, ValueError):
        return {"error": f"{method}: those arguments do not fit"}
