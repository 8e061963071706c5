"""A scorecard as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.text.escaping import for_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.assessment.scorecard import Line, Scorecard

FAMILIES = ("response", "communication", "analysis", "improvement", "practice")
STATES = {
    "found": "found",
    "missed": "missed",
    "unproven": "unproven",
    "compare": "compare yourself",
    "ruled-out": "ruled out with evidence",
    "doubted": "ruled out without evidence",
    "refuted": "you held what refutes it",
    "believed": "given as a cause",
    "open": "not refuted",
}


def scorecard_markdown(card: Scorecard) -> str:
    """The whole scorecard, ending in a newline."""
    return "\n".join(_lines(card)).rstrip("\n") + "\n"


def _score(data: dict[str, Any]) -> Iterator[str]:
    first = data.get("first_attempt")
    if first is None:
        yield f"**Score: {data['score']} of {data['highest']}**"
        return
    yield f"**Score: {first['score']} of {data['highest']}**, of what was written before this was seen ({first['at']})"
    yield ""
    yield f"Second attempt: {data['score']} of {data['highest']}. What it changed:"
    yield ""
    for each in first["changed"]:
        yield f"- {for_markdown(each['title'])}: {each['before']:.0%}, now {each['now']:.0%}"
    if not first["changed"]:
        yield "- Nothing that is measured."


def _lines(card: Scorecard) -> Iterator[str]:
    data = card.to_json()
    about = data["about"]
    yield f"# {data['marker']} – Scorecard: {for_markdown(about['incident'])}"
    yield ""
    yield for_markdown(about["title"])
    yield ""
    yield from _score(data)
    yield ""
    for limit in data["limits"]:
        yield f"- {for_markdown(limit['rule'])} (Without it: {data['before_limits']}.)"
    if data["limits"]:
        yield ""
    for note in data["notes"]:
        yield f"> {for_markdown(note)}"
    yield ""
    yield from _well(card)
    yield from _practise(card)
    yield from _criteria(card)
    yield from _factors(card)
    yield from _beside(card)
    yield "## Milestones"
    yield ""
    yield "| milestone | at |"
    yield "|---|---|"
    for each in data["milestones"]:
        yield f"| {for_markdown(each['name'])} | {for_markdown(each['at'])} |"
    yield ""
    variant = f", variant {for_markdown(about['variant'])}" if about["variant"] else ""
    yield (
        f"Scenario {for_markdown(about['scenario'])}, seed {about['seed']}{variant}, "
        f"format {for_markdown(about['format'])}, mode {for_markdown(about['mode'])}, pauses {about['pauses']}."
    )


def _beside(card: Scorecard) -> Iterator[str]:
    if card.beside:
        yield "## Beside the score"
        yield ""
        yield "None of this changes the score."
        yield ""
    for note in card.beside:
        yield f"### {note.title}"
        yield ""
        yield from (f"- {for_markdown(line)}" for line in note.lines)
        yield ""


def _well(card: Scorecard) -> Iterator[str]:
    yield "## What went well"
    yield ""
    for line in card.well:
        yield f"- **{for_markdown(line.criterion.title)}.** {for_markdown(line.measured.explanation)}"
    if not card.well:
        yield "- You took the time to practise. Each further round on the same incident shows more."
    yield ""


def _practise(card: Scorecard) -> Iterator[str]:
    line = card.practise
    if line is None:
        return
    yield "## One thing to practise next"
    yield ""
    yield f"**{for_markdown(line.criterion.title)}.** {for_markdown(line.measured.explanation)}"
    yield ""
    yield f"What good looks like: {for_markdown(line.criterion.senior or line.measured.rule)}"
    yield ""


def _criteria(card: Scorecard) -> Iterator[str]:
    yield "## Criteria"
    yield ""
    yield "| criterion | family | verdict | points | of |"
    yield "|---|---|---|---:|---:|"
    for line in _in_order(card):
        points = str(line.points) if line.measured.applies else "–"
        yield (
            f"| {for_markdown(line.criterion.title)} | {line.criterion.family} | {line.verdict} "
            f"| {points} | {line.criterion.weight} |"
        )
    yield ""
    for line in _in_order(card):
        yield from _criterion(line)


def _in_order(card: Scorecard) -> list[Line]:
    return sorted(card.lines, key=lambda line: FAMILIES.index(line.criterion.family))


def _criterion(line: Line) -> Iterator[str]:
    data = line.to_json()
    yield f"### {for_markdown(data['title'])}"
    yield ""
    yield for_markdown(data["explanation"])
    yield ""
    if data["compare_yourself"]:
        yield "*Not sure: words were compared, and yours may mean something else. Compare for yourself.*"
        yield ""
    if "override" in data:
        given = data["override"]
        was = "nothing was measured" if given["measured"] is None else f"measured: {given['measured']:g}"
        yield f"- Given by the {for_markdown(given['by'])}: {data['ratio']:g} ({was}). {for_markdown(given['reason'])}"
    yield f"- Rule: {for_markdown(data['rule'])}"
    if data["evidence"]:
        more = f" and {data['evidence_more']} more" if data["evidence_more"] else ""
        yield f"- Evidence: {', '.join(data['evidence'])}{more}"
    if data["senior"]:
        yield f"- A senior-grade answer: {for_markdown(data['senior'])}"
    if data["staff"]:
        yield f"- A staff-grade answer: {for_markdown(data['staff'])}"
    yield ""


def _factors(card: Scorecard) -> Iterator[str]:
    if card.factors:
        yield "## Contributing factors"
        yield ""
        yield "| factor | branch | result | why it was graded so |"
        yield "|---|---|---|---|"
        for each in card.factors:
            text = for_markdown(each.condition.text) + (" (shows only afterwards)" if each.condition.latent else "")
            yield f"| {text} | {each.condition.branch} | {STATES[each.state]} | {for_markdown(each.explanation)} |"
        yield ""
    if card.herrings:
        yield "## Red herrings"
        yield ""
        yield "| red herring | result |"
        yield "|---|---|"
        for herring in card.herrings:
            yield f"| {for_markdown(herring.herring.text)} | {STATES[herring.state]} |"
        yield ""
