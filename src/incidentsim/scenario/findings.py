"""What is wrong with a document, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from incidentsim.text.problem import Problem

MOST = 200
"""How many findings are reported at once."""

Path = tuple[str | int, ...]
"""Keys and indexes from the document's root."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or doubtful (a warning).

    *path* reads like ``injects[3].at``; *line* and *column* count from 1 and are None where the place is not
    in a text. Messages may quote the document and so are untrusted text.
    """

    severity: Literal["error", "warning"]
    code: str
    path: str
    line: int | None
    column: int | None
    message: str
    mend: str

    def text(self, name: str) -> str:
        """The finding in one line, as ``file:line:column: severity: field: message. mend``."""
        place = name if self.line is None else f"{name}:{self.line}:{self.column}"
        field = f"{self.path}: " if self.path else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}: {self.severity}: {field}{self.message.rstrip('.')}.{mend}"

    def to_json(self) -> dict[str, str | int | None]:
        """JSON data, with the keys in a fixed order."""
        return {
            "severity": self.severity,
            "code": self.code,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "mend": self.mend,
        }


@dataclass(frozen=True, slots=True)
class Note:
    """A finding whose place in the text is still to be looked up. *at_key*: it is about the key itself."""

    severity: Literal["error", "warning"]
    code: str
    path: Path
    message: str
    mend: str = ""
    at_key: bool = False


def path_text(path: Path) -> str:
    """A path as people read it: ``injects[3].at``, ``flow[0].share["8.4"]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.replace("_", "").replace("-", "").isalnum():
            text += f".{part}" if text else part
        else:
            shown = part if len(part) <= 60 else part[:59] + "…"
            text += f'["{shown}"]'
    return text


class ScenarioError(Problem):
    """A scenario that cannot be used: everything that is wrong with it, at most `MOST` findings.

    *more* counts those beyond that.
    """

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        shown = tuple(findings[:MOST])
        self.name = name
        self.findings = shown
        self.more = len(findings) - len(shown)
        errors = sum(finding.severity == "error" for finding in findings)
        count = "1 error" if errors == 1 else f"{errors} errors"
        super().__init__(f"this scenario cannot be used: {count}", place=name)

    def report(self) -> str:
        """All findings, one a line."""
        lines = [finding.text(self.name) for finding in self.findings]
        if self.more:
            lines.append(f"{self.name}: … and {self.more} more findings.")
        return "\n".join(lines)
