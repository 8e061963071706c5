"""What a seat may see of the world's events: nothing, unless it is named here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidentsim.exercise.ledger import AlertNote, Message
    from incidentsim.simulation.event import Event

VISIBLE: dict[str, tuple[str, ...]] = {
    "action": ("command", "title", "state", "takes", "hands"),
    "declared": ("command", "severity"),
    "announced": ("command", "audience", "text"),
    "shift": ("title", "hands"),
}
"""Event kinds that are shown, and the fields of each. Messages and alerts have shapes of their own."""

MESSAGE_FIELDS = ("channel", "sender", "to", "title", "asks_by", "command")
ALERT_FIELDS = ("state", "title", "service", "severity")


def visible(event: Event) -> dict[str, Any] | None:
    """An event as players see it, without its number; None for all that they do not see."""
    fields = VISIBLE.get(event.kind)
    if fields is None:
        return None
    return {"t": event.t, "kind": event.kind, **{name: event.data[name] for name in fields}}


def message_header(message: Message) -> dict[str, Any]:
    """A message as the inbox lists it: who, what about, by when; not yet what it says."""
    data = message.data
    return {
        "id": message.id,
        "t": message.t,
        "opened": message.opened,
        **{name: data[name] for name in MESSAGE_FIELDS},
    }


def message_body(message: Message) -> dict[str, Any]:
    """A message that was opened."""
    body = {**message_header(message), "text": message.data["text"]}
    if "table" in message.data:
        body["table"] = message.data["table"]
    return body


def alert_note(alert: AlertNote) -> dict[str, Any]:
    """A firing of an alert."""
    return {
        "id": alert.id,
        "t": alert.t,
        "opened": alert.opened,
        "resolved_at": alert.resolved_at,
        **{name: alert.data[name] for name in ALERT_FIELDS},
        "text": alert.data["text"] if alert.opened else "",
    }
