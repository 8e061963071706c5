"""Reading a file that somebody gave: only a regular file, only so big, only UTF-8."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST = 32 * 1024 * 1024


class UnreadableError(ValueError):
    """A file that cannot be read as text; *code* names the kind, *mend* says what to do."""

    def __init__(self, code: str, message: str, mend: str, line: int | None = None, column: int = 1) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.mend = mend
        self.line = line
        self.column = column


def read_text(path: Path) -> str:
    """The text of a file. A byte order mark of UTF-8 is dropped. Raises `UnreadableError`.

    A pipe or a device is refused before anything is read from it, so that it cannot hang.
    """
    return decode(_read(path))


def _read(path: Path) -> bytes:
    try:
        # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _unopened(error) from error
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
            raise UnreadableError("file", f"this is {what}", "Give the path of a scenario file.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _unopened(error) from error
    finally:
        os.close(handle)
    if len(data) > LARGEST:
        raise UnreadableError(
            "too-large", "the file has more than 32 MB", "Leave out events, or write them as patterns."
        )
    return data


def _unopened(error: Exception) -> UnreadableError:
    if isinstance(error, FileNotFoundError):
        mend = "Look at the path, or run: incidentsim scenario list"
        return UnreadableError("file", "there is no such file", mend)
    if isinstance(error, IsADirectoryError):
        return UnreadableError("file", "this is a folder", "Give the path of a scenario file.")
    if isinstance(error, PermissionError):
        return UnreadableError("file", "you may not read this file", "Change its permissions.")
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return UnreadableError("file", f"the file cannot be read ({reason})", "Look at the path.")


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8. Raises `UnreadableError` for another encoding and for a file that is not text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise UnreadableError("encoding", "the file is UTF-16 or UTF-32", "Save it as UTF-8.", 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise UnreadableError(
            "encoding", f"byte 0x{data[error.start]:02x} is not UTF-8", "Save the file as UTF-8.", line, column
        ) from error
    if "\0" in text:
        at = text.index("\0")
        raise UnreadableError(
            "encoding", "there is a NUL byte, so this is not a text file", "Save the file as UTF-8 text.",
            text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1,
        )  # fmt: skip
    return text
