"""What a trace says in another language: from the catalogue `traces`, whose messages are the sentences of clause kinds.

The sentences themselves stand in `compliance`, each with its kind; here are the words around them. Values of a trace
are ids, times, figures and a few words; the words are said in the language too, everything else as it is.
"""

from collections.abc import Mapping

from truceline.publication.languages import REVIEWED, Words, words_for

TRACES = "traces"
OUTCOMES = ("complied", "breached", "excused", "not_in_force", "not_observed", "undecided", "conflict")
VALUES: Mapping[str, tuple[str, ...]] = {
    "aim": ("fewer", "more"),
    "weapons": ("any",),
    "side": ("left", "right", "inside", "outside", "undetermined"),
    "lies": (
        "on it", "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
    ),
}  # fmt: skip
"""By the name of a value, the words that it can be; all else is an id, a time or a figure."""
WHO = "jointly"
LINES = (
    "EXERCISE: all data are invented.",
    "Agreement {pack}, reading {reading}.",
    "As of {as_of}, cut {cut}.",
    "from: {source} [{tag}]",
    "{party}, {start} to {end}",
    "{body}: {outcome}",
    "acts: {ids}",
    "reports: {ids}",
    "and {n} more, see --json",
    "No native speaker has read these words yet.",
)
"""What `why` prints around the sentences."""


def words_of_traces(language: str) -> Words:
    """The words of traces in a language. Raises `TrucelineError` for one that there is no catalogue of."""
    return words_for(language, TRACES)


def said_in(language: str, sentence: str, values: Mapping[str, str | int]) -> str:
    """A sentence of a trace with its values, each isolated from the direction of the sentence."""
    words = words_of_traces(language)
    return words.say(sentence, **{name: _value(words, name, value) for name, value in values.items()})


def outcome_in(language: str, outcome: str) -> str:
    """The name of an outcome, or of who holds it; English as it is written everywhere."""
    return words_of_traces(language).plain(outcome) if outcome in (*OUTCOMES, WHO) else outcome


def is_reviewed(language: str) -> bool:
    """Whether a native speaker has read the words."""
    return language in REVIEWED


def _value(words: Words, name: str, value: str | int) -> str | int:
    return words.plain(value) if isinstance(value, str) and value in VALUES.get(name, ()) else value
