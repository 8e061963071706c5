"""What a log pattern can say at all, so that most rows need not be written to know whether they hold a text.

A pattern's text is literals with fields between them. A needle inside a literal is in every row of the pattern. One
that no way through literals and fields can spell is in none; a field is taken as any run of the characters that it can
show, which allows more than it can say, never less. Only for what is left are rows written and read.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from incidentsim.exercise.log_filter import LEVEL_ORDER, Filter

if TYPE_CHECKING:
    from incidentsim.scenario.logs import Pattern
    from incidentsim.simulation.rendering import PatternWriter


class Verdict(IntEnum):
    """What is known of all rows of a pattern: none passes, each has to be read, all pass."""

    NO = 0
    READ = 1
    YES = 2


def verdict(filters: Sequence[Filter], pattern: Pattern, writer: PatternWriter) -> Verdict:
    """What the filters, all of them on, say of a pattern's rows."""
    return min((_verdict(each, pattern, writer) for each in filters), default=Verdict.YES)


def _verdict(one: Filter, pattern: Pattern, writer: PatternWriter) -> Verdict:
    match one.kind:
        case "level":
            passes = LEVEL_ORDER[pattern.level] >= LEVEL_ORDER[one.value]
        case "service":
            passes = pattern.service == one.value
        case "like":
            passes = pattern.id == one.value
        case "text" | "regex":
            return _said(one, writer)
    return Verdict.YES if passes is not one.exclude else Verdict.NO


def _said(one: Filter, writer: PatternWriter) -> Verdict:
    literals = writer.literals
    if len(literals) == 1:
        return Verdict.YES if one.says(literals[0]) else Verdict.NO
    if one.kind == "regex":
        return Verdict.READ
    needle = one.value.casefold()
    folded = [each.casefold() for each in literals]
    if any(needle in each for each in folded):
        return Verdict.NO if one.exclude else Verdict.YES
    if not can_say(needle, folded, [each.casefold() for each in writer.alphabets]):
        return Verdict.YES if one.exclude else Verdict.NO
    return Verdict.READ


def can_say(needle: str, literals: Sequence[str], alphabets: Sequence[str]) -> bool:
    """Whether *needle* may stand in a text of *literals* with runs of the characters of *alphabets* between them."""
    # A place is a character of a literal, or anywhere within a field: (part, offset), fields with offset 0.
    parts: list[tuple[str, bool]] = []
    for at, literal in enumerate(literals):
        parts.append((literal, False))
        if at < len(alphabets):
            parts.append((alphabets[at], True))

    def reached(part: int, offset: int) -> list[tuple[int, int]]:
        """The places that may be read next from here: fields may be empty, and a literal's end is the next part."""
        found = []
        while part < len(parts):
            text, is_field = parts[part]
            if is_field:
                found.append((part, 0))
            elif offset < len(text):
                found.append((part, offset))
                return found
            part, offset = part + 1, 0
        return found

    places = {place: None for part, (text, is_field) in enumerate(parts)
              for place in ([(part, 0)] if is_field else [(part, at) for at in range(len(text))])}  # fmt: skip
    for character in needle:
        following: dict[tuple[int, int], None] = {}
        read = False
        for part, offset in places:
            text, is_field = parts[part]
            if is_field and character in text:
                read = True
                following.update(dict.fromkeys(reached(part, 0)))
            elif not is_field and text[offset] == character:
                read = True
                following.update(dict.fromkeys(reached(part, offset + 1)))
        if not read:
            return False
        places = following
    return True
