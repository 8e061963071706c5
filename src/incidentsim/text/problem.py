"""Errors that the user can mend."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - the word that is used on screen and in the rooms
    """Something the user gave cannot be used; shown once, without a traceback, exit status 2.

    *message* says what is wrong, *place* where (a file, a line, a field), *mend* what to do about it.
    """

    def __init__(self, message: str, *, mend: str = "", place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.place = place

    def report(self) -> str:
        """The whole message as people read it: place, message, mend. It may hold untrusted text."""
        text = f"{self.place}: {self.message}" if self.place else self.message
        if not self.mend:
            return text
        return f"{text.rstrip('.')}. {self.mend}"

    def __str__(self) -> str:
        return self.report()
