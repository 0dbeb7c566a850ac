"""Figures are rounded before anything is decided on them, so that processors that differ in the last bits agree."""


def rounded(number: float) -> float:
    """Three decimals, and no minus nought."""
    return round(float(number), 3) + 0.0


def rounded_or_none(number: float | None) -> float | None:
    """Three decimals, or None where there is no number or no end."""
    return None if number is None or number == float("inf") else rounded(number)
