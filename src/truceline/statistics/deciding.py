"""From intervals and what is known of coverage to one answer, with its reasons and what would change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.statistics.asked import LEAST_BASELINE
from truceline.statistics.power import rate_bound_of_none
from truceline.statistics.predicting import ALPHA, Prediction
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.comparison import Choice, Estimate, Fell

LONG_BASELINE = 28
"""Days of baseline below which the swing of ordinary days is poorly known: four weeks."""


@dataclass(frozen=True)
class Circumstances:
    """What bears on the answer besides the figures. `declared`: coverage rows touch the baseline, the window."""

    baseline_days: int
    eve_days: int
    eve_left_out: int
    eve_only: bool
    declared: tuple[bool, bool]
    sources_changed: int
    constant_sources: int
    worth: float


def decide(low: float, high: float | None, worth: float) -> Fell:
    """Reduced: the interval lies below 1. Not reduced: it rules out a reduction of `worth` or more."""
    if high is not None and high < 1:
        return Fell.REDUCED
    return Fell.NOT_REDUCED if low > 1 - worth else Fell.CANNOT_TELL


def answer_of(choices: Sequence[Choice], known: Circumstances) -> tuple[Fell, tuple[Reason, ...]]:
    """The deciding choice's answer, unless the baseline, the coverage or undated incidents take it away."""
    main, by_name = choices[0], {choice.choice: choice for choice in choices}
    stops = [*_baseline(known, main), *_coverage(known, main, by_name), *_dates(main, by_name)]
    answer = Fell.CANNOT_TELL if stops else main.answer
    return answer, (*_figures(main, known), *stops, *_remarks(known))


def _figures(main: Choice, known: Circumstances) -> list[Reason]:
    values: dict[str, str | int] = {
        "low": f"{main.low:.2f}", "high": "-" if main.high is None else f"{main.high:.2f}",
        "percent": round(100 * known.worth),
    }  # fmt: skip
    code = {
        Fell.REDUCED: "whole_interval_below_one",
        Fell.NOT_REDUCED: "reduction_ruled_out",
        Fell.CANNOT_TELL: "interval_holds_both",
    }[main.answer]
    return [Reason(code, values)]


def _baseline(known: Circumstances, main: Choice) -> list[Reason]:
    if known.eve_only:
        return [Reason("baseline_is_eve", {"days": known.eve_days, "least": LEAST_BASELINE})]
    return [Reason("no_incident_before")] if main.ratio is None else []


def _coverage(known: Circumstances, main: Choice, by_name: Mapping[str, Choice]) -> list[Reason]:
    if known.declared[0] != known.declared[1]:
        return [Reason("coverage_in_one_period", {"period": "baseline" if known.declared[0] else "window"})]
    if known.sources_changed and not known.constant_sources:
        return [Reason("no_constant_source")]
    exposed = by_name.get("per_exposure")
    if exposed is None:
        return [Reason("nothing_watched")] if all(known.declared) else []
    # With other sources the rate for each of them is another mixture: then only its direction can contradict.
    against = exposed.answer is Fell.NOT_REDUCED or exposed.ratio is None or exposed.ratio >= 1
    weaker = not known.sources_changed and exposed.answer is not Fell.REDUCED
    worse = main.answer is Fell.REDUCED and (against or weaker)
    better = main.answer is Fell.NOT_REDUCED and exposed.answer is Fell.REDUCED
    return [Reason("exposure_disagrees", {"ratio": _two(exposed.ratio)})] if worse or better else []


def _dates(main: Choice, by_name: Mapping[str, Choice]) -> list[Reason]:
    worst, best = by_name["doubtful_after"], by_name["doubtful_before"]
    if main.answer is Fell.REDUCED and worst.ratio is not None and worst.ratio >= 1:
        return [Reason("doubtful_incidents_could_undo", {"ratio": _two(worst.ratio)})]
    if main.answer is Fell.NOT_REDUCED and best.answer is Fell.REDUCED:
        return [Reason("doubtful_incidents_could_undo", {"ratio": _two(best.ratio)})]
    return []


def _remarks(known: Circumstances) -> list[Reason]:
    said = []
    if known.eve_left_out:
        said.append(Reason("eve_left_out", {"days": known.eve_left_out}))
    if known.baseline_days < LONG_BASELINE and not known.eve_only:
        said.append(Reason("short_baseline", {"days": known.baseline_days, "least": LONG_BASELINE}))
    if known.sources_changed:
        said.append(Reason("sources_changed", {"n": known.sources_changed, "constant": known.constant_sources}))
    if not any(known.declared):
        said.append(Reason("coverage_unknown"))
    return said


def remarks_on_methods(main: Choice, methods: Sequence[Estimate]) -> list[Reason]:
    """Methods whose interval says otherwise about 1."""
    if main.answer is Fell.REDUCED:
        others = [m.method for m in methods if m.high is not None and m.high >= 1]
    else:
        others = [m.method for m in methods if m.high is not None and m.high < 1]
    return [Reason("methods_differ", {"methods": ", ".join(others)})] if others else []


def none_after(main: Choice, days: int) -> list[Reason]:
    """What a window without any incident bounds."""
    if main.after:
        return []
    return [Reason("no_incident_after", {"days": days, "rate": f"{rate_bound_of_none(days):.2f}"})]


def settles_of(
    main: Choice, prediction: Prediction, days_needed: int | None, known: Circumstances, doubtful: int
) -> tuple[Reason, ...]:
    """What would change the answer: a count, more days, dates, coverage, a baseline."""
    most = prediction.most_for_a_fall(ALPHA)
    count: dict[str, str | int] = {"most": most, "now": f"{main.after:.1f}".removesuffix(".0")}
    said = []
    if main.answer is Fell.REDUCED:
        said.append(Reason("more_would_undo", count))
    else:
        said.append(Reason("fewer_would_show", count) if most >= 0 else Reason("not_even_none_would_show"))
    if main.answer is Fell.CANNOT_TELL and days_needed:
        said.append(Reason("days_would_settle", {"days": days_needed}))
    if doubtful:
        said.append(Reason("dates_would_help", {"n": doubtful}))
    if not all(known.declared):
        said.append(Reason("coverage_would_help"))
    if known.baseline_days < LONG_BASELINE or known.eve_only:
        said.append(Reason("baseline_would_help", {"days": LONG_BASELINE, "eve": known.eve_days}))
    return tuple(said)


def _two(number: float | None) -> str:
    return "-" if number is None else f"{number:.2f}"
