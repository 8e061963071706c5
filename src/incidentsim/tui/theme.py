"""The themes. Each has one accent, and colours for states that go with a word or a sign, never alone."""

from __future__ import annotations

from textual.theme import Theme

CALM = Theme(
    name="calm",
    primary="#4f7a9a",
    secondary="#6c7f8f",
    accent="#7fb4d0",
    warning="#d9a441",
    error="#e0786e",
    success="#86b581",
    foreground="#d5dade",
    background="#12161a",
    surface="#1a2026",
    panel="#222a31",
    variables={"border-blurred": "#39444d", "foreground-muted": "#98a3ab"},
    dark=True,
)

DAYLIGHT = Theme(
    name="daylight",
    primary="#2f5d80",
    secondary="#52616d",
    accent="#1f5f8b",
    warning="#8a5a00",
    error="#a8261c",
    success="#2f6b2a",
    foreground="#1b2126",
    background="#fbfbf8",
    surface="#eeeeea",
    panel="#dfe1de",
    variables={"border-blurred": "#9aa3a8", "foreground-muted": "#4a5258"},
    dark=False,
)

CONTRAST = Theme(
    name="high-contrast",
    primary="#5cc8ff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffd000",
    error="#ff9a9a",
    success="#7dff7d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    variables={"border-blurred": "#8a8a8a", "foreground-muted": "#d0d0d0"},
    dark=True,
)

SAFE = Theme(
    name="colour-blind",
    primary="#3f7fb5",
    secondary="#7a8791",
    accent="#56b4e9",
    warning="#f0e442",
    error="#e68a4f",
    success="#4fa8d8",
    foreground="#dde1e4",
    background="#101418",
    surface="#191f25",
    panel="#222a31",
    variables={"border-blurred": "#3a454e", "foreground-muted": "#9ba6ae"},
    dark=True,
)
"""Blue, yellow and orange, after Okabe and Ito's palette (2008), which is told apart without red and green."""

THEMES = (CALM, DAYLIGHT, CONTRAST, SAFE)
DEFAULT = CALM.name
