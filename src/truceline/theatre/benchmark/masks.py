"""Which channel tells of which incident: drawn by the incident's number, so that rows can be counted beforehand."""

from collections.abc import Mapping, Sequence
from math import ceil, prod

import numpy as np

from truceline.theatre.benchmark.channels import CHAINED, DEADLY, FALSE, MOST_SHEET_ROWS, TICKER, WIRE, Channel
from truceline.theatre.benchmark.draws import Ints, Yes
from truceline.theatre.benchmark.incidents import killed_in
from truceline.theatre.benchmark.stage import Stage

CHUNK = 32_768
"""Incidents played at a time. It changes no row, but the order of rows in a file of several channels."""


class Telling:
    """How many incidents there must be for so many rows, and who tells of each."""

    def __init__(self, stage: Stage, rates: Mapping[Channel, float], reports: int) -> None:
        self.stage, self.rates, self.reports = stage, rates, reports
        each = sum(rates.values())
        self.incidents = max(1, ceil(reports / each))
        counts = self._rows()
        while (lacking := reports - sum(counts)) > 0:
            self.incidents += ceil(lacking / each)
            counts = self._rows()
        self._last, self._left = self._end(counts)

    def chunks(self) -> list[Ints]:
        """The numbers of all incidents, so many at a time."""
        return [
            np.arange(first, min(first + CHUNK, self.incidents), dtype=np.int64)
            for first in range(0, self.incidents, CHUNK)
        ]

    def told(self, number: Ints) -> dict[Channel, Yes]:
        """For each channel, of which of these incidents it tells; exactly `reports` rows over all chunks."""
        masks, left = self._masks(number), self._left
        for mask in masks.values():
            mask &= number <= self._last
            at = np.searchsorted(number, self._last)
            if at < len(number) and mask[at]:
                mask[at] = left > 0
                left -= 1
        return masks

    def _masks(self, number: Ints) -> dict[Channel, Yes]:
        draws, made = self.stage.draws, dict[Channel, Yes]()
        told = np.zeros(len(number), bool)
        deadly = killed_in(self.stage, number) > 0
        for channel, rate in self.rates.items():
            if channel in (WIRE, TICKER):
                continue
            made[channel] = self._mask(channel, rate, number, deadly)
            if channel is not FALSE:
                told |= made[channel]
        if WIRE in self.rates:
            made[WIRE] = told & draws.share("wire", number, self.rates[WIRE] / self._heard())
            made[TICKER] = made[WIRE] & draws.share("ticker", number, CHAINED)
        return made

    def _mask(self, channel: Channel, rate: float, number: Ints, deadly: Yes) -> Yes:
        if channel.format == "xlsx":
            rows = min(int(rate * self.incidents), MOST_SHEET_ROWS)
            even: Yes = (number + 1) * rows // self.incidents > number * rows // self.incidents
            return even
        if channel.format == "ucdp":
            return deadly & self.stage.draws.share(channel.name, number, rate / DEADLY)
        return self.stage.draws.share(channel.name, number, rate)

    def _heard(self) -> float:
        """The share of incidents that anybody tells of."""
        return 1 - prod(1 - rate for channel, rate in self.rates.items() if channel not in (WIRE, TICKER, FALSE))

    def _rows(self) -> list[int]:
        return [sum(int(mask.sum()) for mask in self._masks(number).values()) for number in self.chunks()]

    def _end(self, counts: Sequence[int]) -> tuple[int, int]:
        """The last incident of which anybody tells, and how many rows tell of it."""
        left = self.reports
        for number, here in zip(self.chunks(), counts, strict=True):
            if left > here:
                left -= here
                continue
            rows = np.zeros(len(number), np.int64)
            for mask in self._masks(number).values():
                rows += mask
            at = int(np.searchsorted(np.cumsum(rows), left))
            return int(number[at]), left - int(rows[:at].sum())
        raise AssertionError("there are fewer rows than were counted")
