"""Writing results: to standard output and into new files."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from incidentsim.text.escaping import for_terminal
from incidentsim.text.problem import Problem


def say(text: str = "") -> None:
    """Print text that may be untrusted; line breaks stay."""
    click.echo(for_terminal(text, newlines=True))


def say_json(data: Any) -> None:
    """Print JSON data, for programs. It is plain ASCII, so that no terminal is moved by it."""
    click.echo(json.dumps(data, indent=2))


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet, whole or not at all. Raises `Problem`."""
    if path.exists() or path.is_symlink():
        raise Problem("there is a file of that name already", place=str(path), mend="Choose another name.")
    scratch: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            scratch = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        scratch.chmod(0o644)
        # Unlike a rename, a link never replaces a file that came in between.
        os.link(scratch, path)
    except FileExistsError as error:
        raise Problem("there is a file of that name already", place=str(path), mend="Choose another name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem(f"it cannot be written ({reason})", place=str(path), mend="Choose another place.") from error
    finally:
        if scratch is not None:
            scratch.unlink(missing_ok=True)


class Progress:
    """One line on standard error that is written over; nothing where that is no terminal. Use it in a ``with``."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def show(self, done: int, all_: int) -> None:
        """So much is done."""
        if self._shown:
            click.echo(f"\r\x1b[K{for_terminal(self._what)} {done} of {all_} ", err=True, nl=False)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
