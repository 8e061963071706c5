"""Whether a free text names something, told by groups of words."""

from __future__ import annotations

import functools
import re
import unicodedata

_SEPARATORS = re.compile(r"[\s_\-‐‑‒–—/]+")
_ENDINGS = r"(?:s|es|ed|d|ing|'s|’s)?"


def names(text: str, groups: tuple[tuple[str, ...], ...]) -> bool:
    """Whether every group has one of its words in the text; no groups name nothing.

    Case, hyphens, underscores and spaces make no difference, nor do simple endings (plural, -ed, -ing). A word
    ending in ``*`` matches every word that begins with it; a phrase matches its words in order.
    """
    if not groups:
        return False
    plain = _plain(text)
    return all(any(_pattern(word).search(plain) for word in group) for group in groups)


def _plain(text: str) -> str:
    return _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", text).casefold())


@functools.lru_cache(maxsize=8192)
def _pattern(word: str) -> re.Pattern[str]:
    prefix = word.rstrip().endswith("*")
    parts = [part for part in _plain(word.rstrip().rstrip("*")).split(" ") if part]
    if not parts:
        return re.compile(r"(?!)")
    *before, last = parts
    # Two words may be written as one ("rollback", "roll-back"), which a space that may be missing allows.
    body = " ?".join([*(_word(part) for part in before), re.escape(last) if prefix else _word(last)])
    return re.compile(rf"(?<!\w){body}" if prefix else rf"(?<!\w){body}(?!\w)")


def _word(word: str) -> str:
    """A word with its simple endings; a final e or y may change before them, a final consonant may double."""
    escaped = re.escape(word)
    if len(word) < 3 or not word[-1].isalpha():
        return escaped
    if word.endswith("e"):
        return rf"(?:{escaped}{_ENDINGS}|{re.escape(word[:-1])}(?:ing|ed))"
    if word.endswith("y") and word[-2] not in "aeiou":
        return rf"(?:{escaped}{_ENDINGS}|{re.escape(word[:-1])}(?:ies|ied))"
    return rf"(?:{escaped}(?:{re.escape(word[-1])}(?:ed|ing))?{_ENDINGS})"
