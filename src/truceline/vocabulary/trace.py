"""The reasons for an outcome as a tree that can be read aloud, and the outcome they are reasons for."""

from msgspec import Struct

from truceline.vocabulary.assessment import Outcome


class Trace(Struct, frozen=True):
    """One reason and what it rests on: a code of the trace sentences, the values the sentence names, and its parts.

    outcome: what this part alone would give, where it gives one. acts, reports: ids that it names.
    """

    code: str
    values: dict[str, str | int] = {}
    outcome: Outcome | None = None
    parts: tuple["Trace", ...] = ()
    acts: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


class Judged(Struct, frozen=True):
    """What follows for one obligation, party, period and body, with its reasons."""

    outcome: Outcome
    trace: Trace
