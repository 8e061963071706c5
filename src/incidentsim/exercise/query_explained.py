"""A query in words: what will be counted before it runs, and what its table shows afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.exercise.query_moments import Moments, duration_text
from incidentsim.simulation.counting import MOST_ROWS
from incidentsim.simulation.querying import HOUR

if TYPE_CHECKING:
    from collections.abc import Mapping

Args = dict[str, Any]
Briefing = dict[str, Any]

READ_AS = {
    "values": "lowest, mean, highest and last value", "min": "lowest value", "mean": "mean", "max": "highest value",
    "last": "last value",
}  # fmt: skip


def preview(args: Args, briefing: Briefing, now: int) -> str:
    """What a query will count, in a sentence or two."""
    moments = Moments(briefing)
    start, end = args.get("from", 0), args.get("to")
    until = "now" if end is None or end > now else moments.text(end)
    by = args.get("by") or []
    parts = []
    if args.get("signals"):
        measure = READ_AS[str(args.get("measure", "values"))]
        parts.append(f"Reads the {measure} of {_titles(args['signals'], briefing['signals'])}")
    else:
        verb = "Compares" if args.get("compare") else "Counts"
        parts.append(f"{verb} {_titles(args['datasets'], briefing['datasets'])}")
    for name, values in (args.get("where") or {}).items():
        parts.append(f"of {name} {' and '.join(values)} only")
    parts.append(f"{_rows(by, args)} from {moments.text(start)} to {until} UTC")
    text = f"{', '.join(parts)}."
    if args.get("against"):
        early = args["against"]
        text += f" Beside it the same from {moments.text(early['from'])} to {moments.text(early['to'])}."
    return text


def cost(briefing: Briefing, hands_free: int) -> str:
    """What any query costs."""
    if not briefing["query"]["takes"]:
        return "It is answered at once."
    takes = duration_text(int(briefing["query"]["takes"]))
    free = f"{hands_free} free now" if hands_free else "none is free now, so it waits for one"
    return f"Takes {takes} and one pair of hands ({free})."


def _rows(by: list[str], args: Args) -> str:
    groups = [duration_text(args.get("bucket", HOUR)) if each == "time" else str(each) for each in by]
    return f"a row for each {' and each '.join(groups)}" if groups else "in one row"


def _titles(ids: list[str], known: list[dict[str, Any]]) -> str:
    titles = {each["id"]: str(each["title"]) for each in known}
    return " and ".join(f"“{titles.get(each, each)}”" for each in ids)


def explanation(args: Args, table: Mapping[str, Any], briefing: Briefing) -> list[str]:
    """What a table shows: each source, the period, the buckets, and what its signs mean. One sentence or two each."""
    moments = Moments(briefing)
    lines = [*_sources(args, table, briefing)]
    lines.append(f"From {moments.text(table['from'])} to {moments.text(table['to'])} UTC, in whole steps of "
                 f"{duration_text(int(briefing['query']['step']))}.")  # fmt: skip
    lines += _buckets(args, table, moments)
    for name, values in (args.get("where") or {}).items():
        lines.append(f"Only {name} {', '.join(values)}; everything else is left out.")
    if table.get("against"):
        lines += _periods(table, moments)
    lines += _signs(args, table)
    return lines


def _sources(args: Args, table: Mapping[str, Any], briefing: Briefing) -> list[str]:
    if not args.get("signals"):
        known = {each["id"]: each for each in briefing["datasets"]}
        lines = [f"{each}: {known[each]['title']}. {known[each]['explains']} Counted in {known[each]['unit']}."
                 for each in args["datasets"]]  # fmt: skip
        return [
            *lines,
            "A dataset is a counter: its count over a time is all that was added to it then; a sum is that.",
        ]
    known = {each["id"]: each for each in briefing["signals"]}
    lines = []
    for each in args["signals"]:
        unit = f" ({known[each]['unit']})" if known[each]["unit"] else ""
        missing = (table.get("missing") or {}).get(each, 0)
        gap = f" {missing:,} samples did not arrive; nothing stands for them." if missing else ""
        lines.append(f"{each}: {known[each]['title']}{unit}, measured by {known[each]['service']}.{gap}")
    return lines


def _buckets(args: Args, table: Mapping[str, Any], moments: Moments) -> list[str]:
    if "time" not in (args.get("by") or []):
        return []
    bucket = int(args.get("bucket", HOUR))
    lines = [f"Each row of time begins at the time it shows and is {duration_text(bucket)} long."]
    rest = (table["to"] - table["from"]) % bucket
    if rest:
        began = table["to"] - rest
        low = "" if args.get("signals") else ", so its counts are still low"
        lines.append(
            f"The last, from {moments.text(began)}, is unfinished: it covers {duration_text(rest)} of "
            f"{duration_text(bucket)}{low}."
        )
    return lines


def _periods(table: Mapping[str, Any], moments: Moments) -> list[str]:
    early = table["against"]
    first, last = moments.text(early["from"]), moments.text(early["to"])
    lines = [
        f"“before” is the same from {first} to {last} UTC.",
        "The difference is now less before; the ratio is now over before.",
    ]
    one, other = table["to"] - table["from"], early["to"] - early["from"]
    if one != other:
        lines.append(f"The periods are not equally long: {duration_text(one)} now, {duration_text(other)} before.")
    return lines


def _signs(args: Args, table: Mapping[str, Any]) -> list[str]:
    lines = []
    if args.get("compare"):
        first, second = args["datasets"]
        lines.append(f"The difference is {second} less {first}.")
    if "ratio" in table["columns"] and not table.get("against"):
        first, second = args["datasets"]
        lines.append(f"The ratio is {second} over {first}, rounded down to four places.")
    elif table.get("against"):
        lines.append("Ratios are rounded down to four places.")
    if any(cell is None for row in table["rows"] for cell in row):
        lines.append("– stands where there is nothing to show: not kept apart by label, no sample, or no such time.")
    if table.get("cut"):
        lines.append(
            f"{table['cut']:,} more rows are not shown (at most {MOST_ROWS:,} are); narrow the time, or group less."
        )
    return lines
