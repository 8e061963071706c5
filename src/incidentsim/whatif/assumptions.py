"""What a modelled result rests on, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.whatif.work import FIXED, SHIFTED

if TYPE_CHECKING:
    from incidentsim.whatif.study import Study


def assumptions(study: Study) -> list[str]:
    """Each assumption as a sentence."""
    said = [
        "Every number is modelled by the scenario's world; none was measured in a real system.",
        (
            "All arms of a seed share its luck: every random draw has a key of its own, so that a change in one place "
            "moves none elsewhere."
        ),
        "Intervals hold 95%: Student's t on the mean, for differences on the differences of paired runs.",
        "The commands were written for the incident as it is; nobody reacts to anything new.",
        "What was not reached within the scenario is counted up to its end, which is a bound and is said.",
    ]
    if study.kind != "controls":
        return said
    said.append("A control works in a run if a draw falls below its efficacy and a second one does not bypass it; "
                "both are the scenario's estimates.")  # fmt: skip
    if FIXED in study.responders:
        said.append("Responder fixed: the same commands at the same times, whatever a control tells.")
    if SHIFTED in study.responders:
        said.append(
            "Responder shifted: where a control's page comes before the responders' own detection, what they did "
            "after detection happens that much earlier, and what they did between the two is left out; the page "
            "is believed at once."
        )
    said.append(
        "A page that would have come in the same minute without any fault is a false alarm, and tells nobody of the "
        "incident."
    )
    if len(study.worlds) > 1:
        said.append("Siblings are related failures that are held back; the same commands are given in them.")
    said.append(
        "A quiet week has no fault and no commands. A control's own condition is watched over the scenario's span "
        "and scaled to a week; the false alarms it declares are drawn for each week. Whoever answers one is busy for "
        "as long as the control says."
    )
    return said
