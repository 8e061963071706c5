"""Reading the files of a packet that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 * 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises `Problem` where it cannot be read or is too large for a packet."""
    try:
        if path.stat().st_size > LARGEST:
            raise Problem("this file is too large for a packet", place=str(path))
        return path.read_bytes()
    except OSError as error:
        raise Problem(f"it cannot be read ({error.strerror or error})", place=str(path)) from error


def read_text_file(path: Path) -> str:
    """What a file of text holds. Raises `Problem`, also where it is not UTF-8."""
    try:
        return read_bytes(path).decode()
    except UnicodeDecodeError as error:
        raise Problem("this file is not UTF-8 text", place=str(path), mend="Save it as UTF-8.") from error
