"""What is said of effort, and of a count compared with itself: every reason in words, in every language.

A reason names values; a message names the same in braces. What any comparison says stands in `comparison_words`.
"""

from datetime import date, timedelta

from truceline.publication.languages import Words, mark, words_for
from truceline.publication.markup import ISOLATE, POP, Said
from truceline.publication.times import day_words
from truceline.vocabulary.assessment import Reason

PLAIN: dict[str, str] = {
    "source_begins": mark(
        "{source} first reports on {day} ({n} reports in these days): a rise from then on may be its arrival."
    ),
    "source_ends": mark(
        "{source} last reports on {day} ({n} reports in these days): a fall from then on may be its silence."
    ),
    "source_trebles": mark(
        "{source} gives {now} reports in {period}, after {before}: three times as many a day or more."
    ),
    "rise_with_arrivals": mark(
        "{period}: reports rise from {before} to {now}, those of the sources there in both from {constant_before} to"
        " {constant_now}: the rise may be the arrival of {sources}."
    ),
    "fall_with_silence": mark(
        "{period}: reports fall from {before} to {now}, those of the sources there in both from {constant_before} to"
        " {constant_now}: the fall may be the silence of {sources}."
    ),
    "more_hours_watched": mark("{period}: reports rise, and so do the hours watched, from {before} to {now}."),
    "fewer_hours_watched": mark("{period}: reports fall, and so do the hours watched, from {before} to {now}."),
    "tally_nothing_before": mark("The source counts nothing in the baseline: there is nothing to compare with."),
    "tally_days_not_told": mark("Days of which the source says nothing, left out: {days}."),
    "tally_is_a_count": mark(
        "This is the source's own count, compared with itself: no incidents, and added to nothing."
    ),
}
"""Code -> message."""

CODES = frozenset(PLAIN)


def told(reason: Reason, words: Words, between: tuple[str, str]) -> Said:
    """The reason as a sentence of a page, its values isolated, days and periods in words. Unknown code: `KeyError`."""
    values = dict(reason.values)
    if isinstance(day := values.get("day"), str):
        values["day"] = day_words(words, day)
    if isinstance(period := values.get("period"), str):
        values["period"] = period_words(words, period, between)
    return words.say(PLAIN[reason.code], **values)


def period_words(words: Words, name: str, between: tuple[str, str]) -> str:
    """A week (2016-W08) or month (2016-02) in words, cut off where the span `between` is; a day as such."""
    year, week, number = name.partition("-W")
    if week:
        first = date.fromisocalendar(int(year), int(number), 1)
        last = first + timedelta(days=6)
    elif len(name) == len("2016-02"):
        first = date.fromisoformat(f"{name}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        return day_words(words, name)
    days = max(first.isoformat(), between[0]), min(last.isoformat(), between[1])
    if days[0] == days[1]:
        return day_words(words, days[0])
    return words.plain("{first} to {last}", first=day_words(words, days[0]), last=day_words(words, days[1]))


def sentence(reason: Reason, language: str = "en") -> str:
    """The reason as a sentence for a terminal, its day as YYYY-MM-DD."""
    said = words_for(language).say(PLAIN[reason.code], **reason.values)
    return str(said).replace(ISOLATE, "").replace(POP, "")
