"""Words of an answer: who and when it names, what it promises, whom it blames, where it says nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from incidentsim.analysis.people import acts_as_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_MONTH = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|" \
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"  # fmt: skip
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
CLOCK = re.compile(r"(?<![0-9:])[0-9]{1,2}:[0-9]{2}(?![0-9:])")
AHEAD = re.compile(
    r"\b(?:will|by|until|before|next|finds?|tells?|counts|due|within|every|approve|please|from then on|starts?)\b", re.I
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
            found.append(
                date(int(match["year"] or match["year2"] or year), number, int(match["day"] or match["day2"]))
            )
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


# Blame.

_FAULT = re.compile(
    r"(?:['’]s?|\b(?:our|their|his|her|your|my|whose)) (?:own )?(?:fault|mistake|error)\b|\b(?:fault|mistake) (?:of|by)\b"
    r"|\bat fault\b|\bto blame\b|\bblame[sd]?\b|\bculprit\b|\bguilty\b"
    r"|\bresponsible for (?:the|this|that) (?:outage|incident|loss|drop|failure|problem|mess)\b",
    re.IGNORECASE,
)
_NONE_OF_IT = re.compile(r"\b(?:no|not|nobody|no one|never|without|neither|nor|nothing|hardly)\b|n['’]t\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:sloppy|sloppiness|reckless(?:ly|ness)?|incompeten\w+|lazy|laziness|stupid\w*|irresponsib\w+|ignoran\w+"
    r"|didn['’]t bother|not bother(?:ed)? to|failed to (?:check|notice|test|tell|act|look))\b"
    r"|\b(?:be|been|being) (?:more |less )?(?:careful|careless|attentive|vigilant|diligent)\b|\bpay(?:ing|s)? (?:more |better )?attention\b"
    r"|\b(?:re-?)?train (?:them|people|everyone|everybody|staff|the \w+ team|engineers|developers)\b"
    r"|\bremind (?:them|people|everyone|everybody|the \w+ team|engineers|developers)\b",
    re.IGNORECASE,
)
_ANYBODY = re.compile(r"(?:some(?:body|one)|nobody|no one|they|he|she)\b", re.IGNORECASE)
_DID = re.compile(
    r"(?:some(?:body|one)|nobody|no one|they|he|she) (?:simply |just |ever |even |also )?"
    r"(?:(?:has|have)(?! to\b)|had|was|were|did|didn|wasn|weren|hadn|\w+ed|broke|forgot|left|made|took|let|saw|went|put"
    r"|chose|thought|knew|told|kept|cared?|never|should|could|would)\b",
    re.IGNORECASE,
)
"""Only what a person did is blame; who does what next is an answer."""
_HINDSIGHT = re.compile(r"\b(?:would|could) have\b", re.IGNORECASE)


def blames(text: str, roles: Sequence[str]) -> str:
    """The part of a sentence that tells the cause as what people did or are; empty where none does."""
    for clause in clauses(text):
        if (_FAULT.search(clause) and not _NONE_OF_IT.search(clause)) or _VERDICT.search(clause):
            return clause
        if _ANYBODY.match(clause) and not _DID.match(clause):
            continue
        # What an alert would have shown is no verdict; what a person would have done is.
        plain = _HINDSIGHT.sub("did", clause)
        if acts_as_person(plain, roles):
            return clause
    return ""


# Filler.

_LATER = re.compile(
    r"\bsoon\b(?! as)|\bas (?:soon|fast|quickly) as (?:possible|we can|feasible)\b|\basap\b|\bshortly\b|\bin due course\b"
    r"|\bin the near future\b|\bat some point\b|\beventually\b|\bmore to come\b",
    re.IGNORECASE,
)
_BUSY = re.compile(
    r"\b(?:look(?:ing|s)? into|work(?:ing|s)? on|investigat(?:ing|es?)) (?:it|this|that|the (?:issue|problem|matter))\b"
    r"|\b(?:do(?:ing)? our best|tak(?:e|ing) (?:it|this) (?:very )?seriously|keep(?:ing)? an eye on|monitor(?:ing)? (?:it|the situation))\b",
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
    r"\b(?:not (?:yet )?known|unknown|not (?:yet )?(?:sure|clear|certain)|open question|(?:is|are) (?:still )?open|still open|todo"
    r"|too early to say|(?:cannot|can['’]t) say(?: yet)?|(?:do not|don['’]t|nobody|no one) (?:yet )?knows?"
    r"|finds? (?:it |this |that )?out|not counted)\b",
    re.IGNORECASE,
)


def admits(text: str) -> bool:
    """Whether a text says that something is not known yet."""
    return bool(_UNKNOWN.search(text))
