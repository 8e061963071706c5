"""The log: the last lines that pass some filters, older ones, and how many there are over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.plain.desk import NothingDoneError
from incidentsim.text.wording import clean

if TYPE_CHECKING:
    from incidentsim.exercise.logview import LogView
    from incidentsim.plain.desk import Desk

SHOWN = 10
SIDES = 5
"""Lines before and after one that is named."""
MOST = 500
LEVELS = {"trace": "TRACE", "debug": "DEBUG", "info": "INFO", "warn": "WARN", "warning": "WARN", "error": "ERROR",
          "fatal": "FATAL"}  # fmt: skip
MINUTE = 60_000
SPANS = 12
"""`log counts` tells of at most so many stretches of time."""


def log(desk: Desk, rest: str) -> None:
    """Show lines; see the command's help for the words."""
    words = rest.split()
    if words and words[0].startswith("#"):
        _around(desk, words)
        return
    counting = bool(words) and words[0].casefold() == "counts"
    more = len(words) == 1 and words[0].casefold() == "more"
    if more and desk.log_shown:
        filters, shown, end, most = (desk.log_shown[each] for each in ("filters", "said", "first", "most"))
    else:
        filters, shown, most, end = _filters(desk, words[1:] if counting else words)
    view = desk.seat.log().selected(filters)
    while not view.scan(50_000):
        continue
    if counting:
        _counts(desk, view)
        return
    size = view.size()
    last = size if end is None else min(end, size)
    first = max(0, last - most)
    passing = f" pass {', '.join(shown)}" if shown else " in all"
    desk.say(f"{size:,} lines{passing}. Showing {last - first}, oldest first.")
    for position in range(first, last):
        _tell(desk, view, view.index(position))
    if first:
        desk.say("log more shows older ones.")
    desk.log_shown = {"filters": filters, "said": shown, "first": first, "most": most}


def _tell(desk: Desk, view: LogView, index: int) -> None:
    line = view.row(index)
    desk.say(f"#{index} {line['time']} {line['level']} {clean(line['service'])}: {clean(line['text'])}")


def _around(desk: Desk, words: list[str]) -> None:
    """The lines before and after one, filters or not."""
    view, digits = desk.seat.log(), words[0][1:].replace(",", "")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 9 or int(digits) >= view.all_size():
        raise NothingDoneError(f"There is no log line {words[0][:20]}.")
    sides = SIDES
    if len(words) > 1 and words[1].isascii() and words[1].isdecimal():
        sides = min(MOST, int(words[1][:6])) // 2
    for index in range(max(0, int(digits) - sides), min(view.all_size(), int(digits) + sides + 1)):
        _tell(desk, view, index)


def _filters(desk: Desk, words: list[str]) -> tuple[list[dict[str, Any]], list[str], int, int | None]:
    """Filters, what they are in words, how many lines, and the position to end at."""
    filters: list[dict[str, Any]] = []
    said: list[str] = []
    texts: list[str] = []
    most, before = SHOWN, None
    known = {each["id"] for each in desk.brief["services"]}
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.isascii() and word.isdecimal() and len(word) < 6:
            most = max(1, min(MOST, int(word)))
        elif word.casefold() in LEVELS:
            filters.append({"kind": "level", "value": LEVELS[word.casefold()]})
            said.append(f"level {LEVELS[word.casefold()]} or above")
        elif word in known:
            filters.append({"kind": "service", "value": word})
            said.append(f"service {word}")
        elif word == "before" and at < len(words) and (t := desk.clock.parse(words[at])) is not None:
            before = t
            said.append(f"shown up to {words[at]} UTC")
            at += 1
        elif word.startswith("-") and len(word) > 1:
            filters.append({"kind": "text", "value": word[1:], "exclude": True})
            said.append(f"without “{clean(word[1:])}”")
        elif len(word) > 2 and word.startswith("/") and word.endswith("/"):
            filters.append({"kind": "regex", "value": word[1:-1]})
            said.append(f"pattern {clean(word)}")
        else:
            texts.append(word)
    if texts:
        filters.append({"kind": "text", "value": " ".join(texts)})
        said.append(f"with “{clean(' '.join(texts))}”")
    end = None
    if before is not None:
        view = desk.seat.log().selected(filters)
        while not view.scan(50_000):
            continue
        end = view.first_at(before)
    return filters, said, most, end


def _counts(desk: Desk, view: LogView) -> None:
    """How many lines passed in each stretch of time."""
    minutes = max(1, -(-desk.now // MINUTE))
    each = next(size for size in (5, 10, 15, 30, 60, 120) if minutes <= size * SPANS or size == 120)
    edges = [*range(0, desk.now, each * MINUTE), max(desk.now, 1)]
    every, loud = view.counts(edges)
    for start, count, warned in zip(edges, every, loud, strict=False):
        desk.say(f"From {desk.clock.short(start)}, {each} minutes: {count:,} lines, {warned:,} at WARN or above.")
