"""What a comparison says in words: every reason of `statistics` and of its registration, in every language.

A reason names values; a message names the same in braces. An unknown code is our own mistake: AssertionError.
"""

from collections.abc import Mapping

from truceline.publication.languages import Words, mark, mark_many, words_for
from truceline.publication.markup import ISOLATE, POP, Said
from truceline.publication.times import day_words
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.comparison import Fell

PLAIN: dict[str, str] = {
    "whole_interval_below_one": mark("The whole interval, {low} to {high}, lies below 1."),
    "reduction_ruled_out": mark("The interval, {low} to {high}, rules out a reduction of {percent} % or more."),
    "interval_holds_both": mark("The interval, {low} to {high}, holds both 1 and a reduction of {percent} % or more."),
    "baseline_is_eve": mark(
        "Fewer than {least} days of the baseline lie before the eve (the last {days} days before the window):"
        " violence often rises then, and such a baseline flatters what follows."
    ),
    "no_incident_before": mark(
        "No incident that surely counts lies in the baseline: there is nothing to compare with."
    ),
    "coverage_in_one_period": mark("Only for the {period} does anybody say who watched."),
    "no_constant_source": mark("No source is known to have been there in both periods: silence is not peace."),
    "nothing_watched": mark("In one of the periods nobody watched any area long enough."),
    "exposure_disagrees": mark("Counted for each source, area and day watched, the answer is another (ratio {ratio})."),
    "doubtful_incidents_could_undo": mark(
        "Incidents whose day, place or scope is not known could turn it over (ratio {ratio})."
    ),
    "eve_left_out": mark("Days of the eve left out of the baseline: {days}."),
    "short_baseline": mark(
        "The baseline has {days} days; with fewer than {least} the swing of ordinary days is poorly known."
    ),
    "sources_changed": mark("Sources in one period only: {n}. Decided on those in both: {constant}."),
    "coverage_unknown": mark("Nobody says who watched in either period: this compares what was reported."),
    "methods_differ": mark("By these methods the interval says otherwise: {methods}."),
    "more_would_undo": mark(
        "With more than {most} incidents in the window it would not be called a reduction (now: {now})."
    ),
    "fewer_would_show": mark(
        "With at most {most} incidents in the window it would be called a reduction (now: {now})."
    ),
    "not_even_none_would_show": mark(
        "Not even a window without any incident would be called a reduction: it is too short for so low a rate."
    ),
    "days_would_settle": mark("If both rates stayed as they are, about {days} days of window would settle it."),
    "coverage_would_help": mark("Coverage rows for both periods would say whether fewer were seen or fewer happened."),
    "baseline_would_help": mark(
        "A baseline of at least {days} days that ends {eve} days before the window would make it firmer."
    ),
    "change_near_start": mark("The series itself changes level on {day}, downwards, close to the start."),
    "change_up_near_start": mark("The series itself changes level on {day}, upwards, close to the start."),
    "no_change_near_start": mark("The series shows no change of level close to the start."),
    "no_incident_after": mark(
        "No incident in {days} days: the true rate is at most {rate} a day (95 %, if incidents came independently)."
    ),
    "not_registered_reading": mark("The reading is not the registered one."),
    "not_registered_periods": mark("No comparison in the record names these periods, indicators and places alike."),
    "registered_late": mark("The record does not show that they were entered before the window began."),
    "window_not_over": mark(
        "The window is not over: {days} of its {of} days. What was registered is the answer at its end."
    ),
    "parameters_changed": mark("Options other than the usual were given: {options}."),
    "registered_before": mark("Entered in the record as the comparison {comparison} before the window began."),
}
"""Code -> message without a number that bends the sentence."""

COUNTED: dict[str, tuple[str, str]] = {
    "dates_would_help": mark_many(
        "A closer date and place of {n} incident would narrow it.",
        "Closer dates and places of {n} incidents would narrow it.",
    ),
}
"""Code -> message that bends with the number `n`."""

CODES = frozenset(PLAIN) | frozenset(COUNTED)

ANSWERS: dict[Fell, str] = {
    Fell.REDUCED: mark("reduced"),
    Fell.NOT_REDUCED: mark("not reduced"),
    Fell.CANNOT_TELL: mark("cannot tell"),
}
PERIODS = {"baseline": mark("baseline"), "window": mark("window")}
CHOICES: dict[str, str] = {
    "deciding": mark("as decided on"),
    "with_the_eve": mark("baseline with the eve"),
    "without_the_eve": mark("baseline without the eve"),
    "constant_sources": mark("sources there in both periods"),
    "all_sources": mark("all sources"),
    "per_exposure": mark("for each source, area and day watched"),
    "dated_to_one_day": mark("only incidents of one known day and place"),
    "doubtful_before": mark("all doubtful incidents before"),
    "doubtful_after": mark("all doubtful incidents after"),
    "inside": mark("inside the agreement's areas"),
    "elsewhere": mark("elsewhere"),
    "reference": mark("against the reference period"),
}
METHODS: dict[str, str] = {
    "predictive": mark("negative binomial with memory (decides)"),
    "quasi_poisson": mark("quasi-Poisson"),
    "negative_binomial": mark("negative binomial, days independent"),
    "newey_west": mark("Newey-West (HAC)"),
    "block_bootstrap": mark("moving-block bootstrap"),
}


def told(reason: Reason, words: Words, names: Mapping[str, str] | None = None) -> Said:
    """The reason as a sentence of a page, its values isolated. `names`: titles of comparisons by id."""
    assert reason.code in CODES, f"the reason {reason.code!r} has no words"
    values = {key: _named(key, value, words, names or {}) for key, value in reason.values.items()}
    if reason.code in COUNTED:
        return words.many(*COUNTED[reason.code], int(values["n"]))
    return words.say(PLAIN[reason.code], **values)


def sentence(reason: Reason, language: str = "en") -> str:
    """The reason as a sentence for a terminal."""
    return str(told(reason, words_for(language))).replace(ISOLATE, "").replace(POP, "")


def _named(key: str, value: str | int, words: Words, names: Mapping[str, str]) -> str | int:
    """Dates in words, methods and periods by their names, a limit that there is not as such."""
    if isinstance(value, int):
        return value
    if key == "day":
        return day_words(words, value)
    if key == "methods":
        return words.plain(", ").join(words.plain(METHODS[part]) for part in value.split(", "))
    if key == "period":
        return words.plain(PERIODS[value])
    if key == "high" and value == "-":
        return words.plain("no end")
    return names.get(value, value) if key == "comparison" else value
