"""Which sources were there in both periods, so that a new camera does not look like new violence.

A source that says when it watched (coverage rows) belongs to the panel if it watched on at least half
of the days of both periods. One that never says belongs unless it fell silent, or began, where its own rate in
the other period would have given five reports or more: few reports may be none by chance, five hardly ever
(e^-5, under 1 %), and leaving out whoever happened to report nothing would bend the ratio.
"""

from collections.abc import Mapping
from dataclasses import dataclass

HALF = 0.5
EXPECTED = 5


@dataclass(frozen=True)
class Panel:
    """Sources in both periods, in the baseline alone, in the window alone (each sorted)."""

    constant: tuple[str, ...]
    lost: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Some source was there in one period only."""
        return bool(self.lost or self.new)


def panel(
    watched: Mapping[str, tuple[float, float]], reported: Mapping[str, tuple[int, int]], days: tuple[int, int]
) -> Panel:
    """watched: the share of days each source watched, before and after; reported: its incidents; days: of each."""
    there = {name: _by_reports(*numbers, days) for name, numbers in reported.items()}
    there |= {name: (before >= HALF, after >= HALF) for name, (before, after) in watched.items()}
    names = sorted(name for name, pair in there.items() if any(pair))
    return Panel(
        tuple(name for name in names if all(there[name])),
        tuple(name for name in names if there[name] == (True, False)),
        tuple(name for name in names if there[name] == (False, True)),
    )


def _by_reports(before: int, after: int, days: tuple[int, int]) -> tuple[bool, bool]:
    lost = after == 0 and before * days[1] >= EXPECTED * days[0]
    new = before == 0 and after * days[0] >= EXPECTED * days[1]
    return not new, not lost
