"""The team's tasks as people read them: their order, their owner and time, and a moment that somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.text.wording import clean, span

if TYPE_CHECKING:
    from incidentsim.text.wording import Clock
    from incidentsim.tui.session import Data

MOST_MINUTES = 24 * 60
SIGNS = {"open": "[ ]", "done": "[x]", "dropped": "[-]"}


def ordered(items: list[Data]) -> list[Data]:
    """Open ones first, those with a time first among them, the earliest first."""
    far = 10**15
    return sorted(items, key=lambda item: (item["state"] != "open", far if item["due"] is None else item["due"]))


def note(item: Data, now: int, clock: Clock) -> str:
    """Owner and time, or what became of it."""
    parts = [clean(item["owner"])]
    if item["state"] != "open":
        parts.append(item["state"])
    elif item["due"] is not None:
        parts.append(f"due {clock.utc(item['due'])}, {until(item['due'], now)}")
    return " · ".join(part for part in parts if part)


def until(due: int, now: int) -> str:
    """``12m left``, ``now``, ``4m late``."""
    if due > now:
        return f"{span(due - now)} left"
    return "now" if now - due < 60_000 else f"{span(now - due)} late"


def moment(text: str, now: int, clock: Clock) -> tuple[int | None, bool]:
    """The moment (ms) that ``09:30`` or ``20`` (minutes from now) names, and whether it names one or nothing."""
    text = text.strip().lower()
    if not text:
        return None, True
    digits = text.removesuffix("minutes").removesuffix("min").removesuffix("m").strip()
    if digits.isascii() and digits.isdecimal() and len(digits) < 5 and 0 < int(digits) <= MOST_MINUTES:
        return now + int(digits) * 60_000, True
    at = clock.parse(text.upper())
    return at, at is not None
