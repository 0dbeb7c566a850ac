"""Days from the numbers in addresses: a source counts its pages up, so a page between two dated ones is dated too.

For the pages of one source in the order of their numbers, the chances of each page's day are found with those of all
others (forward and backward sums; Rabiner 1989, Proceedings of the IEEE 77:257-286): days never go back, and so many
pages take about so many days. How many a day is the rate that makes the pages likeliest; where no rate does better
than no order at all, the numbers count nothing and are left aside. What each page is like in words helps to date it,
by the days of the reports it is like. Nothing here is decided by hand, and no label is asked.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from truceline.matching.wording_days import MILLION, Chances, Shares, Span, dense, listed
from truceline.matching.wording_text import MOST_CHARACTERS
from truceline.vocabulary.columns import Ints

LEAST_PAGES = 4
MOST_PAGES = 1_000
"""Of a source's pages no more are taken together, in order of their numbers."""
RATES = tuple(2.0**power for power in range(-1, 12))
"""Pages a day."""
LEAST_GAIN = 2.0
"""So much likelier (in natural logarithms) the best rate has to make the pages than no order does."""
ASTRAY = 0.05
"""The chance that a page stands out of order."""
BELATED = (0.62, 0.28, 0.06, 0.04)
"""The chances that what it tells of was on the day it came out, the day before, and so on. Ours."""
UNLISTED = 0.1
_IN_QUERY = re.compile(r"[?&]p=(\d{4,8})(?!\d)")
_IN_PATH = re.compile(r"(?<!\d)(\d{4,8})(?!\d)")
_LANGUAGE = re.compile(r"/([a-z]{2})(?:/|$)")


@dataclass(frozen=True)
class Numbered:
    """Pages of one source that it counts together: their positions, and their numbers, rising."""

    at: list[int]
    number: list[int]


def number_in(address: str) -> int:
    """The number an address ends in (?p=206875, /archives/657833/), 0 for none; years are none."""
    if found := _IN_QUERY.search(address[:MOST_CHARACTERS]):
        return int(found[1])
    path = re.split(r"[?#]", address[:MOST_CHARACTERS])[0]
    numbers = [one for one in _IN_PATH.findall(path) if len(one) > 4 or one[:2] not in ("19", "20")]
    return int(numbers[-1]) if numbers else 0


def numbered(sources: Sequence[str], addresses: Sequence[str]) -> list[Numbered]:
    """Pages with a number, by source and language of the address; those of `LEAST_PAGES` or more."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for at, (source, address) in enumerate(zip(sources, addresses, strict=True)):
        if number := number_in(address):
            language = _LANGUAGE.search(address)
            found[source, language[1] if language else ""].append((number, at))
    made = []
    for key in sorted(found):
        pages = sorted(found[key])
        for first in range(0, len(pages), MOST_PAGES):
            part = pages[first : first + MOST_PAGES]
            if len(part) >= LEAST_PAGES:
                made.append(Numbered([at for _, at in part], [number for number, _ in part]))
    return made


def dated(pages: Numbered, own: Sequence[Chances], alike: Sequence[Shares], span: Span) -> list[Chances] | None:
    """The chances of each page's day with those of the others; None where the numbers count nothing.

    own: what is known of each page alone; alike: for every day of the span, how many times likelier the texts it is
    like make it.
    """
    if span.count < 2:
        return None
    even = 1 / span.count
    evidence = [_evidence(dense(one, span) / even * likelier) for one, likelier in zip(own, alike, strict=True)]
    without = sum(float(np.log(one.mean())) for one in evidence) + float(np.log(span.count))
    gains = [_likelihood(pages, evidence, rate) - without for rate in RATES]
    best = int(np.argmax(gains))
    if gains[best] < LEAST_GAIN:
        return None
    return [
        _told(one, dense(chances, span) / even, chances.weekday, span)
        for one, chances in zip(_both_ways(pages, evidence, RATES[best]), own, strict=True)
    ]


def _evidence(likelier: Shares) -> Shares:
    """By the day it came out: what it tells of was then or a little before; and it may be out of order."""
    out = likelier + 0.5 * _later(likelier, 1) + 0.1 * _later(likelier, 2)
    made: Shares = (1 - ASTRAY) * out / out.mean() + ASTRAY
    return made


def _later(days: Shares, by: int) -> Shares:
    return np.concatenate([np.zeros(by), days[:-by]])


def _told(out: Shares, own: Shares, weekday: int, span: Span) -> Chances:
    """From the day it came out to the day it tells of."""
    of = sum((share * np.concatenate([out[by:], np.zeros(by)]) for by, share in enumerate(BELATED)), np.zeros(len(out)))
    made = ((1 - UNLISTED) * of + UNLISTED / span.count) * own
    parts: Ints = np.floor(made / made.sum() * MILLION).astype(np.int64)
    return listed(np.arange(span.count), parts, weekday, span)


def _steps(pages: Numbered, rate: float, count: int) -> list[Shares]:
    """For each page after the first, how likely it came out so many days after the one before."""
    days = np.arange(count)
    made = []
    for one, other in zip(pages.number, pages.number[1:], strict=False):
        expected = (other - one) / rate
        weight = 1 / (1 + ((days - expected) / (0.5 * expected + 3)) ** 2)
        made.append(weight / weight.sum())
    return made


def _moved(days: Shares, step: Shares) -> Shares:
    """The chances some days later: a convolution, by Fourier transform."""
    size = 2 * len(days)
    made: Shares = np.fft.irfft(np.fft.rfft(days, size) * np.fft.rfft(step, size), size)[: len(days)]
    return np.asarray(np.maximum(made, 1e-12), np.float64)


def _likelihood(pages: Numbered, evidence: Sequence[Shares], rate: float) -> float:
    return _forward(evidence, _steps(pages, rate, len(evidence[0])))[1]


def _forward(evidence: Sequence[Shares], steps: Sequence[Shares]) -> tuple[list[Shares], float]:
    made: list[Shares] = []
    sum_of_logs = 0.0
    for at, one in enumerate(evidence):
        now = one if not at else one * _moved(made[-1], steps[at - 1])
        whole = float(now.sum())
        sum_of_logs += float(np.log(whole))
        made.append(now / whole)
    return made, sum_of_logs


def _both_ways(pages: Numbered, evidence: Sequence[Shares], rate: float) -> list[Shares]:
    """The chances of each page's day by what comes before and after it."""
    steps = _steps(pages, rate, len(evidence[0]))
    after = np.ones(len(evidence[0]))
    back = [after]
    for at in range(len(evidence) - 1, 0, -1):
        after = _moved((evidence[at] * after)[::-1], steps[at - 1])[::-1]
        after = after / after.sum()
        back.append(after)
    both = [one * other for one, other in zip(_forward(evidence, steps)[0], reversed(back), strict=True)]
    return [one / one.sum() for one in both]
