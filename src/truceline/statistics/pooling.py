"""Several areas, partially pooled: each area's ratio drawn towards the areas' common one, by how little it says.

Log ratios with half an incident added to each count; their variance is Poisson's plus the swing of the
whole. Between areas: DerSimonian and Laird (1986). Areas share weather and front lines, so the common
ratio's own interval is too narrow if all areas swing together; it is shown, and decides nothing.
"""

from dataclasses import dataclass

import numpy as np

from truceline.statistics.special import Floats, normal_quantile


@dataclass(frozen=True)
class Pooled:
    """Common log ratio with its standard error, variance between areas, and each area's own and drawn log ratio."""

    common: float
    error: float
    between: float
    own: Floats
    own_error: Floats
    drawn: Floats
    drawn_error: Floats

    def interval(self, log_ratio: float, error: float) -> tuple[float, float]:
        """95 % limits of the ratio."""
        reach = normal_quantile(0.975) * error
        return float(np.exp(log_ratio - reach)), float(np.exp(log_ratio + reach))


def pool(before: Floats, after: Floats, scale: float, swing: float) -> Pooled:
    """before, after: counts by area; scale: exposure after over before; swing: relative variance beyond Poisson."""
    own = np.log((after + 0.5) / (before + 0.5) / scale)
    variance = 1 / (after + 0.5) + 1 / (before + 0.5) + swing
    weight = 1 / variance
    mean = float((weight * own).sum() / weight.sum())
    spread = float((weight * (own - mean) ** 2).sum()) - (len(own) - 1)
    room = float(weight.sum() - (weight**2).sum() / weight.sum())
    between = max(spread / room, 0.0) if room > 0 else 0.0
    weight = 1 / (variance + between)
    common = float((weight * own).sum() / weight.sum())
    error = float(np.sqrt(1 / weight.sum()))
    kept = between / (between + variance)
    drawn = kept * own + (1 - kept) * common
    drawn_error = np.sqrt(kept * variance + (1 - kept) ** 2 * error**2)
    return Pooled(common, error, between, own, np.sqrt(variance), drawn, drawn_error)
