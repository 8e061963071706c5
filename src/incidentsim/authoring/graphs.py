"""What a scenario is made of, as networks: its services, its flow, its truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.drawing.network import Item, Link, Network
from incidentsim.scenario.vocabulary import feeds

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario

SPOILERS = "FACILITATORS ONLY: this gives the scenario away"


def services(scenario: Scenario) -> Network:
    """Who needs whom."""
    return Network(
        f"{scenario.number} services: what needs what",
        tuple(Item(each.id, each.title, f"team {each.team}") for each in scenario.services),
        tuple(Link(each.id, other, "needs") for each in scenario.services for other in each.depends_on),
    )


def flow(scenario: Scenario) -> Network:
    """The stages that items pass."""
    links = []
    for node in scenario.flow:
        for field, target in feeds(node):
            label = node.ports[field[1]].name if node.kind == "split" and isinstance(field[1], int) else ""
            links.append(
                Link(node.id, target, label or {"misses_to": "misses", "replay_to": "replay"}.get(str(field[0]), ""))
            )
    return Network(
        f"{scenario.number} flow: where items go",
        tuple(Item(each.id, each.id, f"{each.kind} · {each.service}") for each in scenario.flow),
        tuple(links),
    )


def truth(scenario: Scenario) -> Network:
    """The causal graph, from conditions to the effect."""
    truth = scenario.truth
    items = [
        Item(each.id, each.text, f"{each.branch} · {each.category}{' · latent' if each.latent else ''}")
        for each in truth.conditions
    ]
    links = [
        Link(cause, each.id, "and" if each.gate == "and" and len(each.because) > 1 else "")
        for each in truth.conditions
        for cause in each.because
    ]
    return Network(f"{scenario.number} causes: what brought about what", tuple(items), tuple(links))


GRAPHS = {"services": services, "flow": flow, "truth": truth}
