"""A document as Markdown lines, each with an id and the pieces it was made of.

Lines are what a person's edits are kept by: a paragraph, a list item, a row of a table is one line each.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from incidentsim.postmortem.document import Bullets, Paragraph, Span, Table, Verbatim
from incidentsim.postmortem.numbers import QUANTITY
from incidentsim.text.escaping import for_markdown, for_markdown_code, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.postmortem.document import Block, Document, Section, Spans

PieceKind = Literal["record", "words", "plan", "field"]
SENTINEL = "\x00"
WIDEST = 110
"""A table wider than this is not padded to columns."""


class Markdown(str):
    """Text that is Markdown already, so that a template does not escape it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: of the tool (*record*), of a person (*words*, *plan*), or a field (*ref* is its id)."""

    kind: PieceKind
    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class RenderedLine:
    """A line of a rendered file. *id* is empty for blank lines; *pieces* join to *text*."""

    id: str
    text: str
    pieces: tuple[Piece, ...]

    def to_json(self) -> list[Any]:
        """JSON data: the id, and each piece as kind, text and ref."""
        return [self.id, *([each.kind, each.text, each.ref] for each in self.pieces)]

    @classmethod
    def from_json(cls, data: list[Any]) -> RenderedLine:
        """Read what `to_json` wrote. Raises `ValueError` or `TypeError` where it is something else."""
        name, *made = data
        found = tuple(Piece(kind, str(text), str(ref)) for kind, text, ref in made)
        return cls(str(name), "".join(each.text for each in found), found)


@dataclass(slots=True)
class Registry:
    """The lines that were rendered, by id, so that they are found again in the finished text."""

    lines: dict[str, tuple[Piece, ...]] = field(default_factory=dict)

    def line(self, name: str, pieces: Iterable[Piece]) -> str:
        """A line with its mark."""
        unique, number = name, 2
        while unique in self.lines:
            unique, number = f"{name}.x{number}", number + 1
        self.lines[unique] = tuple(pieces)
        return f"{SENTINEL}{unique}{SENTINEL}{''.join(piece.text for piece in self.lines[unique])}"

    def read(self, marked: str) -> list[RenderedLine]:
        """The lines of a text with marks, without them; lines of the template's own get an id from what they say."""
        found: list[RenderedLine] = []
        seen: dict[str, int] = {}
        for line in marked.rstrip("\n").split("\n"):
            if line.startswith(SENTINEL):
                name, text = line[1:].split(SENTINEL, 1)
                found.append(RenderedLine(name, text, self.lines[name]))
            elif not line.strip():
                found.append(RenderedLine("", "", ()))
            else:
                digest = hashlib.sha256(QUANTITY.sub("#", line).encode()).hexdigest()[:12]
                seen[digest] = seen.get(digest, 0) + 1
                name = f"line.{digest}" + (f".{seen[digest]}" if seen[digest] > 1 else "")
                text = line.rstrip()
                found.append(RenderedLine(name, text, (Piece("record", text),)))
        return found

    def block(self, block: Block) -> str:
        """A block, ending without a newline."""
        if isinstance(block, Paragraph):
            return self.line(block.line.id, pieces(block.line.spans))
        if isinstance(block, Bullets):
            return "\n".join(self.line(each.id, [Piece("record", "- "), *pieces(each.spans)]) for each in block.items)
        if isinstance(block, Verbatim):
            return self.verbatim(block)
        return self.table(block)

    def verbatim(self, block: Verbatim) -> str:
        """Text in a fence that is longer than any in it."""
        shown = visible(block.text).replace("\t", "    ")
        longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
        fence = "`" * max(3, longest + 1)
        lines = [f"{fence}{block.language}", *shown.split("\n"), fence]
        return "\n".join(
            self.line(f"{block.id}.{number}", [Piece("record", line)]) for number, line in enumerate(lines)
        )

    def table(self, block: Table) -> str:
        """A table; padded to columns where it is not too wide."""
        rows = [[pieces(cell, table=True) for cell in row.cells] for row in block.rows]
        columns = [for_markdown(each) for each in block.columns]
        widths = [
            max(3, len(column), *(_width(row[index]) for row in rows)) if rows else max(3, len(column))
            for index, column in enumerate(columns)
        ]
        if sum(widths) + 3 * len(widths) > WIDEST:
            widths = [0] * len(widths)
        head = "| " + " | ".join(column.ljust(width) for column, width in zip(columns, widths, strict=True)) + " |"
        rule = "|" + "|".join(
            ("-" * (max(3, width) + 1) + ":" if align == "r" else "-" * (max(3, width) + 2))
            for width, align in zip(widths, block.align, strict=True)
        ) + "|"  # fmt: skip
        lines = [
            self.line(f"{block.id}.head", [Piece("record", head)]),
            self.line(f"{block.id}.rule", [Piece("record", rule)]),
        ]
        for row, cells in zip(block.rows, rows, strict=True):
            made = [Piece("record", "| ")]
            for index, cell in enumerate(cells):
                pad = " " * max(0, widths[index] - _width(cell))
                padded = [Piece("record", pad), *cell] if block.align[index] == "r" else [*cell, Piece("record", pad)]
                made += [*padded, Piece("record", " | " if index + 1 < len(cells) else " |")]
            lines.append(self.line(row.id, made))
        return "\n".join(lines)

    def section(self, section: Section) -> Markdown:
        """All blocks of a section, with blank lines between them."""
        return Markdown("\n\n".join(self.block(each) for each in section.blocks))


def _width(made: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in made)


def pieces(spans: Spans, table: bool = False) -> list[Piece]:
    """The Markdown of spans; everything is escaped as what it is."""
    made: list[Piece] = []
    for span in spans:
        made.append(_piece(span, table, first=not made and not table))
    return made


def _piece(span: Span, table: bool, first: bool) -> Piece:
    match span.kind:
        case "words":
            return Piece("words", edged(span.text, first))
        case "plan":
            return Piece("plan", edged(span.text, first))
        case "field":
            return Piece("field", edged(span.text, first), span.ref)
        case "strong":
            return Piece("record", f"**{edged(span.text, False).strip()}**{' ' if span.text.endswith(' ') else ''}")
        case "evidence":
            return Piece("record", f"[{span.text}]")
        case "todo":
            return Piece("record", f"**TODO:** {edged(span.text, False)}")
        case "code":
            return Piece("record", for_markdown_code(span.text, table))
        case "link":
            return Piece("record", f"[{edged(span.text, False)}]({span.ref})")
        case _:
            return Piece("record", edged(span.text, first))


def edged(text: str, first: bool) -> str:
    """The text for Markdown, with a space at either end kept where there was white space.

    Only what comes *first* in a line can begin a list, a heading or the like; a comma stands in for what is before.
    """
    body = for_markdown(text) if first else for_markdown(f",{text.lstrip()}")[1:]
    before = " " if text[:1].isspace() and body else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{body}{after}"


def evidence_links(document: Document) -> Markdown:
    """Link definitions, so that each ``[E-0042]`` leads to its text in the appendix."""
    return Markdown("\n".join(f"[{each}]: #{each.lower()}" for each in sorted(document.cited)))
