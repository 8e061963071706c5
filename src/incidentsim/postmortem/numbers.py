"""Numbers in text: finding them, and whether something accounts for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)*"
QUANTITY = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?"
    rf"|\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?"
    r"|\d{1,2}:\d\d(?::\d\d)?"
    rf"|{_NUMBER} h(?: \d+ min)?(?!\w)"
    rf"|{_NUMBER} ?(?:min|days?)(?!\w)"
    rf"|{_NUMBER}(?: ?%|[MB](?!\w))?"
)
IDENTIFIER = re.compile(r"(?:[^\W\d_][\w.#/+-]*|_[\w.-]*)[-_.]?\d[\w.:/-]*|\[[ -Z^-~]{0,80}\]\([^)\s]{0,200}\)")
"""A word with digits in it: E-0042, SEV2, events.v1, INC-2024-0312; or a link."""
ESTIMATE = "(estimate)"
_PARTS = re.compile(r"\d+(?:\.\d+)*")
_MONTHS = tuple(_MONTH.split("|"))
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAY = re.compile(rf"(\d{{1,2}}) ({_MONTH})(?: (\d{{4}}))?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number where it stands in a text, with its unit where that is part of it."""

    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        """Without thousands separators, so that ``1,000`` and ``1000`` are the same."""
        return self.text.replace(",", "")


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text, left to right; digits inside a word (``SEV2``, ``E-0042``, ``events.v1``) are none."""
    taken = [match.span() for match in IDENTIFIER.finditer(text)]
    found = []
    for match in QUANTITY.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            found.append(Quantity(match.start(), match.end(), match.group()))
    return found


def numbers_in(texts: Iterable[str]) -> frozenset[str]:
    """Every number that stands in texts, plain, with and without its unit.

    A time or a date is one thing: its hours, minutes and days are no numbers of their own.
    """
    found: set[str] = set()
    for text in texts:
        for each in QUANTITY.finditer(text):
            plain = each.group().replace(",", "")
            found.update(_moment(plain) or (plain, *_PARTS.findall(plain)))
    return frozenset(found)


def _moment(plain: str) -> tuple[str, ...]:
    """The ways to say a date or a time, as far as they do not say more than it does; none for other numbers."""
    if clock := _CLOCK.fullmatch(plain):
        short = f"{int(clock[1]):02d}:{clock[2]}"
        return (short, f"{short}:{clock[3]}") if clock[3] else (short,)
    if iso := _ISO.match(plain):
        year, month, day = iso[1], int(iso[2]), int(iso[3])
        name = _MONTHS[month - 1] if 1 <= month <= len(_MONTHS) else ""
        said = (f"{day} {name} {year}", f"{day} {name}") if name else ()
        rest = plain[iso.end() :].strip("T Z")
        return (plain, iso.group(), year, *said, *(_moment(rest) if rest else ()))
    if day_month := _DAY.fullmatch(plain):
        short = f"{int(day_month[1])} {day_month[2]}"
        return (short, f"{short} {day_month[3]}", day_month[3]) if day_month[3] else (short,)
    return ()


def unaccounted(text: str, known: frozenset[str], field_texts: Iterable[str] = ()) -> list[Quantity]:
    """The numbers of a text that are neither a field's text nor in *known*; none where it is marked (estimate)."""
    if ESTIMATE in text:
        return []
    exact = {each.replace(",", "") for each in field_texts}
    return [each for each in quantities(text) if each.plain not in exact and not _known(each.plain, known)]


def _known(plain: str, known: frozenset[str]) -> bool:
    said = _moment(plain)
    if said:
        # With its seconds or its year where it has them.
        return max(said, key=len) in known or plain in known
    return plain in known or all(part in known for part in _PARTS.findall(plain))
