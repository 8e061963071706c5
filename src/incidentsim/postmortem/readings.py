"""Numbers as people say them: 1,203,400, 1.2M, about 1.2 million, 97 percent, 6 h 10 min, 370 minutes, half an hour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from incidentsim.postmortem.numbers import IDENTIFIER

Kind = Literal["count", "share", "span"]
"""What is counted, percent, and minutes."""
Mark = Literal["", "about", "above", "below"]

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TENS = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60,
         "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
_WORDS: dict[str, int | Fraction] = {
    "a": 1, "an": 1, **{word: value for value, word in enumerate(_ONES, 1)}, **_TENS, "a hundred": 100,
    **{f"{word} hundred": 100 * value for value, word in enumerate(_ONES[:9], 1)},
    "half a": Fraction(1, 2), "half an": Fraction(1, 2),
}  # fmt: skip
_UNITS: dict[str, int] = {
    "k": 1000, "thousand": 1000, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "b": 10**9, "billion": 10**9,
}  # fmt: skip
_SPANS: dict[str, int | Fraction] = {
    "s": Fraction(1, 60), "sec": Fraction(1, 60), "second": Fraction(1, 60), "min": 1, "minute": 1, "h": 60, "hour": 60,
    "day": 1440, "week": 10080,
}  # fmt: skip
_PARTS: dict[str, int | Fraction] = {
    "half": 50,
    "a third": Fraction(100, 3),
    "two thirds": Fraction(200, 3),
    "a quarter": 25,
    "three quarters": 75,
}

_DIGITS = r"[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3}){1,4}(?![0-9])(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,9})?"
_NUMBER = rf"{_DIGITS}|" + "|".join(sorted(_WORDS, key=len, reverse=True))
_GAP = r"[ \u00a0\u202f-]?"
_TAKEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
"""Days and times of day are not measured."""
_READING = re.compile(
    rf"(?<![\w.,])(?:(?P<taken>{_TAKEN.pattern})"
    rf"|(?P<hours>{_NUMBER}){_GAP}h(?:ours?|rs?)?(?:{_GAP}|,? and )(?P<more>{_NUMBER})"
    rf"(?:{_GAP}m(?:in(?:ute)?s?)?(?!\w)|(?=[.,;!?]|$))"
    rf"|(?P<long>{_NUMBER})(?P<half> and a half)?{_GAP}(?P<span>hours?|hrs?|minutes?|mins?|days?|weeks?)"
    r"(?P<more_half> and a half)?(?!\w)"
    rf"|(?P<short>{_DIGITS}){_GAP}(?P<sign>h|seconds?|sec|s)(?!\w)"
    rf"|(?P<share>{_NUMBER}){_GAP}(?:%|percent\b|per cent\b|percentage points?\b|pct\b)"
    rf"|(?P<times>{_DIGITS}) ?(?:times\b|x\b)"
    r"|(?P<part>three[- ]quarters|two[- ]thirds|a quarter|a third|half)(?!\w)(?! (?:an? )?(?:hour|minute|day))"
    rf"|(?P<big>{_NUMBER}){_GAP}(?P<unit>thousand|million|billion)(?!\w)"
    rf"|(?P<large>{_DIGITS}) ?(?P<letter>mn|bn|[kmb])(?!\w)"
    rf"|(?P<plain>{_DIGITS})(?!\w)"
    r"|(?P<zero>nothing|none|zero)(?!\w))",
    re.IGNORECASE,
)
_ABOUT = r"about|around|roughly|approximately|approx\.?|some|circa|ca\.?|~|≈|close to|in the order of"
_ABOVE = r"more than|over|above|at least|just over|a good|well over|>"
_BELOW = r"less than|under|below|nearly|almost|just under|up to|at most|<"
_BEFORE = re.compile(rf"(?:(?P<about>{_ABOUT})|(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\s*(?:the )?$", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:ish\b|,? (?:or so|or thereabouts|give or take|more or less|roughly|approximately)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number where it stands in a text. *value* is a count, percent or minutes; *mark* says that it is rounded."""

    start: int
    end: int
    text: str
    kind: Kind
    value: Fraction
    mark: Mark = ""


def readings(text: str) -> list[Reading]:
    """The numbers of a text, left to right; digits in names (``AI-01``), days and times of day are none."""
    taken = [match.span() for match in IDENTIFIER.finditer(text)]
    found = []
    for match in _READING.finditer(text):
        while taken and taken[0][1] <= match.start():
            taken.pop(0)
        if match["taken"] or (taken and taken[0][0] <= match.start()):
            continue
        kind, value = _value(match)
        found.append(Reading(match.start(), match.end(), match.group(), kind, value, _mark(text, match)))
    return found


def _value(match: re.Match[str]) -> tuple[Kind, Fraction]:
    if match["hours"]:
        return "span", 60 * _number(match["hours"]) + _number(match["more"])
    if match["long"]:
        half = Fraction(1, 2) if match["half"] or match["more_half"] else Fraction(0)
        return "span", (_number(match["long"]) + half) * _span(match["span"])
    if match["short"]:
        return "span", _number(match["short"]) * _span(match["sign"])
    if match["share"]:
        return "share", _number(match["share"])
    if match["times"]:
        return "share", 100 * _number(match["times"])
    if match["part"]:
        return "share", Fraction(_PARTS[match["part"].casefold().replace("-", " ")])
    if match["big"]:
        return "count", _number(match["big"]) * _UNITS[match["unit"].casefold()]
    if match["large"]:
        return "count", _number(match["large"]) * _UNITS[match["letter"].casefold()]
    return "count", Fraction(0) if match["zero"] else _number(match["plain"])


def _number(said: str) -> Fraction:
    word = said.casefold()
    return Fraction(_WORDS[word]) if word in _WORDS else Fraction(re.sub(r"[, \u00a0\u202f]", "", said))


def _span(unit: str) -> Fraction:
    known = unit.casefold()
    for name in (known, known.removesuffix("s"), known.removesuffix("s").replace("hr", "h")):
        if name in _SPANS:
            return Fraction(_SPANS[name])
    return Fraction(1)


def _mark(text: str, match: re.Match[str]) -> Mark:
    before = _BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    if before is not None:
        return "above" if before["above"] else "below" if before["below"] else "about"
    return "about" if _AFTER.match(text, match.end()) else ""
