"""Blame: a cause told as what people did or are, instead of as the condition they met."""

from __future__ import annotations

import re
from collections.abc import Sequence

from incidentsim.analysis.people import acts_as_person, judged
from incidentsim.postmortem.saying import clauses

_FAULT = re.compile(
    r"(?:['’]s?|\b(?:our|their|his|her|your|my|whose)) (?:own )?(?:fault|mistake|error)\b(?! budget)"
    r"|\b(?:fault|mistake) (?:of|by)\b"
    r"|\bat fault\b|\bto blame\b|\bblame[sd]?\b|\bculprit\b|\bguilty\b"
    r"|\bresponsible for (?:the|this|that) (?:outage|incident|loss|drop|failure|problem|mess)\b",
    re.IGNORECASE,
)
_NONE_OF_IT = re.compile(
    r"\b(?:no|not|nobody|no one|never|without|neither|nor|nothing|hardly)\b|n['’]t\b", re.IGNORECASE
)
_VERDICT = re.compile(
    r"\b(?:sloppy|sloppiness|reckless(?:ly|ness)?|incompeten\w+|lazy|laziness|stupid\w*|irresponsib\w+|ignoran\w+"
    r"|didn['’]t bother|not bother(?:ed)? to|failed to (?:check|notice|test|tell|act|look))\b"
    r"|\b(?:be|been|being) (?:more |less )?(?:careful|careless|attentive|vigilant|diligent)\b"
    r"|\bpay(?:ing|s)? (?:more |better )?attention\b"
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
_JOINT = re.compile(r"^(?:(?:and|but|while|because|since|as|that|who|when|so)\s+)+", re.IGNORECASE)
_IF_HAD = re.compile(r"^if (?:only )?(.{1,60}?) had\b", re.IGNORECASE)
_HINDSIGHT = re.compile(r"\b(?:would|could) have\b", re.IGNORECASE)


def judges(text: str) -> str:
    """The part of a text that says whose fault it was, or judges people; empty where none does.

    That people did something is no blame here: a postmortem tells what was done.
    """
    for clause in clauses(text):
        fault = _FAULT.search(clause)
        # "A fault of our own" is a defect of a system, "the fault of" somebody is not.
        ours = fault is not None and re.search(rf"\ba {re.escape(fault.group().strip())}", clause, re.IGNORECASE)
        if (fault and not ours and not _NONE_OF_IT.search(clause)) or _VERDICT.search(clause) or judged(clause):
            return clause
    return ""


def blames(text: str, roles: Sequence[str]) -> str:
    """The part of a sentence that tells the cause as what people did or are; empty where none does."""
    for part in clauses(text):
        clause = _JOINT.sub("", part)
        if (_FAULT.search(clause) and not _NONE_OF_IT.search(clause)) or _VERDICT.search(clause):
            return clause
        if _ANYBODY.match(clause) and not _DID.match(clause):
            continue
        # What an alert would have shown is no verdict; what a person would have done is.
        plain = _IF_HAD.sub(r"\1 did", _HINDSIGHT.sub("did", clause))
        if acts_as_person(plain, roles):
            return clause
    return ""
