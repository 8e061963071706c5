"""Runbooks as they are read: headings, steps that can be done, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Literal

Kind = Literal["heading", "step", "text", "code", "row"]
_STEP = re.compile(r"\s{0,3}\d{1,3}[.)]\s+(.*)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_PART = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|`(?P<code>[^`]+)`|\*(?P<stress>[^*\s][^*]*)\*")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a runbook. *step* counts the numbered items of the whole runbook from 1; 0 for what is none."""

    kind: Kind
    text: str
    step: int = 0
    level: int = 0


def blocks(markdown: str) -> list[Block]:
    """The parts of a runbook in order: lines that belong together are joined, tables and code stay line by line."""
    found: list[Block] = []
    step, fenced = 0, False
    for line in markdown.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced:
            found.append(Block("code", line.rstrip()))
        elif line.lstrip().startswith("|"):
            if not re.fullmatch(r"[\s|:-]+", line):
                found.append(Block("row", line.strip()))
        elif heading := _HEADING.match(line):
            found.append(Block("heading", heading[2].strip(), level=len(heading[1])))
        elif numbered := _STEP.match(line):
            step += 1
            found.append(Block("step", numbered[1].strip(), step))
        elif line.startswith(" ") and line.strip() and found and found[-1].kind == "step":
            last = found[-1]
            found[-1] = Block("step", f"{last.text} {line.strip()}", last.step)
        else:
            found.append(Block("text", line.strip()))
    while found and not found[-1].text:
        found.pop()
    return _aligned(found)


def _aligned(found: list[Block]) -> list[Block]:
    """The rows of each table with their cells below each other, without the bars."""
    result: list[Block] = []
    for kind, group in groupby(found, key=lambda each: each.kind):
        part = list(group)
        if kind != "row":
            result += part
            continue
        cells = [[each.strip() for each in block.text.strip("|").split("|")] for block in part]
        widths = [max(len(bare(each)) for each in column) for column in zip_longest(*cells, fillvalue="")]
        for line in cells:
            padded = [each + " " * (width - len(bare(each))) for each, width in zip(line, widths, strict=False)]
            result.append(Block("row", "  ".join(padded).rstrip()))
    return result


def parts(text: str) -> Iterator[tuple[str, str]]:
    """The text without its marks, in pieces with ``bold``, ``code``, ``stress`` or nothing."""
    at = 0
    for mark in _PART.finditer(text):
        if mark.start() > at:
            yield text[at : mark.start()], ""
        name = mark.lastgroup or ""
        yield mark[name], name
        at = mark.end()
    if at < len(text):
        yield text[at:], ""


def bare(text: str) -> str:
    """The text without its marks."""
    return "".join(piece for piece, _ in parts(text))


def found_in(runbooks: dict[str, str], wanted: str) -> list[tuple[str, int, str]]:
    """Where *wanted* stands, whatever the case: runbook, number of the block, text without marks."""
    needle = wanted.casefold()
    return [
        (name, number, bare(block.text))
        for name, text in runbooks.items()
        for number, block in enumerate(blocks(text))
        if needle and needle in bare(block.text).casefold()
    ]
