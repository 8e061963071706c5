"""JSON text: its value, what is wrong with it, and where in the text each value stands.

The value is read by the standard library. Only where something is wrong is the text walked again, for the
places of the paths that are asked for; a correct document pays nothing for positions.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from incidentsim.scenario.findings import Note, Path
from incidentsim.scenario.reading import UnreadableError

DEEPEST = 64
LONGEST_NUMBER = 19
"""Digits of a whole number; more than any quantity of a scenario needs."""
Places = dict[Path, tuple[tuple[int, int], tuple[int, int]]]
"""For a path: (line, column) of its key and of its value, counted from 1."""

TOO_DEEP = ("too-deep", f"values are nested more than {DEEPEST} deep", "Flatten the document.")
TWICE = "Keep one of the two; the later one would silently win."

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
_LITERALS = frozenset({"true", "false", "null"})
_PLAIN = {
    "Expecting value": "a value is missing here",
    "Expecting property name enclosed in double quotes": "a key in double quotes is missing here",
    "Illegal trailing comma before end of object": "there is a comma before the closing brace",
    "Illegal trailing comma before end of array": "there is a comma before the closing bracket",
    "Expecting ':' delimiter": "a colon is missing here",
    "Expecting ',' delimiter": "a comma or a closing bracket is missing here",
    "Unterminated string starting at": "this string has no closing quote",
    "Invalid control character at": "a line break or control character stands inside a string",
    "Invalid \\escape": "this backslash begins no escape that JSON knows",
    "Invalid \\uXXXX escape": "\\u needs four hexadecimal digits",
    "Extra data": "something stands after the end of the document",
}


def parse_json(text: str) -> tuple[Any, list[tuple[Note, tuple[int, int]]]]:
    """The value of a JSON text, and its defects with their places.

    Defects are duplicate keys, NaN and infinities, huge numbers and nesting beyond `DEEPEST`. Raises
    `UnreadableError` where the text is not JSON.
    """
    doubtful = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubtful
        result = dict(items)
        doubtful = doubtful or len(result) != len(items)
        return result

    def constant(_: str) -> None:
        nonlocal doubtful
        doubtful = True

    def whole(digits: str) -> int:
        nonlocal doubtful
        if len(digits) <= LONGEST_NUMBER:
            return int(digits)
        doubtful = True
        return 0

    def real(digits: str) -> float:
        nonlocal doubtful
        value = float(digits)
        doubtful = doubtful or not math.isfinite(value)
        return value

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=constant, parse_int=whole, parse_float=real)
    except json.JSONDecodeError as error:
        if _deepest(text) > DEEPEST:
            return None, defects(text)
        said = next((plain for known, plain in _PLAIN.items() if error.msg.startswith(known)), error.msg)
        mend = "Is the file complete?" if error.pos >= len(text.rstrip()) else "Mend the JSON there."
        raise UnreadableError("syntax", f"this is not JSON: {said}", mend, error.lineno, error.colno) from error
    except RecursionError:
        return None, defects(text)
    if doubtful or depth(value) > DEEPEST:
        return value, defects(text)
    return value, []


def depth(value: Any) -> int:
    """How deep lists and objects are nested; a bare value has depth 0."""
    level, deepest = [value], 0
    while level := [each for each in level if isinstance(each, dict | list)]:
        deepest += 1
        if deepest > DEEPEST:
            break
        level = [
            child for each in level for child in (each.values() if isinstance(each, dict) else each)
            if isinstance(child, dict | list)
        ]  # fmt: skip
    return deepest


def _deepest(text: str) -> int:
    """How deep the brackets of a text nest, which need not be JSON."""
    now = most = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in "{[":
            now += 1
            most = max(most, now)
            if most > DEEPEST:
                break
        elif mark in "}]":
            now -= 1
    return most


class _Walk:
    """One pass over the tokens of a text, which knows the path of each value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.path: list[str | int] = []
        self.key_at = 0
        self.too_deep = False

    def values(self) -> Iterator[tuple[int, str]]:
        """(offset, first token) of each value; `path` and `key_at` are those of that value."""
        path = self.path
        keyed = False
        """Whether the next string is a value's, in an object."""
        for match in _TOKEN.finditer(self._text):
            mark, offset = match.group(), match.start()
            if mark == ":":
                keyed = True
                continue
            if mark == ",":
                if path and isinstance(path[-1], int):
                    path[-1] += 1
                continue
            if mark in "}]":
                if path:
                    path.pop()
                continue
            in_object = bool(path) and isinstance(path[-1], str)
            if in_object and not keyed:
                path[-1] = _string(mark)
                self.key_at = offset
                yield offset, ""
                continue
            keyed = False
            if not in_object:
                self.key_at = offset
            yield offset, mark
            if mark in "{[":
                if len(path) >= DEEPEST:
                    self.too_deep = True
                    return
                path.append("" if mark == "{" else 0)


def _string(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token


def defects(text: str) -> list[tuple[Note, tuple[int, int]]]:
    """What JSON's grammar allows and a scenario does not, with places."""
    walk, lines = _Walk(text), _Lines(text)
    found: list[tuple[Note, tuple[int, int]]] = []
    seen: list[set[str]] = []

    def add(offset: int, code: str, message: str, mend: str) -> None:
        path = tuple(walk.path)
        found.append((Note("error", code, path, message, mend), lines.place(offset)))

    last = 0
    for offset, mark in walk.values():
        last = offset
        level = len(walk.path)
        if mark == "":
            del seen[level:]
            key = str(walk.path[-1])
            if key in seen[level - 1]:
                add(offset, "duplicate-key", f"the key {_short(key)!r} stands here twice", TWICE)
            seen[level - 1].add(key)
        elif mark == "{":
            del seen[level:]
            seen += [set() for _ in range(level + 1 - len(seen))]
        elif mark[0] not in '"[' and mark not in _LITERALS:
            defect = number_defect(mark)
            if defect:
                add(offset, *defect)
    if walk.too_deep:
        add(last, *TOO_DEEP)
    return found


def number_defect(token: str) -> tuple[str, str, str] | None:
    """(code, message, mend) where a number cannot stand in a scenario."""
    if token in {"NaN", "Infinity", "-Infinity"}:
        return "number", f"{token} is not a number that JSON knows", "Write a number."
    if token.lstrip("+-").isdigit():
        if len(token) > LONGEST_NUMBER:
            return "number", f"a whole number of {len(token)} digits is too large", "Write a smaller number."
        return None
    if not math.isfinite(float(token)):
        return "number", f"{_short(token)} is too large", "Write a smaller number."
    return None


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


class Wanted:
    """The paths whose places are asked for, as a tree, so that a walk can tell where to look."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._tree: dict[str | int, Any] = {}
        for path in paths:
            node = self._tree
            for part in path:
                node = node.setdefault(part, {})

    def __contains__(self, path: Iterable[str | int]) -> bool:
        node = self._tree
        for part in path:
            found = node.get(part)
            if found is None:
                return False
            node = found
        return True


def locate_json(text: str, paths: Iterable[Path]) -> Places:
    """The places of those paths that are in the text, and of what stands above them."""
    wanted, walk, lines = Wanted(paths), _Walk(text), _Lines(text)
    places: Places = {}
    for offset, token in walk.values():
        if token and walk.path in wanted:
            places[tuple(walk.path)] = (lines.place(walk.key_at), lines.place(offset))
    return places


class _Lines:
    """Turns offsets into lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column), counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
