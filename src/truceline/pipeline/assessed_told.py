"""`assess` and `why` as plain values: outcomes by obligation, party and period, and the reasons for one of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from truceline.compliance.assessing import explained
from truceline.compliance.trace_words import sentence_for, words_of
from truceline.errors import ValueNotRead
from truceline.pipeline.assessing import Answered, Period, Wanted, assessed, finders
from truceline.pipeline.questions import Asked
from truceline.pipeline.views import opened_for
from truceline.publication.traces import said_in
from truceline.vocabulary.agreement import Agreement, Text
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
JOINTLY = "jointly"
"""What stands for a body where all co-chairs are meant."""


def assessed_told(path: Path, asked: Asked, wanted: Wanted, outcome: str = "") -> Plain:
    """One row for each obligation, party and period that was wanted: the joint outcome, and each body's own."""
    with opened_for(path, asked) as mission:
        answered = assessed(mission, asked, wanted)
        rows = [one for one in rows_of(answered, wanted.party) if outcome in ("", one["outcome"], *one["by"].values())]
        return heading(answered) | {
            "assessments": rows, "says": "" if rows else _nothing(answered, outcome),
            "unattributed": answered.assessed.unattributed,
        }  # fmt: skip


def why_told(path: Path, asked: Asked, name: str, language: str = "en") -> Plain:
    """The reasons for one assessment, as every body holds it and jointly, or as the one that is named.

    Sentences, and what the pack says in that language too, are in the language; codes and ids are not.
    """
    with opened_for(path, asked) as mission:
        wanted = named(name)
        answered = assessed(mission, asked, wanted)
        question = answered.meant.question
        agreement, zone, period = question.agreement, question.agreement.zone, answered.periods[0]
        obligation = next(one for one in agreement.obligations if one.id == wanted.obligation)
        bodies = [wanted.body] if wanted.body else [JOINTLY, *finders(agreement)]
        judged = {
            body: explained(
                answered.assessed,
                answered.matters,
                obligation.id,
                wanted.party,
                period,
                None if body == JOINTLY else body,
            )
            for body in bodies
        }
        return heading(answered) | {
            "assessment": name_of(obligation.id, wanted.party, period, zone, wanted.body),
            "clause": _clause(obligation, agreement, language), "party": wanted.party,
            "from": iso(period[0], zone), "to": iso(period[1], zone),
            "outcomes": [_outcome(body, one, obligation.kind, language) for body, one in judged.items()],
        }  # fmt: skip


def heading(answered: Answered) -> Plain:
    """What was asked, and the versions that were used."""
    meant = answered.meant
    agreement = meant.question.agreement
    return {
        "exercise": answered.exercise, "audience": meant.asked.reader.audience.value,
        "agreement": {
            "pack": agreement.pack, "version": agreement.version, "digest": meant.registered.pack.digest,
        },
        "reading": meant.question.reading.id, "as_of": iso(meant.question.as_of, agreement.zone),
        "cut": answered.cut, "view": meant.asked.view,
    }  # fmt: skip


def told_by_name_only(one: Obligation, outcomes: set[str]) -> bool:
    """Who accepted nothing is told to who asks for that party: side by side they would be a list of whom to strike."""
    if one.kind == "acceptance":
        return outcomes <= {"not_in_force", "not_observed"}
    return one.binds == "accepted" and outcomes == {"not_in_force"}


def rows_of(answered: Answered, party: str = "") -> Iterator[Plain]:
    """One row for each obligation, party (or only this one) and period, but for those that are told by name only."""
    only = party
    agreement = answered.meant.question.agreement
    by_cell: dict[tuple[str, str, Period], dict[str, str]] = {}
    for obligation, party, period, body, outcome in answered.assessed.rows():
        if only in ("", party):
            by_cell.setdefault((obligation, party, period), {})[body or JOINTLY] = outcome.value
    obligations = {one.id: one for one in agreement.obligations}
    for (obligation, party, period), outcomes in by_cell.items():
        one = obligations[obligation]
        if not only and told_by_name_only(one, set(outcomes.values())):
            continue
        yield {
            "assessment": name_of(obligation, party, period, agreement.zone), "obligation": obligation,
            "title": one.title["en"], "terms": list(one.terms), "kind": one.kind, "party": party,
            "from": iso(period[0], agreement.zone), "to": iso(period[1], agreement.zone),
            "outcome": outcomes[JOINTLY], "by": {body: outcomes[body] for body in finders(agreement)},
        }  # fmt: skip


def name_of(obligation: str, party: str, period: Period, zone: str, body: str = "") -> str:
    """What an assessment is called: OBLIGATION/PARTY/FROM/TO, and the body where it is one body's own."""
    parts = [obligation, party, iso(period[0], zone), iso(period[1], zone)]
    return "/".join([*parts, body] if body else parts)


def named(text: str) -> Wanted:
    """The assessment of that name. Raises `ValueNotRead`."""
    parts = text.split("/")
    if len(parts) not in (2, 4, 5):
        raise ValueNotRead(f"{text!r} names no assessment.", "Copy a name that `truceline assess --json` prints.")
    obligation, party, start, end, body = (*parts, "", "", "")[:5]
    return Wanted(obligation, party, body, "", start, end)


def _nothing(answered: Answered, outcome: str) -> str:
    agreement = answered.meant.question.agreement
    if not agreement.obligations:
        return f"The agreement pack {agreement.pack!r} executes no obligations."
    return f"Nothing has the outcome {outcome}." if outcome else "No obligation binds anybody that was asked for."


def _clause(one: Obligation, agreement: Agreement, language: str) -> Plain:
    terms = [term for term in agreement.terms if term.id in one.terms]
    return {
        "id": one.id, "title": _text(one.title, language), "terms": list(one.terms), "instrument": one.instrument,
        "kind": one.kind, "source": one.cited.source, "tag": one.cited.tag, "note": one.note,
        "says": [_text(term.paraphrase, language) for term in terms],
        "words": [term.words for term in terms if term.words],
    }  # fmt: skip


def _text(text: Text, language: str) -> str:
    return text.get(language) or text["en"]


def _outcome(body: str, judged: Judged, kind: str, language: str) -> Plain:
    return {"body": body, "outcome": judged.outcome.value, "trace": trace_told(judged.trace, kind, language)}


def trace_told(trace: Trace, kind: str, language: str = "en") -> Plain:
    """A trace with its words in a language, part by part. In English values stand bare, else isolated."""
    sentence = sentence_for(trace.code, kind)
    bare = language == "en" or sentence is None
    return {
        "code": trace.code, "says": words_of(trace, kind) if bare else said_in(language, sentence or "", trace.values),
        "values": dict(trace.values),
        "outcome": trace.outcome.value if trace.outcome else "", "acts": list(trace.acts),
        "reports": list(trace.reports), "parts": [trace_told(part, kind, language) for part in trace.parts],
    }  # fmt: skip
