"""What is still missing or wrong, beside a list: the findings on the row in focus come first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from incidentsim.tui.wording import clean

MUTED = "$foreground-muted"
MOST = 6


class Findings(Static):
    """A few lines. Findings begin with the id of what they are about and a colon."""

    def __init__(self) -> None:
        super().__init__("", classes="findings", markup=False)
        self.found: Sequence[str] = ()
        self._here = ""

    def show(self, found: Sequence[str], here: str) -> None:
        """Show *found*; *here* is the id in focus."""
        self.found = found
        self.point_at(here)

    def point_at(self, here: str) -> None:
        """The focus went to another row."""
        self._here = f"{here}:"
        found = sorted(self.found, key=lambda each: not each.startswith(self._here))
        lines: list[Content | str] = [Content.styled(f"Findings · {len(found)}\n", "bold $text-accent")]
        lines += [
            Content.styled(f"• {clean(each)}\n", "" if each.startswith(self._here) else MUTED) for each in found[:MOST]
        ]
        if not found:
            lines.append("Nothing is missing.")
        elif len(found) > MOST:
            lines.append(Content.styled(f"… and {len(found) - MOST} more", MUTED))
        self.update(Content.assemble(*lines))
