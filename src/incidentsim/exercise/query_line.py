"""A query as one line of text: read into the arguments of ``query``, and written from them.

    count accepted, served by version, time 1h from 08:00 to 12:00 where version=8.4 against 06:00 to 08:00
    compare accepted, served by version
    mean lag by time 10m

`parse_query` and `query_text` are each other's inverse on the arguments that `parse_query` gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.exercise.query_moments import Moments, duration, duration_text
from incidentsim.exercise.query_words import MEASURES, Fit, NotReadError, Words, quoted
from incidentsim.simulation.querying import COUNTED, MOST_SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Briefing = dict[str, Any]
Args = dict[str, Any]

COMMON = (1, 5, 10, 15, 30, 60)
"""Buckets that are offered, in minutes."""

CLAUSES = {
    "by": "group by time or label",
    "from": "when it begins",
    "to": "when it ends; without it, now",
    "where": "keep only some labels",
    "against": "the same of an earlier period, beside it",
}


def parse_query(text: str, briefing: Briefing) -> Args:
    """The arguments of ``query`` that a line means; defaults are left out. Raises `NotReadError`."""
    return read_query(Words(text), briefing)


def query_text(args: Mapping[str, Any], briefing: Briefing) -> str:
    """The line that means these arguments, which the world has accepted or would accept."""
    moments = Moments(briefing)
    signals = args.get("signals") or []
    verb = args.get("measure", "values" if signals else "count")
    parts = ["compare" if args.get("compare") else str(verb)]
    parts.append(", ".join(quoted(each) for each in signals or args["datasets"]))
    by = list(dict.fromkeys(args.get("by") or []))
    if by:
        bucket = args.get("bucket")
        time = "time" if bucket is None else f"time {duration_text(bucket)}"
        parts.append(f"by {', '.join(time if each == 'time' else quoted(each) for each in by)}")
    if args.get("from"):
        parts.append(f"from {moments.text(args['from'])}")
    if args.get("to") is not None:
        parts.append(f"to {moments.text(args['to'])}")
    for name, values in (args.get("where") or {}).items():
        parts.append(f"where {quoted(name)}={', '.join(quoted(each) for each in values)}")
    if args.get("against"):
        parts.append(f"against {moments.text(args['against']['from'])} to {moments.text(args['against']['to'])}")
    return " ".join(parts)


def read_query(words: Words, briefing: Briefing) -> Args:
    """Read *words* to their end; what would fit where they end stays in ``words.fits``. Raises `NotReadError`."""
    datasets = [Fit(each["id"], each["title"]) for each in briefing["datasets"]]
    signals = [Fit(each["id"], each["title"]) for each in briefing.get("signals", [])]
    verbs = [
        Fit(verb, about, more=True) for verb, about in MEASURES.items()
        if (datasets if verb in COUNTED else len(datasets) > 1 if verb == "compare" else signals)
    ]  # fmt: skip
    verb = words.choose(verbs, "what to do")
    comparing, counting = verb == "compare", verb in COUNTED or verb == "compare"
    most = 2 if comparing else MOST_SOURCES
    what = "a dataset" if counting else "a signal that is measured"
    sources = _list(words, datasets if counting else signals, what, most)
    if comparing and len(sources) < 2:
        raise words.wrong("a comma and the second dataset")
    args: Args = {"datasets" if counting else "signals": sources}
    if comparing:
        args["compare"] = "stages"
    elif verb not in ("count", "values"):
        args["measure"] = verb
    open_clauses = [each for each in CLAUSES if _allowed(each, verb, counting, briefing)]
    while (clause := words.take([Fit(each, CLAUSES[each], more=True) for each in open_clauses])) is not None:
        open_clauses.remove(clause)
        _clause(clause, words, args, counting, briefing)
    if not words.ended:
        raise words.wrong()
    _check(args, words, briefing)
    order = ("datasets", "signals", "measure", "compare", "by", "bucket", "from", "to", "where", "against")
    return {name: args[name] for name in order if name in args}


def _allowed(clause: str, verb: str, counting: bool, briefing: Briefing) -> bool:
    if clause == "where":
        return counting and bool(briefing["labels"])
    return clause != "against" or verb not in ("compare", "values")


def _list(words: Words, fits: Sequence[Fit], what: str, most: int) -> list[str]:
    """One or more of *fits*, separated by commas."""
    found: list[str] = []
    while True:
        left = [each for each in fits if each.word not in found]
        found.append(words.choose(left, what if not found else what.replace("a ", "another ", 1)))
        if len(found) >= min(most, len(fits)) or words.take([Fit(",", "and another")]) is None:
            return found


def _clause(clause: str, words: Words, args: Args, counting: bool, briefing: Briefing) -> None:
    moments = Moments(briefing)
    match clause:
        case "by":
            _by(words, args, counting, briefing)
        case "from":
            start = moments.read(words)
            if start:
                args["from"] = start
        case "to":
            if words.take([Fit("now", "up to now")]) is None:
                args["to"] = moments.read(words)
        case "where":
            name = words.choose([Fit(str(briefing["label_name"]), "the label", more=True)], "the name of the label")
            words.choose([Fit("=", "one of")], "an equals sign")
            values = [Fit(each) for each in briefing["labels"]]
            args["where"] = {name: _list(words, values, f"a value of {name}", len(values))}
        case _:
            first = moments.read(words)
            words.choose([Fit("to", "when it ends", more=True)], "the word to, with an end,")
            args["against"] = {"from": first, "to": moments.read(words)}


def _by(words: Words, args: Args, counting: bool, briefing: Briefing) -> None:
    fits = [Fit("time", "one row for each stretch of time", more=True)]
    if counting and briefing["labels"]:
        fits.insert(0, Fit(str(briefing["label_name"]), "one row for each of its values"))
    args["by"] = by = []
    while True:
        left = [each for each in fits if each.word not in by]
        by.append(words.choose(left, "a way to group rows"))
        if by[-1] == "time":
            bucket = _bucket(words, int(briefing["query"]["step"]))
            if bucket is not None:
                args["bucket"] = bucket
        if len(by) == len(fits) or words.take([Fit(",", "and by")]) is None:
            return


def _bucket(words: Words, step: int) -> int | None:
    """How long each stretch of time is (ms), where it is given."""
    offers = [Fit(duration_text(each * 60_000), "each") for each in COMMON if each * 60_000 % step == 0]
    word = words.look(offers)
    if word is None or not word[:1].isdigit():
        return None
    found = duration(word)
    if not found or found % step:
        raise words.wrong(f"a stretch of time in whole steps of {duration_text(step)}")
    words.next()
    return found


def _check(args: Args, words: Words, briefing: Briefing) -> None:
    """What words alone cannot tell: that periods lie in order. Raises `NotReadError`."""
    start, against = args.get("from", 0), args.get("against")
    if "to" in args and args["to"] <= start and (start or against):
        raise NotReadError("From has to come before to.", *words.place_of("to"))
    if against is None:
        return
    place = words.place_of("against")
    if against["to"] <= against["from"]:
        raise NotReadError("The period to compare with has to end after it begins.", *place)
    if against["to"] > start:
        first = Moments(briefing).text(start)
        raise NotReadError(f"The period to compare with has to end before the other one begins, at {first}.", *place)
