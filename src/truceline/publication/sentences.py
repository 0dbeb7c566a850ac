"""What each reason says, in words: every code the ledger and the clocks give, in every language.

A reason names values; a message names the same in braces. Strings that are ids (areas, bodies) are
replaced by their names where `names` holds one. An unknown code is our own mistake: AssertionError.
"""

import re
from collections.abc import Mapping

from truceline.publication.languages import Words, mark, mark_many, words_for
from truceline.publication.markup import ISOLATE, POP, Said
from truceline.publication.times import day_words, utc_stamp
from truceline.vocabulary.assessment import ClockState, Reason, Verdict

PLAIN: dict[str, str] = {
    "incidents_maybe": mark("Between {low} and {high} incidents may have happened here; allowed: {threshold}."),
    "not_covered": mark(
        "Watched long enough by {sources} of the {needed} independent sources needed, {hours} hours each:"
        " nobody can say that nothing happened."
    ),
    "stopped": mark("Monitors were stopped: {sources}."),
    "silent": mark("Could watch but did not report: {sources}."),
    "day_not_over": mark("The day was not over at the as-of time."),
    "covered": mark("Watched long enough by {sources} independent sources; needed: {needed}, {hours} hours each."),
    "nothing_known": mark("Nothing was reported, and nobody says they watched."),
    "run_quiet": mark("Every day and area of the run is quiet. Days: {days}."),
    "run_undecided": mark("Nobody can tell whether the run is unbroken. Days: {days}."),
    "run_met_from": mark("A run of quiet days as long as asked began on {day}. Days: {days}."),
    "reset_on": mark("Set back on {day}."),
    "lapsed_no_extension": mark("Lapsed at {end}: no extension was declared by all who must."),
    "extended_until": mark("Extended until {end} by {by}."),
    "contested_by": mark("{a} and {b} say different things."),
    "asserted_by_one": mark("Said by {by} alone; it needs {needs}."),
    "awaits_declaration": mark("A declaration by {by} is awaited."),
    "awaits_condition": mark("A further condition is not met yet: {condition}."),
    "needs_coverage": mark("Coverage rows for {area} that show enough watching would settle it. Days without: {days}."),
    "needs_agreement": mark("These must agree: {bodies}."),
    "not_started": mark("Starts at {start}."),
    "declared_by": mark("Declared by {by}."),
    "declared_by_some": mark("{by} has declared it met; not all who must have."),
    "declared_not_met_by": mark("Declared not met by {by}."),
    "elapsed": mark("Whole days since the start or the last agreed setback: {days}."),
    "window_fixed": mark("The window is fixed: a day that is not quiet does not start it again."),
    "no_figures": mark("No day of the window is over yet."),
}
"""Code -> message without a number that bends the sentence."""

COUNTED: dict[str, tuple[str, str]] = {
    "incidents_surely": mark_many(
        "{n} incident surely happened here; allowed: {threshold}.",
        "{n} incidents surely happened here; allowed: {threshold}.",
    ),
    "maybe_because_time": mark_many(
        "{n} incident may belong to another day: its time is not known closely enough.",
        "{n} incidents may belong to another day: their times are not known closely enough.",
    ),
    "maybe_because_place": mark_many(
        "{n} incident may belong elsewhere: its place is not known closely enough.",
        "{n} incidents may belong elsewhere: their places are not known closely enough.",
    ),
    "maybe_because_scope": mark_many(
        "{n} incident may not count: its sides, kind or number of killed are not known well enough.",
        "{n} incidents may not count: their sides, kinds or numbers of killed are not known well enough.",
    ),
    "maybe_because_same": mark_many(
        "{n} incident may be the same as another that is counted; nobody has settled it.",
        "{n} incidents may be the same as others that are counted; nobody has settled it.",
    ),
    "stopped": mark_many("Monitors of {n} source were stopped.", "Monitors of {n} sources were stopped."),
    "silent": mark_many("{n} source could watch but did not report.", "{n} sources could watch but did not report."),
    "incidents_surely_in_window": mark_many(
        "{n} incident surely fell in the window; that alone does not break the run.",
        "{n} incidents surely fell in the window; that alone does not break the run.",
    ),
    "run_broken_by": mark_many(
        "{n} incident that counts surely fell in the window.",
        "{n} incidents that count surely fell in the window.",
    ),
    "run_broken_by/area": mark_many(
        "{n} incident that counts surely fell in the window in {area}.",
        "{n} incidents that count surely fell in the window in {area}.",
    ),
    "broken_in_no_single_day": mark_many(
        "{n} incident surely fell in the window, but surely in no single day of it: the day boundary at {boundary}"
        " cuts date-only reports in two.",
        "{n} incidents surely fell in the window, each surely in no single day of it: the day boundary at {boundary}"
        " cuts date-only reports in two.",
    ),
}
"""Code -> message that bends with the number `n` (for stopped and silent: with `sources`, if that is a number)."""

VERDICTS = {
    Verdict.QUIET: mark("quiet"),
    Verdict.NOT_QUIET: mark("not quiet"),
    Verdict.CANNOT_TELL: mark("cannot tell"),
}

STATES = {
    ClockState.NOT_STARTED: mark("not started"),
    ClockState.RUNNING: mark("running"),
    ClockState.RESET: mark("set back"),
    ClockState.LAPSED: mark("lapsed"),
    ClockState.CONTESTED: mark("contested"),
    ClockState.CANNOT_TELL: mark("cannot tell"),
    ClockState.NOT_MET: mark("not met"),
    ClockState.MET_PENDING: mark("met on the figures, declaration pending"),
    ClockState.DECLARED: mark("declared"),
}

INSTANTS = frozenset({"start", "end", "day"})
"""Values that are instants or dates."""

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2})?(Z|[+-]\d{2}:\d{2})?)?")

SAYINGS = {
    "counts": mark("what is counted"),
    "holds": mark("it holds"),
    "broken": mark("it is broken"),
    "met": mark("it is met"),
}
"""What a body, or the figures, say of a clock (`ClockView.says`)."""

CODES = frozenset(PLAIN) | {code for code in COUNTED if "/" not in code}
"""Every code that has words."""


def said(reason: Reason, words: Words, names: Mapping[str, str] | None = None) -> Said:
    """The reason as a sentence of a page, its values isolated."""
    assert reason.code in CODES, f"the reason {reason.code!r} has no words"
    values = {key: _named(key, value, names or {}, words) for key, value in reason.values.items()}
    n = values.pop("n", None)
    if isinstance(values.get("sources"), int) and reason.code in {"stopped", "silent"}:
        n = values.pop("sources")
    if reason.code in COUNTED and isinstance(n, int):
        one, several = COUNTED[reason.code + "/area" if "area" in values else reason.code]
        return words.many(one, several, n, **values)
    return words.say(PLAIN[reason.code], **values)


def say(reason: Reason, language: str, names: Mapping[str, str] | None = None) -> str:
    """The reason as a sentence for a terminal. Raises AssertionError for a code without words."""
    sentence = str(said(reason, words_for(language), names))
    return sentence.replace(ISOLATE, "").replace(POP, "")


def verdict_word(verdict: Verdict, language: str) -> str:
    """The verdict in words."""
    return str(words_for(language).say(VERDICTS[verdict]))


def state_word(state: ClockState, language: str) -> str:
    """The state of a clock in words."""
    return str(words_for(language).say(STATES[state]))


def _named(key: str, value: str | int, names: Mapping[str, str], words: Words) -> str | int:
    """An id by its name, several joined by ", " each by theirs; an instant or a date in words."""
    if key in INSTANTS:
        return _when(value, words)
    if key == "boundary" and isinstance(value, str):
        return f"{value[:-1]} UTC" if value.endswith("Z") else value
    if isinstance(value, int) or value in names:
        return value if isinstance(value, int) else names[value]
    return words.plain(", ").join(names.get(part, part) for part in value.split(", "))


def _when(value: str | int, words: Words) -> str:
    """UTC microseconds, or ISO text: a date, or a time with its offset or none. Any other text as it is."""
    text = utc_stamp(value) if isinstance(value, int) else value
    found = _ISO.fullmatch(text)
    if not found:
        return text
    day, hour, offset = day_words(words, found[1]), found[2], found[3]
    if offset:
        hour += " UTC" if offset == "Z" else f" (UTC{offset})"
    return words.plain("{day}, {hour}", day=day, hour=hour) if hour else day
