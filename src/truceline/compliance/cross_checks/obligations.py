"""What a pack executes of its text: obligations, the lines they are measured from, watchers, and what does not run.

A rule is read into the struct of its clause kind here, so that a wrong field is named with its line. What is only
recalled is refused: it is shown, and not executed until somebody has read it again.
"""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from truceline.compliance.cross_checks.pointing import (
    Wrong,
    all_known,
    executed,
    known,
    runs_forward,
    some_known,
    used_once,
    used_once_in,
)
from truceline.compliance.cross_checks.stack import CIVILIANS
from truceline.compliance.kinds import KINDS
from truceline.compliance.rule_paths import path_in, sentence_of
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.codes import codes
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.plain_yaml import Path


def obligations(agreement: Agreement) -> Iterator[Wrong]:
    """Everything an obligation names exists, none of it is recalled, and its rule is one of its kind."""
    yield from used_once("obligations", [one.id for one in agreement.obligations])
    obliged = {party.id for party in agreement.parties} | {body.id for body in agreement.bodies}
    ids = {one.id for one in agreement.obligations}
    for i, one in enumerate(agreement.obligations):
        at: Path = ("obligations", i)
        yield from known((*at, "instrument"), one.instrument, {text.id for text in agreement.instruments}, "instrument")
        yield from executed((*at, "terms"), one.terms, agreement)
        yield from some_known((*at, "obliged"), one.obliged, obliged, "party or body")
        yield from runs_forward(at, one.from_, one.to, agreement.zone)
        yield from all_known((*at, "areas"), one.areas, areas_of(agreement), "area")
        yield from all_known((*at, "yields_to"), one.yields_to, ids - {one.id}, "other obligation")
        yield from _cited(at, one)
        yield from _exemptions(at, one)
        yield from _rule(at, one, agreement)


def _cited(at: Path, one: Obligation) -> Iterator[Wrong]:
    if one.cited.tag == "recalled":
        yield (*at, "cited", "tag"), "what is recalled is not executed until it is confirmed"
    for j, unless in enumerate(one.unless):
        if unless.cited.tag == "recalled":
            yield (*at, "unless", j, "cited", "tag"), "what is recalled excuses nothing until it is confirmed"


def _exemptions(at: Path, one: Obligation) -> Iterator[Wrong]:
    yield from used_once_in((*at, "unless"), [unless.id for unless in one.unless])
    for j, unless in enumerate(one.unless):
        yield from all_known((*at, "unless", j, "by"), unless.by, one.obliged, "party that this obliges")
        yield from used_once_in((*at, "unless", j, "shown"), [shown.id for shown in unless.shown])


def _rule(at: Path, one: Obligation, agreement: Agreement) -> Iterator[Wrong]:
    """The rule fits its kind, its codes and names exist, and it makes sense to the kind."""
    kind = KINDS.get(one.kind)
    if kind is None:
        yield (*at, "kind"), f"{one.kind!r} is no clause kind; there are: {', '.join(sorted(KINDS))}"
        return
    try:
        rule = msgspec.convert(one.rule, kind.rule)
    except msgspec.ValidationError as error:
        yield (*at, "rule", *path_in(error)), f"{sentence_of(error)} (a rule of the kind {one.kind!r})"
        return
    yield from _named((*at, "rule"), rule, agreement)
    yield from (((*at, "rule"), sentence) for sentence in kind.wrong(rule, one, agreement))


def areas_of(agreement: Agreement) -> set[str]:
    """Areas and groups of areas."""
    return {area.id for area in agreement.areas} | {group.id for group in agreement.area_groups}


def _named(at: Path, rule: Struct, agreement: Agreement) -> Iterator[Wrong]:
    """What a rule of any kind names under these fields: codes, parties, areas."""
    sides = {party.id for party in agreement.parties} | {CIVILIANS}
    asked: dict[str, tuple[Iterable[str], str]] = {
        "kinds": (set(codes("incident_kinds")), "incident kind"),
        "safe_kinds": (set(codes("incident_kinds")), "incident kind"),
        "weapons": (set(codes("weapons")), "weapon of the code list"),
        "against": (sides, "party"),
        "inside": (areas_of(agreement), "area"),
        "areas": (areas_of(agreement), "area"),
    }
    for field, (ids, what) in asked.items():
        names = getattr(rule, field, None)
        if isinstance(names, tuple):
            yield from all_known((*at, field), names, ids, what)


def lines(agreement: Agreement) -> Iterator[Wrong]:
    """Ids are unique, sides are parties, times run forward, and nothing is measured from a line that is recalled."""
    yield from used_once("lines", [line.id for line in agreement.lines])
    parties = {party.id for party in agreement.parties}
    for i, line in enumerate(agreement.lines):
        at: Path = ("lines", i)
        yield from runs_forward(at, line.from_, line.to, agreement.zone)
        for key in ("left", "right"):
            if (side := getattr(line, key)) is not None:
                yield from known((*at, key), side, parties, "party")
        if line.cited.tag == "recalled":
            yield (*at, "cited", "tag"), "nothing is measured from a recalled line until it is confirmed"


def watchers(agreement: Agreement) -> Iterator[Wrong]:
    """Each watches areas of this pack."""
    for i, watcher in enumerate(agreement.watchers):
        yield from some_known(("watchers", i, "areas"), watcher.areas, areas_of(agreement), "area")


def not_run(agreement: Agreement) -> Iterator[Wrong]:
    """A term that does not run exists, is named once, and no obligation executes it; a part of one may be named."""
    run = {term for one in agreement.obligations for term in one.terms}
    whole = [one.term for one in agreement.not_run if one.part is None]
    for i, one in enumerate(agreement.not_run):
        at: Path = ("not_run", i, "term")
        yield from known(at, one.term, {term.id for term in agreement.terms}, "term")
        if one.part is None and one.term in run:
            yield at, f"{one.term!r} is run by an obligation; name the part that is not (part)"
        if whole.count(one.term) > 1 and one.part is None:
            yield at, f"{one.term!r} is named twice"
