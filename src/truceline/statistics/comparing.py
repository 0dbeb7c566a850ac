"""One indicator, two periods: every figure, choice and method, and the answer.

1. count: sources in both periods, baseline without the eve, days not known drawn   2. swing and memory
3. the deciding interval, and the same under other choices                         4. methods beside it
5. the answer, its reasons, what would change it
"""

from truceline.statistics.asked import Asked
from truceline.statistics.beside import changes_of, days_needed, dispersion_of, methods_of, near_start, pooled_areas
from truceline.statistics.choices import choices_of
from truceline.statistics.counting import Counted
from truceline.statistics.deciding import Circumstances, answer_of, none_after, remarks_on_methods, settles_of
from truceline.statistics.power import rate_bound_of_none
from truceline.statistics.predicting import Prediction
from truceline.statistics.rounding import rounded, rounded_or_none
from truceline.statistics.volatility import volatility
from truceline.vocabulary.columns import Bytes, IncidentColumns
from truceline.vocabulary.comparison import Comparison


def compare_periods(asked: Asked, incidents: IncidentColumns, counts: Bytes) -> Comparison:
    """The whole comparison of one indicator (`counts` of incidents). Periods need two days each."""
    counted = Counted(asked, incidents, counts)
    before, after = counted.pair(counted.summed(counted.cells))
    swings = volatility(before, after)
    prediction = Prediction.of(before, after, swings)
    choices = choices_of(counted, before, after, swings)
    methods = methods_of(counted, choices[0])
    known = circumstances(counted)
    answer, reasons = answer_of(choices, known)
    found = changes_of(counted, swings, before)
    needed = days_needed(counted, choices[0], before, swings)
    beside = (
        *none_after(choices[0], len(after)), *remarks_on_methods(choices[0], methods[1:]), *near_start(counted, found),
    )  # fmt: skip
    return Comparison(
        indicator=asked.indicator,
        answer=answer,
        reasons=(*reasons, *beside),
        settles=settles_of(choices[0], prediction, needed, known, counted.doubtful),
        before=counted.period(counted.baseline),
        after=counted.period(asked.window),
        eve_left_out=known.eve_left_out,
        choices=choices,
        methods=methods,
        dispersion=dispersion_of(counted, swings),
        smallest_reduction=rounded_or_none(prediction.smallest_reduction()),
        rate_bound_of_none=None if choices[0].after else rounded(rate_bound_of_none(len(after))),
        changes=tuple(day.isoformat() for day, _ in found),
        pooling=pooled_areas(counted, swings, before, after),
        sources_constant=counted.panel.constant,
        sources_new=counted.panel.new,
        sources_lost=counted.panel.lost,
        draws=len(before.totals),
        seed=asked.seed,
        daily=counted.told(),
    )


def circumstances(counted: Counted) -> Circumstances:
    """What bears on the answer besides the figures."""
    asked = counted.asked
    return Circumstances(
        baseline_days=counted.baseline[1] - counted.baseline[0],
        eve_days=asked.eve_days,
        eve_left_out=asked.baseline[1] - counted.baseline[1],
        eve_only=counted.eve_only,
        declared=asked.coverage.declared,
        sources_changed=len(counted.panel.lost) + len(counted.panel.new),
        constant_sources=len(counted.panel.constant),
        worth=asked.worth,
    )
