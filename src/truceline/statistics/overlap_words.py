"""What is said of effort, and of a count compared with itself, in English.

What any comparison says has its words in `publication/comparison_words.py`.
"""

from truceline.vocabulary.assessment import Reason

SENTENCES: dict[str, str] = {
    "source_begins": "{source} first reports on {day} ({n} reports in these days): a rise from then on may be its"
    " arrival.",
    "source_ends": "{source} last reports on {day} ({n} reports in these days): a fall from then on may be its"
    " silence.",
    "source_trebles": "{source} gives {now} reports in {period}, after {before}: three times as many a day or more.",
    "rise_with_arrivals": "{period}: reports rise from {before} to {now}, those of the sources there in both from"
    " {constant_before} to {constant_now}: the rise may be the arrival of {sources}.",
    "fall_with_silence": "{period}: reports fall from {before} to {now}, those of the sources there in both from"
    " {constant_before} to {constant_now}: the fall may be the silence of {sources}.",
    "more_hours_watched": "{period}: reports rise, and so do the hours watched, from {before} to {now}.",
    "fewer_hours_watched": "{period}: reports fall, and so do the hours watched, from {before} to {now}.",
    "tally_nothing_before": "The source counts nothing in the baseline: there is nothing to compare with.",
    "tally_days_not_told": "Days of which the source says nothing, left out: {days}.",
    "tally_is_a_count": "This is the source's own count, compared with itself: no incidents, and added to nothing.",
}
"""Code -> sentence; values in braces."""


def sentence(reason: Reason) -> str:
    """The reason in English. Raises `KeyError` for a code without words, which is our own mistake."""
    return SENTENCES[reason.code].format(**reason.values)
