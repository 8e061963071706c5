"""What the whys come to, to read: what was necessary, what would have prevented it, and what the plan covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean

if TYPE_CHECKING:
    from incidentsim.tui.screens.debrief import DebriefScreen

MUTED = "$foreground-muted"
MOST_SETS = 8
MOST_ITEMS = 12
LONGEST = 56
"""So many characters of a cause stand in the matrix; the tree has all of it."""
SIGNS = {"direct": "●", "above": "○", "": "·"}


async def show(desk: DebriefScreen) -> None:
    """Show it; nothing is changed."""
    await desk.ask(Reading("What the causes come to", causes_text(desk.session.case.causes())))


def causes_text(found: Data) -> Content:
    """The whole page."""
    return Content("\n").join([*_needed(found), *_sets(found), *_matrix(found)])


def _head(text: str) -> Content:
    return Content.styled(text, "bold $text-accent")


def _needed(found: Data) -> Iterator[Content]:
    yield _head("Necessary, as the whys are written")
    yield Content.styled("Without any one of these the effect, as it was, would not have come about.", MUTED)
    for each in found["necessary"]:
        yield Content(f"  {each}  {clean(found['texts'][each])}")
    if not found["necessary"]:
        yield Content.styled("  None yet.", MUTED)
    if found["unsaid"]:
        names = ", ".join(found["unsaid"])
        yield Content.styled(
            f"  {names}: it is not said whether these needed each other. Each is taken to have sufficed alone, so less "
            "is claimed.", MUTED)  # fmt: skip
    yield Content("")


def _sets(found: Data) -> Iterator[Content]:
    yield _head("Smallest sets that would have prevented it, of what can be changed")
    sets = found["changeable"]
    for each in sets[:MOST_SETS]:
        yield Content(f"  {' + '.join(each)}")
    if len(sets) > MOST_SETS or found["cut"]:
        more = f"{len(sets) - MOST_SETS} more" if len(sets) > MOST_SETS else "larger ones"
        yield Content.styled(f"  … and {more}", MUTED)
    if not sets:
        yield Content.styled("  None: nothing of it is said to be changeable, or not enough.", MUTED)
    yield Content("")


def _matrix(found: Data) -> Iterator[Content]:
    yield _head("Causes and action items")
    items = found["items"][:MOST_ITEMS]
    if not found["cells"]:
        yield Content.styled("  No cause is written yet.", MUTED)
        return
    yield Content.styled(f"  {'':8}{''.join(f'{each:<7.6}' for each in items)}", MUTED)
    for cause, cells in found["cells"].items():
        signs = "".join(f"{SIGNS[cell]:<7}" for cell in cells[:MOST_ITEMS])
        text = clean(found["texts"][cause])
        text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
        yield Content.assemble(f"  {cause:<8}{signs}", Content.styled(text, MUTED))
    yield Content.styled("  ● about the cause   ○ about what it brought about   · not about it", MUTED)
    if len(found["items"]) > MOST_ITEMS:
        yield Content.styled(f"  {len(found['items']) - MOST_ITEMS} more items are not shown.", MUTED)
    for title, names in (("Nothing covers", found["bare"]), ("Only documents stand against", found["documented"]),
                         ("About none of the causes", found["idle"])):  # fmt: skip
        if names:
            yield Content.styled(f"  {title}: {', '.join(names)}", "bold $text-warning")
