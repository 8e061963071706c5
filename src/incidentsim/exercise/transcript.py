"""What a seat sees, as lines: for ``incidentsim replay`` and for anybody who wants to read along."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from incidentsim.scenario.units import MINUTE
from incidentsim.text.escaping import for_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.exercise.seat import Seat


def lines(seat: Seat, until: int, form: Literal["text", "jsonl"], slice_ms: int = MINUTE) -> Iterator[tuple[int, str]]:
    """(time in ms, line) of everything visible before *until*, in order: events, then log rows of the same moment.

    Time is let pass in slices of *slice_ms*; how long they are makes no difference to what comes out.
    """
    write = _text if form == "text" else _json
    log, shown, seen = seat.log(), 0, 0
    pending: list[tuple[int, int, int, str]] = []
    while True:
        for event in seat.frame(seen)["events"]:
            seen = event["v"]
            pending.append((event["t"], 0, seen, write(seat, {"type": "event", **event})))
        size = log.size()
        for index, row in enumerate(log.lines(shown, size), shown):
            pending.append((row["t"], 1, index, write(seat, {"type": "row", **row})))
        shown = size
        pending.sort()
        # What happens at the present moment may not be complete yet.
        done = seat.now >= until or seat.status()["state"] == "ended"
        ready = [each for each in pending if each[0] < seat.now or (done and each[0] <= seat.now)]
        for each in ready:
            yield each[0], each[3]
        pending = pending[len(ready) :]
        if done:
            return
        seat.advance(min(slice_ms, until - seat.now))


def _json(seat: Seat, item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def _text(seat: Seat, item: dict[str, Any]) -> str:
    clock = seat.clock_text(item["t"])
    if item["type"] == "row":
        return for_terminal(f"{clock} {item['level']:<5} {item['service']:<16} {item['text']}")
    kind = item["kind"]
    if kind == "message":
        what = f"{item['channel']} from {item['sender']}: {item['title']}"
    elif kind == "alert":
        what = f"alert {item['state']} ({item['severity']}): {item['title']}"
    else:
        what = f"{kind}: {item.get('title') or item.get('severity') or item.get('text', '')}"
    return for_terminal(f"{clock} >>>   {what}")
