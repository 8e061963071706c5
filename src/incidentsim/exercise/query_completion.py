"""What may be typed next in a query's line: words of the grammar, datasets, signals, labels, spans and times."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.query_line import read_query
from incidentsim.exercise.query_moments import HOUR, MINUTE, TIME_HERE, Moments
from incidentsim.exercise.query_words import Fit, NotReadError, Words, quoted, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIGNS = (",", "=")


@dataclass(frozen=True, slots=True)
class Completion:
    """What would fit from *start* to *end* of the line, in the order of the briefing. *typed* is what stands there."""

    start: int
    end: int
    typed: str
    fits: tuple[Fit, ...]

    def applied(self, line: str, fit: Fit) -> tuple[str, int]:
        """The line with *fit* put in, and where the cursor stands then."""
        word = fit.word if fit.word in SIGNS or fit.more or fit.about == KEYWORD else quoted(fit.word)
        before, after = line[: self.start], line[self.end :]
        if before and not before[-1].isspace() and before[-1] not in SIGNS and word not in SIGNS:
            before += " "
        if before.endswith(",") and word not in SIGNS:
            before += " "
        if (fit.more or word == ",") and not after[:1].isspace():
            word += " "
        return before + word + after, len(before + word)


KEYWORD = "UTC"
"""What is said of a time."""


def complete(line: str, cursor: int, briefing: dict[str, Any], now: int) -> Completion:
    """What would fit at *cursor*; times are offered up to *now* (ms)."""
    here = next((each for each in split(line[:cursor]) if each.end == cursor and each.text not in SIGNS), None)
    start, typed = (cursor, "") if here is None else (here.start, here.text)
    words = Words(line[:start])
    # The line may well be unfinished; only what would fit at its end matters.
    with suppress(NotReadError):
        read_query(words, briefing)
    offers = words.fits if words.ended else []
    found: list[Fit] = []
    for each in offers:
        if each.word == TIME_HERE and not each.about:
            found += _times(typed, briefing, now)
        else:
            found.append(each)
    if len(found) > 1 or typed:
        found = [each for each in found if each.word not in SIGNS] or found
    return Completion(start, cursor, typed, tuple(_matching(found, typed)))


def _matching(fits: Sequence[Fit], typed: str) -> Iterator[Fit]:
    """Words that begin with what was typed, then those that hold it; none where it stands there in full."""
    wanted = typed.casefold()
    unique = list({each.word: each for each in fits}.values())
    if wanted and any(each.word.casefold() == wanted for each in unique):
        return
    begin = [each for each in unique if each.word.casefold().startswith(wanted)]
    yield from begin
    if len(wanted) > 1:
        yield from (each for each in unique if each not in begin and wanted in f"{each.word} {each.about}".casefold())


def _times(typed: str, briefing: dict[str, Any], now: int) -> list[Fit]:
    """Clock times from the start up to now: half hours, and five minutes once an hour is typed."""
    moments = Moments(briefing)
    step = 5 * MINUTE if ":" in typed else HOUR // 2
    first = -moments.of_day(0) % step
    times = [0, *range(first, now + 1, step), now // MINUTE * MINUTE]
    return [Fit(moments.text(each), KEYWORD) for each in dict.fromkeys(times)]
