"""What each reason of a comparison says, in English, and the names of choices and methods."""

from truceline.vocabulary.assessment import Reason

SENTENCES: dict[str, str] = {
    "whole_interval_below_one": "The whole interval, {low} to {high}, lies below 1.",
    "reduction_ruled_out": "The interval, {low} to {high}, rules out a reduction of {percent} % or more.",
    "interval_holds_both": "The interval, {low} to {high}, holds both 1 and a reduction of {percent} % or more.",
    "baseline_is_eve": "Fewer than {least} days of the baseline lie before the eve (the last {days} days before the"
    " window): violence often rises then, and such a baseline flatters what follows.",
    "no_incident_before": "No incident that surely counts lies in the baseline: there is nothing to compare with.",
    "coverage_in_one_period": "Only for the {period} does anybody say who watched.",
    "no_constant_source": "No source is known to have been there in both periods: silence is not peace.",
    "nothing_watched": "In one of the periods nobody watched any area long enough.",
    "exposure_disagrees": "Counted for each source, area and day watched, the answer is another (ratio {ratio}).",
    "doubtful_incidents_could_undo": "Incidents whose day, place or scope is not known could turn it over"
    " (ratio {ratio}).",
    "eve_left_out": "Days of the eve left out of the baseline: {days}.",
    "short_baseline": "The baseline has {days} days; with fewer than {least} the swing of ordinary days is poorly known.",  # noqa: E501
    "sources_changed": "Sources in one period only: {n}. Decided on those in both: {constant}.",
    "coverage_unknown": "Nobody says who watched in either period: this compares what was reported.",
    "methods_differ": "By these methods the interval says otherwise: {methods}.",
    "more_would_undo": "With more than {most} incidents in the window it would not be called a reduction (now: {now}).",
    "fewer_would_show": "With at most {most} incidents in the window it would be called a reduction (now: {now}).",
    "not_even_none_would_show": "Not even a window without any incident would be called a reduction: it is too short"
    " for so low a rate.",
    "days_would_settle": "If both rates stayed as they are, about {days} days of window would settle it.",
    "dates_would_help": "Closer dates and places of {n} incidents would narrow it.",
    "coverage_would_help": "Coverage rows for both periods would say whether fewer were seen or fewer happened.",
    "baseline_would_help": "A baseline of at least {days} days that ends {eve} days before the window would make it"
    " firmer.",
    "change_near_start": "The series itself changes level on {day}, downwards, close to the start.",
    "change_up_near_start": "The series itself changes level on {day}, upwards, close to the start.",
    "no_change_near_start": "The series shows no change of level close to the start.",
    "no_incident_after": "No incident in {days} days: the true rate is at most {rate} a day (95 %, if incidents came"
    " independently).",
    "not_registered_reading": "The reading is not the registered one.",
    "not_registered_periods": "No comparison of the agreement names these periods, indicators and places alike.",
    "registered_late": "The record does not show that they were entered before the window began.",
    "parameters_changed": "Options other than the usual were given: {options}.",
    "registered_before": "The periods stand in the agreement as the comparison {comparison}, entered before the window"
    " began.",
}
"""Code -> sentence; values in braces."""

CHOICES: dict[str, str] = {
    "deciding": "as decided on",
    "with_the_eve": "baseline with the eve",
    "without_the_eve": "baseline without the eve",
    "constant_sources": "sources there in both periods",
    "all_sources": "all sources",
    "per_exposure": "for each source, area and day watched",
    "dated_to_one_day": "only incidents of one known day and place",
    "doubtful_before": "all doubtful incidents before",
    "doubtful_after": "all doubtful incidents after",
    "inside": "inside the agreement's areas",
    "elsewhere": "elsewhere",
    "reference": "against the reference period",
}
METHODS: dict[str, str] = {
    "predictive": "negative binomial with memory (decides)",
    "quasi_poisson": "quasi-Poisson",
    "negative_binomial": "negative binomial, days independent",
    "newey_west": "Newey-West (HAC)",
    "block_bootstrap": "moving-block bootstrap",
}


def sentence(reason: Reason) -> str:
    """The reason in English. Raises `KeyError` for a code without words, which is our own mistake."""
    return SENTENCES[reason.code].format(**reason.values)
