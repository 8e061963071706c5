"""How well colours are told apart: contrast of text, and colours as people see them who lack red or green cones."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from textual.color import Color
from textual.geometry import Region

from tests.screens.frames import Frame

READABLE, WELL_READABLE = 4.5, 7.0
"""Contrast ratios of text: WCAG 2.2, success criteria 1.4.3 and 1.4.6."""
HIGH = "high-contrast"

DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
"""Linear RGB to what is seen: Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color
vision deficiency", IEEE TVCG 15(6), 2009, severity 1.0."""

Matrix = tuple[tuple[float, float, float], ...]
Linear = tuple[float, float, float]


def linear(colour: str) -> Linear:
    """The linear light of ``#rrggbb``, 0 to 1."""
    red, green, blue = Color.parse(colour).rgb

    def light(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return light(red), light(green), light(blue)


def luminance(light: Linear) -> float:
    """Relative luminance (WCAG 2.2)."""
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


@lru_cache(maxsize=1_024)
def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    bright, dark = sorted((luminance(linear(one)), luminance(linear(other))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def seen_with(matrix: Matrix, colour: str) -> Linear:
    """The linear light of a colour as it is seen with that deficiency."""
    light = linear(colour)
    red, green, blue = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in matrix)
    return red, green, blue


def lab(light: Linear) -> Linear:
    """CIE L*a*b* of linear sRGB light, white D65."""
    x = (0.4124 * light[0] + 0.3576 * light[1] + 0.1805 * light[2]) / 0.95047
    y = luminance(light)
    z = (0.0193 * light[0] + 0.1192 * light[1] + 0.9505 * light[2]) / 1.08883

    def bent(value: float) -> float:
        return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116

    return 116 * bent(y) - 16, 500 * (bent(x) - bent(y)), 200 * (bent(y) - bent(z))


def apart(one: Linear, other: Linear) -> float:
    """How different two lights look (CIE 1976); about 2.3 is the least that is noticed side by side."""
    return float(sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5)


def faint(now: Frame, theme: str, where: Iterable[Region]) -> list[str]:
    """Text in those regions of a screen that has too little contrast, once for each pair of colours."""
    least = WELL_READABLE if theme == HIGH else READABLE
    found: dict[tuple[str, str], str] = {}
    for region in where:
        for y in range(region.y, min(region.bottom, len(now.text))):
            for x in range(region.x, min(region.right, len(now.text[y]))):
                if not now.text[y][x].isalnum():
                    continue
                colours = _colours(now.styles[y][x])
                if colours is not None and colours not in found and contrast(*colours) < least:
                    found[colours] = now.row(y, x, x + 24).split("  ")[0]
    return [
        f"{fore} on {back} has a contrast of {contrast(fore, back):.1f}: {text!r}"
        for (fore, back), text in found.items()
    ]


@lru_cache(maxsize=4_096)
def _colours(style: str) -> tuple[str, str] | None:
    words = style.split()
    if len(words) < 3 or "–" in (words[0], words[2]):
        return None
    return (words[2], words[0]) if "reverse" in words else (words[0], words[2])
