"""What `why` prints: one outcome's clause and its reasons, part by part, in a language."""

from typing import Any

from truceline.cli.printing import plain, say
from truceline.publication.languages import Words
from truceline.publication.traces import is_reviewed, outcome_in, words_of_traces

Told = dict[str, Any]
MOST_IDS = 8


def print_why(told: Told, language: str) -> None:
    """The heading, the clause, and each body's reasons. In English values stand bare, else isolated from the line."""
    words = words_of_traces(language)
    for line in _heading(told, words):
        _say(line, words)
    say()
    clause = told["clause"]
    say(plain(f"{clause['title']} ({', '.join(clause['terms'])}, {clause['instrument']})"))
    _say("    " + words.say("from: {source} [{tag}]", source=clause["source"], tag=clause["tag"]), words)
    _say(words.say("{party}, {start} to {end}", party=told["party"], start=told["from"], end=told["to"]), words)
    for one in told["outcomes"]:
        say()
        body, outcome = (outcome_in(language, one[key]) for key in ("body", "outcome"))
        _say(words.say("{body}: {outcome}", body=body, outcome=outcome), words)
        _print_trace(one["trace"], 1, words, one["body"] != told["outcomes"][0]["body"] or len(told["outcomes"]) == 1)
    if not is_reviewed(language):
        say()
        _say(words.say("No native speaker has read these words yet."), words)


def _heading(told: Told, words: Words) -> list[str]:
    agreement = told["agreement"]
    pack = f"{agreement['pack']} {agreement['version']} ({agreement['digest'][:12]})"
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    exercise = [words.say("EXERCISE: all data are invented.")] if told["exercise"] else []
    return [
        *exercise, words.say("Agreement {pack}, reading {reading}.", pack=pack, reading=told["reading"]),
        words.say("As of {as_of}, cut {cut}.", as_of=told["as_of"], cut=cut),
    ]  # fmt: skip


def _print_trace(trace: Told, depth: int, words: Words, whole: bool = True) -> None:
    """A trace part by part, or only its first sentence: jointly, what each body holds stands below by itself."""
    outcome = f" -> {outcome_in(words.language, trace['outcome'])}" if trace["outcome"] else ""
    _say(f"{'    ' * depth}{trace['says']}{outcome}", words)
    for kind, message in (("acts", "acts: {ids}"), ("reports", "reports: {ids}")):
        if trace[kind]:
            more = len(trace[kind]) - MOST_IDS
            line = words.say(message, ids=", ".join(one[:12] for one in trace[kind][:MOST_IDS]))
            rest = f" {words.say('and {n} more, see --json', n=more)}" if more > 0 else ""
            _say(f"{'    ' * depth}  {line}{rest}", words)
    for part in trace["parts"] if whole else ():
        _print_trace(part, depth + 1, words)


def _say(line: str, words: Words) -> None:
    """A line whose values are clean already. Isolates are of use only where the line runs from right to left."""
    say(line if words.mirrored else plain(line))
