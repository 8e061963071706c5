"""What a screen shows, cell by cell: its text and, in runs, the style of each cell."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.style import Style
from textual.app import App
from textual.geometry import Region

ACCEPTED = Path(__file__).with_name("accepted")
SHOWN_DIFFERENCES = 12
WIDE = "\0"
"""Fills the second cell of a wide character."""


def dialog_of(app: App[Any]) -> Region | None:
    """Where the dialog stands that covers the screen; what is behind it has looks of its own. None where none does."""
    dialog = next(iter(app.screen.query(".dialog")), None) if app.screen.is_modal else None
    return None if dialog is None else dialog.region


@dataclass(frozen=True)
class Frame:
    """A screen: in each cell a character and a style."""

    text: tuple[str, ...]
    """Rows, one character a cell."""
    styles: tuple[tuple[str, ...], ...]

    def row(self, y: int, start: int = 0, end: int | None = None) -> str:
        """The text of a row, or of some of its cells."""
        return self.text[y][start:end].replace(WIDE, "")

    def packed(self) -> dict[str, Any]:
        """As JSON data: rows, and runs of styles by number."""
        known: dict[str, int] = {}
        runs = []
        for row in self.styles:
            parts = [(known.setdefault(style, len(known)), len(list(cells))) for style, cells in groupby(row)]
            runs.append(" ".join(f"{number}*{count}" for number, count in parts))
        return {"text": list(self.text), "styles": list(known), "runs": runs}

    def within(self, region: Region | None) -> Frame:
        """Only what stands in *region*; everything where there is none."""
        if region is None:
            return self
        rows, cells = slice(region.y, region.bottom), slice(region.x, region.right)
        return Frame(tuple(row[cells] for row in self.text[rows]), tuple(row[cells] for row in self.styles[rows]))

    @classmethod
    def unpacked(cls, data: dict[str, Any]) -> Frame:
        """A frame that was packed."""
        rows = []
        for line in data["runs"]:
            cells: list[str] = []
            for part in line.split():
                number, _, count = part.partition("*")
                cells += [data["styles"][int(number)]] * int(count)
            rows.append(tuple(cells))
        return cls(tuple(data["text"]), tuple(rows))


def frame(app: App[Any]) -> Frame:
    """What *app* shows now."""
    texts, styles = [], []
    for strip in app.screen._compositor.render_strips():
        row, looks = [], []
        for segment in strip:
            look, blank = look_of(segment.style), look_of(segment.style, blank=True)
            for character in segment.text:
                width = 1 if character.isascii() else cell_len(character)
                if width:
                    row.append(character + WIDE * (width - 1))
                    looks += [blank if character == " " else look] * width
        texts.append("".join(row))
        styles.append(tuple(looks))
    return Frame(tuple(texts), tuple(styles))


@lru_cache(maxsize=4_096)
def look_of(style: Style | None, blank: bool = False) -> str:
    """A style in words: ``#d5dade on #12161a bold``. Of a *blank* cell only what is seen of it."""
    if style is None:
        return ""
    if blank and not (style.underline or style.strike or style.reverse):
        return f"on {style.bgcolor.get_truecolor().hex if style.bgcolor is not None else '–'}"
    colours = [colour.get_truecolor().hex if colour is not None else "–" for colour in (style.color, style.bgcolor)]
    named = ("bold", "dim", "italic", "underline", "strike", "reverse")
    return " ".join([f"{colours[0]} on {colours[1]}", *[name for name in named if getattr(style, name)]])


def differences(accepted: Frame, now: Frame) -> list[str]:
    """What is not the same, row by row, in words; empty where nothing is."""
    if [len(row) for row in accepted.styles] != [len(row) for row in now.styles]:
        return ["it has another size"]
    found = []
    for y, (was, shows) in enumerate(zip(accepted.text, now.text, strict=True)):
        if was != shows:
            first = next(x for x, (a, b) in enumerate(zip(was, shows, strict=False)) if a != b)
            found.append(f"row {y} from cell {first}\n    was {was.rstrip()}\n    is  {shows.rstrip()}")
            continue
        changed = [x for x, (a, b) in enumerate(zip(accepted.styles[y], now.styles[y], strict=True)) if a != b]
        if changed:
            x = changed[0]
            found.append(
                f"row {y}, {len(changed)} cells from {x} look different: {now.row(y, x, x + 20)!r}"
                f"\n    was {accepted.styles[y][x]}\n    is  {now.styles[y][x]}"
            )
    if len(found) > SHOWN_DIFFERENCES:
        found[SHOWN_DIFFERENCES:] = [f"and {len(found) - SHOWN_DIFFERENCES} more rows"]
    return found


def load(place: str) -> dict[str, Frame]:
    """The accepted frames of a place, by size and theme; none where none was accepted."""
    file = ACCEPTED / f"{place}.json.gz"
    if not file.exists():
        return {}
    data = json.loads(gzip.decompress(file.read_bytes()))
    return {name: Frame.unpacked(each) for name, each in data.items()}


def accept(place: str, frames: dict[str, Frame]) -> None:
    """Take *frames* as what the place should look like."""
    ACCEPTED.mkdir(exist_ok=True)
    data = json.dumps({name: each.packed() for name, each in sorted(frames.items())}, ensure_ascii=False)
    (ACCEPTED / f"{place}.json.gz").write_bytes(gzip.compress(data.encode(), mtime=0))
