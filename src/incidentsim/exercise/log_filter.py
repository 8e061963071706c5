"""Filters of the log: each says something about a row; a list of them passes what every one that is on passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, get_args

from incidentsim.text.problem import Problem

LEVEL_ORDER = {"TRACE": 0, "DEBUG": 1, "INFO": 2, "WARN": 3, "ERROR": 4, "FATAL": 5}
Kind = Literal["level", "service", "text", "regex", "like"]
KINDS: tuple[str, ...] = get_args(Kind)
LONGEST = 500


@dataclass(frozen=True)
class Filter:
    """One filter.

    *kind*: ``level`` (at least *value*), ``service`` (is *value*), ``text`` (holds *value*, whatever the case),
    ``regex`` (*value* is found in it, whatever the case), ``like`` (written by the same pattern as the row whose
    address is *value*). *exclude* turns it round. One that is not *on* passes everything. *label* is what people
    read for ``like``.
    """

    kind: Kind
    value: str
    exclude: bool = False
    on: bool = True
    label: str = ""

    def words(self) -> str:
        """The filter as people read it: ``level ≥ WARN``, ``-heartbeat``, ``/time.?out/``."""
        said = {
            "level": f"level ≥ {self.value}",
            "service": self.value,
            "text": f"“{self.value}”",
            "regex": f"/{self.value}/",
            "like": f"like “{self.label}”",
        }[self.kind]
        return f"-{said}" if self.exclude else said

    def switched(self) -> Filter:
        """The same filter, on where it was off."""
        return replace(self, on=not self.on)

    @cached_property
    def says(self) -> Callable[[str], bool]:
        """Whether a row's text passes; for kinds ``text`` and ``regex``."""
        turned = self.exclude
        if self.kind == "text":
            needle = self.value.casefold()
            return lambda text: (needle in text.casefold()) is not turned
        found = re.compile(self.value, re.IGNORECASE).search
        return lambda text: (found(text) is not None) is not turned

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {"kind": self.kind, "value": self.value, "exclude": self.exclude, "on": self.on, "label": self.label}


def filters_of(data: Iterable[dict[str, Any]]) -> tuple[Filter, ...]:
    """The filters that JSON data means. Raises `Problem` for what cannot be one, in words for a player."""
    return tuple(filter_of(**each) for each in data)


def filter_of(kind: str, value: str, exclude: bool = False, on: bool = True, label: str = "") -> Filter:
    """One filter, checked. Raises `Problem`."""
    if kind not in KINDS:
        raise Problem(f"there is no filter {kind!r}", mend=f"There are: {', '.join(KINDS)}.")
    if not value or len(value) > LONGEST:
        raise Problem("a filter needs something to look for", mend=f"Write 1 to {LONGEST} characters.")
    if kind == "level" and value not in LEVEL_ORDER:
        raise Problem(f"there is no level {value!r}", mend=f"There are: {', '.join(LEVEL_ORDER)}.")
    if kind == "regex":
        try:
            re.compile(value, re.IGNORECASE)
        except (re.error, OverflowError, RecursionError) as error:
            raise Problem(
                f"the regular expression cannot be read: {error}", mend="Mend it, or search for text."
            ) from error
    return Filter(kind, value, exclude, on, label)  # type: ignore[arg-type]  # checked above


def active(filters: Sequence[Filter]) -> tuple[Filter, ...]:
    """Those that are on."""
    return tuple(each for each in filters if each.on)
