"""Which log lines are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from incidentsim.tui.session import LogView

LEVEL_STEPS = ("", "INFO", "WARN", "ERROR")
"""What the level key steps through; the empty one shows all."""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """All parts have to hold."""

    level: str = ""
    service: str = ""
    text: str = ""
    exclude: str = ""

    def at(self, level: str) -> LogFilter:
        """The same with another level."""
        return replace(self, level=level)

    def words(self) -> list[str]:
        """The parts that are set, as the pane's title shows them."""
        parts = []
        if self.level:
            parts.append(f"level ≥ {self.level}")
        if self.service:
            parts.append(self.service)
        if self.text:
            parts.append(f"+{self.text}")
        if self.exclude:
            parts.append(f"-{self.exclude}")
        return parts

    def applied(self, log: LogView) -> LogView:
        """The lines of *log* that pass; *log* itself where nothing is set."""
        if not self.words():
            return log
        return log.filtered(level=self.level, service=self.service, text=self.text, exclude=self.exclude)
