"""Numbers and spans as people read them, the same on every machine."""

from __future__ import annotations

from fractions import Fraction

from incidentsim.scenario.units import DAY, HOUR, MINUTE, SECOND

MILLION = 1_000_000
BILLION = 1_000_000_000


def count(value: int) -> str:
    """``13,742``; from a million on three figures: ``14.2M``, ``5.60B``. Halves go up."""
    size = abs(value)
    # From 999.5 million on, three figures of millions would be four.
    for least, unit, name in ((999_500_000, BILLION, "B"), (MILLION, MILLION, "M")):
        if size >= least:
            return ("-" if value < 0 else "") + _three_figures(size, unit) + name
    return f"{value:,}"


def _three_figures(size: int, unit: int) -> str:
    for places in (2, 1, 0):
        scaled = rounded(Fraction(size * 10**places, unit))
        if scaled < 1000 or places == 0:
            return decimal(scaled, places)
    raise AssertionError("unreachable")


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def decimal(scaled: int, places: int) -> str:
    """A whole number of 10^-places as a decimal: ``decimal(1786, 1)`` is ``"178.6"``."""
    if not places:
        return f"{scaled:,}"
    sign, size = ("-" if scaled < 0 else ""), abs(scaled)
    return f"{sign}{size // 10**places:,}.{size % 10**places:0{places}d}"


def percent(share: Fraction, places: int = 1) -> str:
    """``178.6%``. A share that is not 0 and would read 0 is ``<0.1%``; one below 1 never reads 100%."""
    scaled = rounded(share * 100 * 10**places)
    smallest = decimal(1, places)
    if scaled == 0 and share > 0:
        return f"<{smallest}%"
    full = 100 * 10**places
    if scaled >= full and share < 1:
        return f"{decimal(full - 1, places)}%"
    return f"{decimal(scaled, places)}%"


def exact_percent(share: Fraction) -> str:
    """A share whose decimal expansion ends, in full: ``99.5%``. Others to four places."""
    scaled = share * 100
    for places in range(5):
        if (scaled * 10**places).denominator == 1:
            return f"{decimal(int(scaled * 10**places), places)}%"
    return percent(share, 4)


def ratio(value: Fraction, places: int = 2) -> str:
    """A plain decimal: ``13.44``."""
    return decimal(rounded(value * 10**places), places)


def span(milliseconds: int) -> str:
    """``5 h 54 min``, ``35 min``, ``40 s``, ``28 days``; whole minutes from a minute on."""
    size = abs(milliseconds)
    sign = "-" if milliseconds < 0 else ""
    if size < MINUTE:
        return f"{sign}{size // SECOND} s"
    if size >= DAY and size % DAY == 0:
        days = size // DAY
        return f"{sign}{days} day{'s' if days > 1 else ''}"
    hours, minutes = divmod(size // MINUTE, HOUR // MINUTE)
    parts = [f"{hours:,} h"] if hours else []
    if minutes or not hours:
        parts.append(f"{minutes} min")
    return sign + " ".join(parts)
