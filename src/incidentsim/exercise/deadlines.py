"""What falls due, as far as players know: their own promises and tasks, and what asks them for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.exercise.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.exercise.exercise import Exercise


def deadlines_of(exercise: Exercise) -> Iterator[tuple[int, str]]:
    """Each open deadline: when (ms), and what it is, in words. Nothing that has not arrived."""
    written = exercise.ledger.written.to_json()
    last = {str(each["audience"]): each["next_update_at"] for each in written["updates"]}
    for audience, at in last.items():
        if at is not None:
            yield int(at), f"The update for {audience} is due."
    for task in written["tasks"]:
        if task["state"] == "open" and task["due"] is not None:
            yield int(task["due"]), f"Task {task['id']} is due: {task['text']}"
    answered = standing(exercise)
    for message in exercise.ledger.messages:
        asks_by = message.data["asks_by"]
        if asks_by is not None and answered.get(message.id, {}).get("answered_at") is None:
            yield int(asks_by), f"{message.id} was to be answered by now: {message.data['title']}"
