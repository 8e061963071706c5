"""What an answer says at all: sentences, who and when it names, what it leaves open, and filler."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_MONTH = "|".join((*_MONTHS, *(each[:3] for each in _MONTHS), "sept"))
DAY = re.compile(
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    rf"|(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>[0-9]{{4}}))?"
    rf"|\b(?P<month2>{_MONTH})\.? (?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year2>[0-9]{{4}}))?",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_AMOUNT = r"(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|ten|a few)"
RELATIVE = re.compile(
    rf"\b(?:{_WEEKDAY}|today|tonight|tomorrow|noon|midnight"
    r"|(?:this|next|every) (?:hour|day|week|month|sprint|quarter|morning|afternoon|evening)"
    r"|end of (?:the |this |next )?(?:day|week|month|sprint|quarter)|hourly|daily|weekly"
    rf"|(?:in|within) {_AMOUNT} (?:minutes?|min|hours?|h|days?|weeks?|months?))\b",
    re.IGNORECASE,
)
EFFORT = re.compile(
    rf"\b{_AMOUNT} (?:(?:minutes|hours|days|weeks|months) of (?:your |our |their )?(?:time|work|effort)"
    r"|people|engineers|sprints?)\b",
    re.IGNORECASE,
)
"""What is asked for."""
CLOCK = re.compile(r"(?<![0-9:])[0-9]{1,2}:[0-9]{2}(?![0-9:])")
AHEAD = re.compile(
    r"\b(?:will|by|until|before|next|finds?|tells?|hears?|counts|scheduled|planned|due"
    r"|within|every|approve|please|from then on|starts?)\b",
    re.I,
)
"""What is said of the time to come: its times are plans."""
_WHO = re.compile(
    r"\b(?:teams?|leads?|on[- ]call|owners?|engineers?|managers?|commander|analysts?|director|support|legal)\b|\bI\b"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE = re.compile(r"[,:;]\s+|\s+(?:and|but|while|because|since|as|that|who|when|–|-)\s+", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a semicolon ends one."""
    return [each.strip() for each in _SENTENCE.split(text) if each.strip()]


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence."""
    return [each.strip() for each in _CLAUSE.split(sentence) if each.strip()]


def days(text: str, year: int) -> list[date]:
    """The days that a text names; *year* where it names none."""
    found = []
    for match in DAY.finditer(text):
        try:
            if match["iso"]:
                found.append(date.fromisoformat(match["iso"]))
                continue
            month = (match["month"] or match["month2"]).casefold()
            number = 1 + next(place for place, name in enumerate(_MONTHS) if name.startswith(month[:3]))
            found.append(date(int(match["year"] or match["year2"] or year), number, int(match["day"] or match["day2"])))
        except ValueError:
            continue
    return found


def says_when(text: str) -> bool:
    """Whether a text names a day, a time or a span to come."""
    return any(each.search(text) for each in (DAY, RELATIVE, CLOCK))


def says_who(text: str, roles: Iterable[str]) -> bool:
    """Whether a text names a role or a team."""
    return bool(_WHO.search(text)) or any(
        re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.IGNORECASE) for each in roles if len(each) > 2
    )


# Filler.

_LATER = re.compile(
    r"\bsoon\b(?! as)|\bas (?:soon|fast|quickly) as (?:possible|we can|feasible)\b"
    r"|\basap\b|\bshortly\b|\bin due course\b"
    r"|\bin the near future\b|\bat some point\b|\beventually\b|\bmore to come\b",
    re.IGNORECASE,
)
_BUSY = re.compile(
    r"\b(?:look(?:ing|s)? into|work(?:ing|s)? on|investigat(?:ing|es?)) (?:it|this|that|the (?:issue|problem|matter))\b"
    r"|\b(?:do(?:ing)? our best|tak(?:e|ing) (?:it|this) (?:very )?seriously"
    r"|keep(?:ing)? an eye on|monitor(?:ing)? the situation|(?:are|am|is|['’]re) monitoring it)\b",
    re.IGNORECASE,
)


def filler(sentence: str, roles: Sequence[str]) -> str:
    """Words of a sentence that promise something without saying when, or who; empty where there are none."""
    when = says_when(sentence)
    if (match := _LATER.search(sentence)) and not when:
        return match.group()
    if (match := _BUSY.search(sentence)) and not when and not says_who(sentence, roles):
        return match.group()
    return ""


# What is not known.

_UNKNOWN = re.compile(
    r"\b(?:not (?:yet )?known|unknown|not (?:yet )?(?:sure|clear|certain)|open question"
    r"|(?:is|are) (?:still )?open|still open|todo|too early to say|(?:cannot|can['’]t) say(?: yet)?"
    r"|(?:do not|don['’]t|nobody|no one) (?:yet )?knows?"
    r"|finds? (?:it |this |that )?out|not counted)\b",
    re.IGNORECASE,
)


def admits(text: str) -> bool:
    """Whether a text says that something is not known yet."""
    return bool(_UNKNOWN.search(text))
