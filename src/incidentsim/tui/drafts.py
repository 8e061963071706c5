"""What is being typed: kept beside the journal while a form is open, so that a crash takes at most two seconds."""

from __future__ import annotations

import json
import os
from pathlib import Path

FILE = "drafts.json"

Texts = dict[str, str]
"""A field's id and what stands in it."""


class Drafts:
    """Texts of open forms by the form's name. With a *path* each change is written there, whole or not at all.

    A file that cannot be read or written is taken as empty: a draft is a help, and never stops play.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept: dict[str, Texts] = _read(path) if path is not None else {}

    def get(self, form: str) -> Texts:
        """What was typed into a form that was never confirmed or closed."""
        return dict(self._kept.get(form, {}))

    def put(self, form: str, texts: Texts) -> None:
        """Keep what stands in a form now."""
        if self._kept.get(form) != texts:
            self._kept[form] = dict(texts)
            self._write()

    def drop(self, form: str) -> None:
        """The form was confirmed or closed."""
        if self._kept.pop(form, None) is not None:
            self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(self._kept, ensure_ascii=False), encoding="utf-8")
            os.replace(fresh, self._path)  # noqa: PTH105
        except OSError:
            return


def _read(path: Path) -> dict[str, Texts]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(form): {str(name): text for name, text in texts.items() if isinstance(text, str)}
        for form, texts in found.items()
        if isinstance(texts, dict)
    }
