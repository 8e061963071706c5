"""The document: sections of blocks, blocks of lines, lines of spans. Nothing in it is Markdown yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.postmortem.fields import Fields

SpanKind = Literal["text", "strong", "words", "plan", "field", "evidence", "todo", "code", "link"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line.

    *text*, *strong*, *code*: the tool's own, computed from record and case. *words*: what a person claims; its
    numbers need evidence. *plan*: what a person intends; its numbers are targets. *field*: a number or time, *ref*
    its id. *evidence*: a reference, *ref* its id. *todo*: an open question. *link*: *ref* is a file of the packet.
    """

    kind: SpanKind
    text: str
    ref: str = ""

    def to_json(self) -> dict[str, str]:
        """JSON data."""
        return {"kind": self.kind, "text": self.text, **({"ref": self.ref} if self.ref else {})}


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a list item, in one line of the file. *id* is stable from one rendering to the next."""

    id: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {"kind": "paragraph", "id": self.line.id, "spans": [each.to_json() for each in self.line.spans]}


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Line, ...]

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        items = [{"id": each.id, "spans": [span.to_json() for span in each.spans]} for each in self.items]
        return {"kind": "bullets", "items": items}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    id: str
    cells: tuple[Spans, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. *align* holds ``l`` or ``r`` for each column."""

    id: str
    columns: tuple[str, ...]
    align: str
    rows: tuple[Row, ...]

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {
            "kind": "table",
            "id": self.id,
            "columns": list(self.columns),
            "rows": [
                {"id": row.id, "cells": [[span.to_json() for span in cell] for cell in row.cells]} for row in self.rows
            ],
        }


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text as it is, in a fence: evidence (*language* empty) or a diagram (``mermaid``)."""

    id: str
    text: str
    language: str = ""

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {"kind": "verbatim", "id": self.id, "language": self.language, "text": self.text}


Block = Paragraph | Bullets | Table | Verbatim


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part. The template decides where it stands."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {
            "id": self.id,
            "title": self.title,
            "blocks": [each.to_json() for each in self.blocks],
            "sections": [each.to_json() for each in self.sections],
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about what was written that a person should look at: where, and what.

    *kind*: ``number`` (nothing accounts for it), ``reference`` (it points at nothing) or ``gap``.
    """

    place: str
    text: str
    kind: Literal["number", "reference", "gap"] = "gap"

    def to_json(self) -> dict[str, str]:
        """JSON data."""
        return {"kind": self.kind, "place": self.place, "text": self.text}


@dataclass(frozen=True)
class Document:
    """A postmortem. *front* is its machine-readable head; *marker* says EXERCISE."""

    number: str
    title: str
    marker: str
    front: dict[str, Any]
    sections: tuple[Section, ...]
    fields: Fields
    findings: tuple[Finding, ...] = ()
    cited: tuple[str, ...] = field(default=())
    """Evidence that the document refers to, in order."""

    def section(self, name: str) -> Section:
        """A section by id. Raises `KeyError`."""
        for each in self.sections:
            if each.id == name:
                return each
        raise KeyError(name)

    def lines(self) -> Iterator[tuple[str, Spans]]:
        """(id, spans) of every line, cells of a row joined."""
        for section in _all(self.sections):
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield block.line.id, block.line.spans
                elif isinstance(block, Bullets):
                    for item in block.items:
                        yield item.id, item.spans
                elif isinstance(block, Table):
                    for row in block.rows:
                        yield row.id, tuple(span for cell in row.cells for span in cell)


def _all(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _all(section.sections)


def text(value: str) -> Span:
    """The tool's own words."""
    return Span("text", value)


def strong(value: str) -> Span:
    """The tool's own words, bold."""
    return Span("strong", value)


def todo(question: str) -> Span:
    """An open question."""
    return Span("todo", question)
