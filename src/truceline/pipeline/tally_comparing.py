"""`compare --tally`: did one source's own daily count fall between two periods?"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from truceline.compliance.areas import Names
from truceline.errors import TrucelineError
from truceline.pipeline.missions import open_mission
from truceline.pipeline.periods import Periods, refuse_shared_days
from truceline.pipeline.plain import about
from truceline.pipeline.questions import Answer, Asked, ask
from truceline.pipeline.tallies import tallies_of
from truceline.publication import comparison_words, source_words
from truceline.statistics.asked import EVE_DAYS, Coverage, Stretch
from truceline.statistics.asked import Asked as Comparing
from truceline.statistics.periods import Days, local_days
from truceline.statistics.tally_series import TallyComparison, TallyDays, compare_tally, enough
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.tally import Tally


def compared_tally(path: Path, asked: Asked, periods: Periods, series: str) -> dict[str, Any]:
    """Compare a series, SOURCE:WHAT as its tallies have it, as plain values. Raises `TrucelineError`.

    1. the source's tallies of that   2. one count a day   3. two periods
    """
    refuse_shared_days(periods)
    source, cut, of = series.partition(":")
    if not cut:
        raise TrucelineError(f"{series!r} names no series.", "Write SOURCE:WHAT, such as vdc:killed.")
    with open_mission(path) as mission:
        answer = ask(mission, asked)
        tallies = tallies_of(mission, asked.reader, answer.size)
    question = answer.evaluated.question
    found = _chosen(tallies, source, of, Names.of(question.agreement), periods.area)
    dates = [pair for pair in (periods.baseline, periods.window, periods.reference) if pair]
    first = min(pair[0] for pair in dates)
    whole = local_days(first, max(pair[1] for pair in dates), question.agreement.zone, question.as_of)
    stretches = [_stretch(pair, first, len(whole)) for pair in dates]
    comparing = Comparing(
        series, whole, stretches[0], stretches[1], np.ones(1, np.bool_), (), _nobody(),
        stretches[2] if len(stretches) > 2 else None,
        EVE_DAYS if periods.eve_days is None else periods.eve_days, periods.worth, periods.seed,
    )  # fmt: skip
    days, left_out = _by_day(found, whole)
    if not enough(comparing, days):
        raise TrucelineError(
            f"{source} counts {of} on fewer than two days of one of the periods.",
            "Give other days, or a later --as-of.",
        )
    return _plain(answer, periods, comparing, compare_tally(comparing, days), left_out)


def _nobody() -> Coverage:
    return Coverage(np.zeros((0, 0), np.int64), np.zeros((0, 0), np.bool_))


def _chosen(tallies: Iterable[Tally], source: str, of: str, names: Names, area: str | None) -> list[Tally]:
    """Its tallies of that, of one area or of all. Raises `TrucelineError` where areas overlap, or there is none."""
    given = [one for one in tallies if one.source == source]
    found = [one for one in given if one.of == of and one.best is not None]
    if area is not None:
        wanted = names.row(area)
        found = [
            one
            for one in found
            if one.area == area
            or (wanted is not None and (row := names.row(one.area)) is not None and (row == wanted).all())
        ]
    if not found:
        others = sorted({one.of for one in given})
        known = f"It counts: {', '.join(others[:20])}." if others else "See `truceline sources` for the sources."
        raise TrucelineError(f"{source} counts no {of!r}{' there' if area else ''}.", known)
    _refuse_overlapping_areas({one.area for one in found}, names)
    return found


def _refuse_overlapping_areas(areas: set[str], names: Names) -> None:
    rows = [row for area in sorted(areas) if (row := names.row(area)) is not None]
    whole = "" in areas and len(areas) > 1
    if whole or (rows and int(np.sum(rows, axis=0).max()) > 1):
        raise TrucelineError(
            f"This series counts areas that overlap: {', '.join(sorted(a or 'the whole' for a in areas)[:20])}.",
            "Name one with --area: a whole and its parts are never added.",
        )


def _stretch(pair: tuple[date, date], first: date, days: int) -> Stretch:
    return (pair[0] - first).days, max(min((pair[1] - first).days + 1, days), (pair[0] - first).days)


def _by_day(tallies: Iterable[Tally], whole: Days) -> tuple[TallyDays, int]:
    """Counts a day, areas of the source added, and how many run over more than one day. Raises `TrucelineError`."""
    sums = [np.zeros(len(whole)) for _ in range(3)]
    told = np.zeros(len(whole), np.bool_)
    seen: set[tuple[int, str]] = set()
    left_out = 0
    for one in tallies:
        day = _day_of(one, whole.edges)
        if day is None:
            left_out += one.start_us < int(whole.edges[-1]) and one.end_us > int(whole.edges[0])
            continue
        if (day, one.area) in seen:
            raise TrucelineError(
                f"{one.source} counts {one.of} twice for one day ({one.source_row}).",
                "A day that is counted twice cannot be compared: take in a revision of one of the two rows.",
            )
        seen.add((day, one.area))
        told[day] = True
        low, high = one.figure().bounds()
        assert one.best is not None
        for column, number in zip(sums, (low, one.best, one.best if high is None else high), strict=True):
            column[day] += number
    return TallyDays(sums[0], sums[1], sums[2], told), left_out


def _day_of(tally: Tally, edges: Ints) -> int | None:
    first = int(np.searchsorted(edges, tally.start_us, side="right")) - 1
    last = int(np.searchsorted(edges, tally.end_us, side="left")) - 1
    return first if first == last and 0 <= first < len(edges) - 1 else None


def _sentence(reason: Reason) -> str:
    known = reason.code in source_words.CODES
    return source_words.sentence(reason) if known else comparison_words.sentence(reason)


def _plain(answer: Answer, periods: Periods, asked: Comparing, found: TallyComparison, left_out: int) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(found)
    plain["reasons"] = [_sentence(reason) for reason in found.reasons]
    plain["codes"] = [reason.code for reason in found.reasons]
    plain["tallies_of_several_days"] = left_out
    spoken = {"window": periods.window, "baseline": periods.baseline, "reference": periods.reference}
    return {
        **about(answer),
        "asked": {
            **{
                name: None if pair is None else {"from": pair[0].isoformat(), "to": pair[1].isoformat()}
                for name, pair in spoken.items()
            },
            "area": periods.area, "eve_days": asked.eve_days, "reduction": asked.worth, "seed": asked.seed,
        },
        "registered_before": False,
        "tally": plain,
    }  # fmt: skip
