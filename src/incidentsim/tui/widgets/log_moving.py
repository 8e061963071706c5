"""Moments as people write them when they want to go there."""

from __future__ import annotations

import re

from incidentsim.text.wording import Clock

MINUTE = 60_000
_RELATIVE = re.compile(r"([+-])(\d{1,5})(?:m|min)?", re.IGNORECASE)
_ELAPSED = re.compile(r"T\+(\d{1,3}):(\d{2})(?::(\d{2}))?", re.IGNORECASE)


def moment(text: str, clock: Clock, here: int) -> int | None:
    """The moment (ms of play) that *text* means: ``08:30`` (UTC), ``+10`` or ``-5`` minutes from *here*, ``T+00:47``.

    None where it means none.
    """
    text = text.strip()
    if found := _RELATIVE.fullmatch(text):
        minutes = int(found[2]) * (1 if found[1] == "+" else -1)
        return max(0, here + minutes * MINUTE)
    if found := _ELAPSED.fullmatch(text):
        return (int(found[1]) * 60 + int(found[2])) * MINUTE + int(found[3] or 0) * 1000
    return clock.parse(text)
