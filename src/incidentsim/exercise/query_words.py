"""The words of a query's line, what may come next, and what is said where it does not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

MEASURES = {
    "count": "what passed, as datasets count it",
    "sum": "the same as count: each dataset is a counter",
    "compare": "two datasets: difference and ratio",
    "values": "a signal's lowest, mean, highest and last value",
    "min": "a signal's lowest value",
    "mean": "a signal's mean of the samples that arrived",
    "max": "a signal's highest value",
    "last": "a signal's last value",
}
"""What a line begins with."""

MOST_NAMED = 8

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"?|[,=]|[^\s,="]+', re.DOTALL)
_PLAIN = re.compile(r"[^\s,=\"\\]+")
RESERVED = ("by", "from", "to", "where", "against", "now", "time")


@dataclass(frozen=True, slots=True)
class Fit:
    """A word that would fit, and what it is. *more*: another word has to follow it."""

    word: str
    about: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the line, where it stands, and whether it was in quotes."""

    text: str
    start: int
    end: int
    in_quotes: bool = False


class NotReadError(ValueError):
    """A line that is no query: what is wrong, where it stands in the line, and what would fit there."""

    def __init__(self, text: str, start: int, end: int, fits: Sequence[Fit] = ()) -> None:
        super().__init__(text)
        self.start = start
        self.end = end
        self.fits = tuple(fits)


def quoted(text: str) -> str:
    """A name as the line writes it: in quotes where it would be read as something else."""
    if _PLAIN.fullmatch(text) and text.casefold() not in RESERVED:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def split(text: str) -> list[Word]:
    """The words of *text*; quotes that are left open end with it."""
    words = []
    for found in _WORD.finditer(text):
        word = found[0]
        if word.startswith('"'):
            body = word[1:-1] if len(word) > 1 and re.fullmatch(r'"(?:[^"\\]|\\.)*"', word, re.DOTALL) else word[1:]
            words.append(Word(re.sub(r"\\(.)", r"\1", body, flags=re.DOTALL), found.start(), found.end(), True))
        else:
            words.append(Word(word, found.start(), found.end()))
    return words


class Words:
    """Reads a line word by word, and remembers what would fit at the place that it has come to."""

    def __init__(self, text: str) -> None:
        self._words = split(text)
        self._end = len(text.rstrip())
        self._at = 0
        self.fits: list[Fit] = []

    @property
    def ended(self) -> bool:
        """Nothing is left."""
        return self._at >= len(self._words)

    def next(self) -> None:
        """Go on to the word after this one."""
        self._at += 1
        self.fits = []

    def look(self, fits: Sequence[Fit]) -> str | None:
        """The word at this place, where *fits* would fit as well; None at the end."""
        self.fits += fits
        return None if self.ended else self._words[self._at].text

    def take(self, fits: Sequence[Fit]) -> str | None:
        """One of *fits*, if it comes next. Letters' case does not matter; quotes make a word no keyword."""
        self.fits += fits
        if self.ended or self._words[self._at].in_quotes:
            return None
        word = self._words[self._at].text.casefold()
        found = next((each.word for each in fits if each.word == word), None)
        if found is not None:
            self.next()
        return found

    def choose(self, fits: Sequence[Fit], what: str) -> str:
        """One of *fits*, which has to come next; *what* they are. Raises `NotReadError`."""
        self.fits += fits
        if not self.ended:
            word = self._words[self._at]
            known = {each.word.casefold(): each.word for each in reversed(fits)} | {
                each.word: each.word for each in fits
            }
            found = known.get(word.text, known.get(word.text.casefold()))
            keyword = not word.in_quotes and word.text.casefold() in RESERVED
            if found is not None and (found in ("time", "to") or not keyword):
                self.next()
                return found
        raise self.wrong(what)

    def wrong(self, what: str = "") -> NotReadError:
        """What to say of the word at this place, where *what* should stand."""
        fits = list(dict.fromkeys(each.word for each in self.fits if each.word != ","))
        named = ", ".join(fits[:MOST_NAMED])
        if len(fits) > MOST_NAMED:
            named += f" … ({len(fits)} in all)"
        if self.ended:
            text = f"{what[:1].upper()}{what[1:]} comes next"
            return NotReadError(f"{text}: {named}." if named else f"{text}.", self._end, self._end, self.fits)
        word = self._words[self._at]
        text = f"“{word.text[:60]}” {f'is not {what}' if what else 'does not fit here'}."
        near = difflib.get_close_matches(word.text.casefold(), fits, 1)
        if near:
            text += f" Did you mean {near[0]}?"
        elif named:
            text += f" What fits: {named}."
        return NotReadError(text, word.start, word.end, self.fits)

    def place_of(self, keyword: str) -> tuple[int, int]:
        """Where a keyword's clause stands: from it to the next word; the end where it is not there."""
        for index, word in enumerate(self._words):
            if word.text.casefold() == keyword and not word.in_quotes:
                return word.start, self._words[min(index + 1, len(self._words) - 1)].end
        return self._end, self._end
