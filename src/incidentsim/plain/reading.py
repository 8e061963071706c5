"""Markdown as lines that can be listened to: no signs, tables a row a line with the names of their columns."""

from __future__ import annotations

import re

_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*\s*:?-{2,}:?\s*\|?")
_BLOCK = re.compile(r"#{1,6}\s|[-*+]\s|\d+[.)]\s|>")
_SIGN = re.compile(r"^(?:#{1,6}\s+|[-*+]\s+|>\s*)")
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|__|`+)(.+?)(?<!\\)\1")
_STAR = re.compile(r"(?<![\\\w*])\*(?=\S)(.+?)(?<=\S)(?<!\\)\*(?![\w*])")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_DEFINED = re.compile(r"\[[^\]]+\]:\s*\S+")
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def lines_of(markdown: str) -> list[str]:
    """The text of a document, a line a paragraph, list item, heading or row."""
    lines: list[str] = []
    heads: list[str] = []
    joined = fenced = False
    for raw in markdown.splitlines():
        line = raw.strip()
        if line.startswith(("```", "~~~")):
            joined, fenced = False, not fenced
        elif fenced:
            lines.append(raw)
        elif not line or _DEFINED.fullmatch(line):
            joined, heads = False, []
        elif line.startswith("|"):
            joined = False
            if _RULE.fullmatch(line):
                continue
            cells = [spoken(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            if heads:
                lines.append(row(heads, cells))
            else:
                heads = cells
        elif _BLOCK.match(line) or not joined:
            lines.append(spoken(_SIGN.sub("", line)))
            joined = not line.startswith("#")
        else:
            lines[-1] += f" {spoken(line)}"
    return [line for line in lines if line.strip()]


def row(heads: list[str], cells: list[str]) -> str:
    """A row of a table: its first cell, then each other with the name of its column."""
    first, *rest = cells or [""]
    named = [f"{head} {cell}".strip() for head, cell in zip(heads[1:], rest, strict=False) if cell]
    return f"{first}: {'; '.join(named)}" if named and first else first or "; ".join(named)


def spoken(text: str) -> str:
    """A line of Markdown without its signs."""
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", _STAR.sub(r"\1", text))


def steps_of(markdown: str) -> list[str]:
    """The numbered items of a runbook, in order: its steps."""
    return [spoken(found[1]) for line in markdown.splitlines() if (found := re.match(r"\s*\d{1,3}[.)]\s+(.+)", line))]
