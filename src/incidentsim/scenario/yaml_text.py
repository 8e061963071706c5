"""YAML text: only what JSON can say too.

Built from the parser's events, never by a constructor, so that no tag can make an object. Words that older YAML
reads as something else (``yes``, dates, ``1:30``) are plain text here. Keys are always text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from incidentsim.scenario.findings import Note, Path
from incidentsim.scenario.positions import DEEPEST, TOO_DEEP, TWICE, Places, Wanted, number_defect
from incidentsim.scenario.reading import LARGEST, UnreadableError

MOST_ALIASES = 100

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_REAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None,
          "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}  # fmt: skip

Located = tuple[Note, tuple[int, int]]


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    value: Any
    anchor: str | None
    key: str | None = None
    weight: int = 1
    height: int = 1
    keys: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Reader:
    """Builds the value. *weight* is about how much text a value comes to, aliases written out."""

    defects: list[Located] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int, int]] = field(default_factory=dict)
    aliases: int = 0
    documents: int = 0
    result: Any = None

    def read(self, text: str) -> Any:
        for event in _events(text):
            if isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise _refused(event, "the file holds more than one document", "Keep one scenario in a file.")
            elif isinstance(event, AliasEvent):
                self._alias(event)
            elif isinstance(event, ScalarEvent):
                self._scalar(event)
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                self._begin(event)
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                done = self.stack.pop()
                self._put(done.value, done.anchor, done.weight, done.height)
        return self.result

    def _waits_for_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _begin(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        _no_tag(event)
        if self._waits_for_key():
            raise _refused(event, "a key has to be a plain text", "Write the key as text.")
        if len(self.stack) >= DEEPEST:
            raise _refused(event, TOO_DEEP[1], TOO_DEEP[2], TOO_DEEP[0])
        if event.anchor is not None:
            # An alias inside of what it names would never end.
            self.anchors.pop(event.anchor, None)
        self.stack.append(_Open({} if isinstance(event, MappingStartEvent) else [], event.anchor))

    def _alias(self, event: AliasEvent) -> None:
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            raise _refused(event, f"there are more than {MOST_ALIASES} aliases", "Write the values out.", "alias")
        if event.anchor not in self.anchors or self._waits_for_key():
            raise _refused(event, f"the alias *{event.anchor} names nothing before it", "Write the value out.", "alias")
        value, weight, height = self.anchors[event.anchor]
        if len(self.stack) + height > DEEPEST:
            raise _refused(event, TOO_DEEP[1], TOO_DEEP[2], TOO_DEEP[0])
        if weight + sum(each.weight for each in self.stack) > LARGEST:
            raise _refused(event, "the aliases blow the document up beyond 32 MB", "Write the values out.", "alias")
        self._put(value, None, weight, height)

    def _scalar(self, event: ScalarEvent) -> None:
        _no_tag(event)
        text: str = event.value
        if self._waits_for_key():
            top = self.stack[-1]
            if text in top.keys:
                self._note(event, "duplicate-key", f"the key {text[:60]!r} stands here twice", TWICE, text)
            top.keys.add(text)
            top.key = text
            top.weight += len(text) + 1
            return
        value: Any = text
        if event.implicit[0] and not event.style:
            if text in _WORDS:
                value = _WORDS[text]
            elif _REAL.fullmatch(text):
                defect = number_defect(text)
                if defect:
                    self._note(event, *defect)
                    value = 0
                else:
                    value = int(text) if _WHOLE.fullmatch(text) else float(text)
        if isinstance(value, float) and not math.isfinite(value):
            value = 0
        self._put(value, event.anchor, len(text) + 1, 0)

    def _put(self, value: Any, anchor: str | None, weight: int, height: int) -> None:
        if anchor is not None:
            self.anchors[anchor] = (value, weight, height)
        if not self.stack:
            self.result = value
            return
        top = self.stack[-1]
        top.weight += weight
        top.height = max(top.height, height + 1)
        if isinstance(top.value, dict):
            top.value[top.key] = value
            top.key = None
        else:
            top.value.append(value)

    def _note(self, event: Event, code: str, message: str, mend: str, key: str | None = None) -> None:
        path: list[str | int] = []
        for each in self.stack:
            if isinstance(each.value, list):
                path.append(len(each.value))
            elif each.key is not None:
                path.append(each.key)
        if key is not None:
            path.append(key)
        self.defects.append((Note("error", code, tuple(path), message, mend), _place(event)))


def _place(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _refused(event: Event, message: str, mend: str, code: str = "syntax") -> UnreadableError:
    line, column = _place(event)
    return UnreadableError(code, message, mend, line, column)


def _no_tag(event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
    if event.tag is not None:
        raise _refused(event, f"the tag {event.tag[:60]!r} is not allowed", "Leave the tag out.", "tag")


def _events(text: str) -> Iterator[Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        mend = "Look at the indentation and the quotes there."
        raise UnreadableError("syntax", f"this is not YAML: {said}", mend, line, column) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError("syntax", "this is not YAML", "Look at special characters.", 1) from error


def parse_yaml(text: str) -> tuple[Any, list[Located]]:
    """The value of a YAML text, and its defects with their places. Raises `UnreadableError`."""
    reader = _Reader()
    return reader.read(text), reader.defects


def locate_yaml(text: str, paths: Iterable[Path]) -> Places:
    """The places of those paths that are in the text, and of what stands above them.

    What an alias stands for is placed at the alias.
    """
    wanted = Wanted(paths)
    places: Places = {}
    path: list[str | int] = []
    frames: list[tuple[bool, bool]] = []
    """For each open container: (it is a mapping, its next scalar is a key)."""
    key_place = (1, 1)
    for event in _events(text):
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            frames.pop()
            path.pop()
            _after(frames, path)
            continue
        if not isinstance(event, AliasEvent | ScalarEvent | MappingStartEvent | SequenceStartEvent):
            continue
        if frames and frames[-1] == (True, True) and isinstance(event, ScalarEvent):
            path[-1] = event.value
            key_place = _place(event)
            frames[-1] = (True, False)
            continue
        if not frames or not frames[-1][0]:
            key_place = _place(event)
        if path in wanted:
            places[tuple(path)] = (key_place, _place(event))
        if isinstance(event, MappingStartEvent):
            frames.append((True, True))
            path.append("")
        elif isinstance(event, SequenceStartEvent):
            frames.append((False, False))
            path.append(0)
        else:
            _after(frames, path)
    return places


def _after(frames: list[tuple[bool, bool]], path: list[str | int]) -> None:
    """A value is complete: the next one is the list's next, or the mapping waits for a key."""
    if not frames:
        return
    if frames[-1][0]:
        frames[-1] = (True, True)
    elif isinstance(path[-1], int):
        path[-1] += 1
