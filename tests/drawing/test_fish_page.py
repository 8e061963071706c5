"""The fishbone as a picture: at eight categories of five causes no text stands on another, or off the page."""

from __future__ import annotations

import html
import itertools
import json
import re
import xml.etree.ElementTree as ET

from hypothesis import example, given, settings
from hypothesis import strategies as st

from incidentsim.drawing import data, dot, mermaid, svg
from incidentsim.drawing.model import Bone, Fish, Rib
from incidentsim.drawing.wrapping import cells

WIDTH_OF_A_CELL = 0.62
"""Of the size: wider than the mean of Helvetica, Arial and DejaVu Sans for running text."""
LONG = "a condition of the release that no reader of the topic was asked about before it came into force everywhere at once"
TITLES = ("Change & deploy", "Data contract & schema", "Code & design", "Platform & capacity", "Detection & alerting",
          "Process & ownership", "External dependencies", "Knowledge & tooling context of all who read it")  # fmt: skip
words = st.lists(st.sampled_from(["schema", "check", "of", "unread", "partition-by-partition", "retention"]), min_size=1,
                 max_size=14).map(" ".join)  # fmt: skip
bones = st.builds(
    Bone, words.map(lambda text: text[:120].strip()), st.sampled_from(["verified", "suspected", "ruled-out"]),
    st.sampled_from(["", "E-0001", "E-0001, E-0002, E-0003"]),
)  # fmt: skip
fishes = st.builds(
    lambda effect, ribs: Fish(effect, tuple(Rib(title, tuple(found)) for title, found in zip(TITLES, ribs, strict=False))),
    words, st.lists(st.lists(bones, max_size=5), max_size=8),
)  # fmt: skip
FULL = Fish(
    LONG, tuple(Rib(title, tuple(Bone(LONG, "suspected", "E-0001, E-0002") for _ in range(5))) for title in TITLES)
)

Box = tuple[float, float, float, float]


def boxes(drawing: str) -> list[tuple[str, Box]]:
    """Where each text stands: left, top, right, bottom."""
    found = []
    for each in ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text"):
        size, x, y = (float(each.get(name, "0")) for name in ("font-size", "x", "y"))
        width = cells(each.text or "") * size * WIDTH_OF_A_CELL
        left = x - width if each.get("text-anchor") == "end" else x
        found.append((each.text or "", (left, y - 0.75 * size, left + width, y + 0.22 * size)))
    return found


@settings(max_examples=80, deadline=None)
@given(fishes)
@example(FULL)
def test_no_text_stands_on_another_or_off_the_page(fish: Fish) -> None:
    drawing = svg.fish_svg(fish, "EXERCISE")
    found = boxes(drawing)
    root = ET.fromstring(drawing)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    for _, (left, top, right, bottom) in found:
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height
    for (one, a), (other, b) in itertools.combinations(found, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"{one!r} and {other!r} stand on each other"


def edges_of(fish: Fish) -> list[tuple[str, str]]:
    return [(rib.category, bone.text) for rib in fish.ribs for bone in rib.bones]


@settings(max_examples=80, deadline=None)
@given(fishes)
@example(FULL)
def test_each_export_reads_back_as_the_same_edges(fish: Fish) -> None:
    read, category = [], ""
    for line in mermaid.fish_mermaid(fish).splitlines()[2:]:
        text = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), line)
        depth = len(text) - len(text.lstrip())
        if depth == 4:
            category = text.strip()
        elif depth == 8:
            read.append((category, text.strip()))
    assert [(a, b.split(" (")[0].split(" [")[0]) for a, b in read] == edges_of(fish)
    labels = {
        name: html.unescape(text)
        for name, text in re.findall(r'^  (\w+) \[label="(.*)"\];$', dot.fish_dot(fish), re.MULTILINE)
    }
    edges = re.findall(r"^  (bone\w+) -> (rib\w+);$", dot.fish_dot(fish), re.MULTILINE)
    assert [(labels[rib], labels[bone]) for bone, rib in edges] == edges_of(fish)
    loaded = json.loads(json.dumps(data.fish_data(fish)))
    assert [(rib["category"], bone["text"]) for rib in loaded["ribs"] for bone in rib["bones"]] == edges_of(fish)
