"""Whether a cause is told as what a person did, instead of as the condition they met."""

from __future__ import annotations

import re
from collections.abc import Iterable

_JUDGED = re.compile(r"\b(?:human|operator|user) error\b|\bcareless|\bforgot|\bnegligen", re.IGNORECASE)
"""Words that judge people wherever they stand."""
_HINDSIGHT = re.compile(r"\b(?:should|could|would) have\b", re.IGNORECASE)
"""What only who knows the end can say; no condition that anybody met."""
_SUBJECT = re.compile(r"(?:some(?:body|one)|nobody|no one|they|he|she)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?|our|one)\s+", re.IGNORECASE)
_KINDS = ("on call", "engineer", "operator", "developer", "deployer", "responder", "administrator", "analyst",
          "manager", "producer", "owner", "team", "reviewer")  # fmt: skip
_ENDINGS = ("", "team", "engineer", "engineers", "on call", "lead")
"""What may follow a role that stands alone, as in "the data engineering team"."""
_DEED = re.compile(
    r"(?:team |engineers? |on call |lead )?(?:did(?: not|n't|n’t)?|failed to|missed|ignored|overlooked|pushed|deployed"
    r"|merged|approved|assumed|thought|believed|decided|chose|skipped|neglected|misread|misjudged|turned|changed|broke"
    r"|deleted|never)\b"
)
"""What people do; a system that shares a team's name (``ingest``, ``orders``) does other things."""


def judged(text: str) -> bool:
    """Whether a text judges people, whoever they are."""
    return _JUDGED.search(text) is not None


def acts_as_person(text: str, roles: Iterable[str] = ()) -> bool:
    """Whether the subject of a text is a person, role or team, or the text judges one.

    *roles* are titles and team names. One that is a single word is taken for people only before a deed, so that
    "ingest accepts a record" is a condition and "ingest approved the change" is not.
    """
    if judged(text) or _HINDSIGHT.search(text):
        return True
    plain = " ".join(text.replace("-", " ").casefold().split())
    article = _ARTICLE.match(plain)
    subject = plain[article.end() :] if article else plain
    if _SUBJECT.match(subject):
        return True
    names = [" ".join(role.replace("-", " ").casefold().split()) for role in roles]
    return any(_leads(subject, name) for name in (*names, *_KINDS) if name)


def _leads(subject: str, name: str) -> bool:
    match = re.match(rf"{re.escape(name)}s?(?:\s+|$)", subject)
    if match is None:
        return False
    rest = subject[match.end() :]
    return rest in _ENDINGS or _DEED.match(rest) is not None
