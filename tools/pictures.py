"""``make pictures``: the pictures in README and docs, of the real screens in a seeded exercise with its clock stopped.

A picture may not solve an incident either: the flagship is at a moment at which nothing of what is wrong has come out,
and the debrief is that of the scenario which ``scenario new`` writes.

Needs Chromium, which draws the screens' SVG as PNG.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.screens.staging import Moment, dress, opened, settled
from tests.tui.driving import press

TARGET = Path(__file__).parent.parent / "docs" / "pictures"
CELL = (12.2, 24.4)
"""Pixels of a cell in the SVG, and room for its frame."""


@dataclass(frozen=True)
class Picture:
    """A picture: its file's name, the keys that lead there, its size in cells, and its theme."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = (120, 36)
    theme: str = "calm"
    moment: Moment = "early"


PICTURES = (
    Picture("war-room", ()),
    Picture("war-room-large", (), (200, 60)),
    Picture("war-room-80x24", (), (80, 24), "daylight"),
    Picture("log-filters", ("l", "l", "up", "up", "up", "full_stop")),
    Picture("query", ("q", "=count ingest.accepted by ")),
    Picture("signal", ("2", "enter", "left", "left", "left")),
    Picture("runbook", ("r", "=consumer", "enter", "n", "space")),
    Picture("record", ("I",)),
    Picture("review", ("E", "y", "v")),
    Picture("debrief-timeline", ("2",), moment="sample"),
    Picture("debrief-whys", ("3", "down", "down"), moment="sample"),
    Picture("debrief-fishbone", ("4",), moment="sample"),
    Picture("debrief-matrix", ("3", "m"), moment="sample"),
    Picture("debrief-actions", ("5",), moment="sample"),
    Picture("debrief-briefing", ("7",), moment="sample"),
    Picture("scorecard", ("S", "y"), (120, 50), moment="sample"),
)


async def svg(picture: Picture) -> str:
    """The screen as SVG, without the address of the fonts that Textual's export asks for."""
    async with opened(picture.moment, "session", picture.size) as pilot:
        await press(pilot, *picture.keys)
        await settled(pilot)
        await dress(pilot, picture.size, picture.theme)
        text = pilot.app.export_screenshot(title="incidentsim")
    return re.sub(r"@font-face\s*\{.*?\}", "", text, flags=re.DOTALL)


def draw(text: str, picture: Picture, chromium: str) -> None:
    """Write the PNG."""
    width, height = (round(cells * pixels) for cells, pixels in zip(picture.size, CELL, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "screen.svg"
        source.write_text(text, encoding="utf-8")
        subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--screenshot={TARGET / picture.name}.png",
             f"--window-size={width + 20},{height + 60}", str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def main() -> int:
    """Take them all."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Pictures need Chromium, which is not on the PATH.", file=sys.stderr)
        return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    for picture in (each for each in PICTURES if not wanted or each.name in wanted):
        draw(asyncio.run(svg(picture)), picture, chromium)
        print(picture.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
