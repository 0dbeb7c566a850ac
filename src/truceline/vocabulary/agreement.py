"""An agreement pack as data: texts, parties, obligations, areas, indicators, readings and clocks.

A pack is a folder `agreements/<name>/` with `agreement.yaml` (this shape), `areas.geojson` and
`examples.yaml`. Nothing in it is evaluated as code. Times without an offset are local to `zone`;
every from/to pair is half-open. Where the text is silent a *reading* speaks, and says whose it is.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from truceline.vocabulary.holding import Policy
from truceline.vocabulary.obligation import Line, Obligation, Step, Watcher
from truceline.vocabulary.pack_parts import Cited as Cited
from truceline.vocabulary.pack_parts import Id as Id
from truceline.vocabulary.pack_parts import Tag as Tag
from truceline.vocabulary.pack_parts import Text as Text
from truceline.vocabulary.procedure import Procedure


class Named(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A name an actor goes by, and when: [from, to), open where not given."""

    name: str
    from_: str | None = None
    to: str | None = None
    language: str = "en"


class Party(Struct, frozen=True, forbid_unknown_fields=True):
    """Who accepted obligations."""

    id: Id
    name: Text
    note: str = ""


ActorStatus = Literal["bound", "umbrella", "unconfirmed", "third", "civilians"]


class Actor(Struct, frozen=True, forbid_unknown_fields=True):
    """Anyone who can act. `party` is whose force it is, where it is one's.

    bound: accepted, or under a party's command. umbrella: a name that may cover several groups, an
    excluded one among them. unconfirmed: acceptance not known. third: not a party. civilians: unarmed.
    """

    id: Id
    name: Text
    status: ActorStatus
    party: Id | None = None
    names: tuple[Named, ...] = ()
    note: str = ""


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """Who may enter findings and declarations: a co-chair, a secretariat, a committee, a party."""

    id: Id
    name: Text
    role: Literal["co_chair", "secretariat", "party", "observer"]


class Exclusion(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """An instrument's exclusion of an actor, [from, to): never inferred from being near."""

    actor: Id
    outcome: Literal["excluded", "disputed"]
    cited: Cited
    from_: str | None = None
    to: str | None = None


class Designated(Struct, frozen=True, forbid_unknown_fields=True):
    """An instrument excludes whom a list names (`un_sc`), and with `associated` those associated with the excluded.

    Who goes by a name of the list is decided by people (act `name`), and who is associated with whom (`association`).
    """

    list: Id
    cited: Cited
    associated: bool = False


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """One text of an instrument: each language is a text of its own, and a translation says of which it is one.

    version: what it is called, or when it was published. missing: its words are not held, or not all of them.
    """

    language: str
    cited: Cited
    version: str = ""
    missing: bool = False
    translated_from: str | None = None


class Instrument(Struct, frozen=True, forbid_unknown_fields=True):
    """One text of the stack. `missing` says that we do not hold its words.

    known_from: when it became known, where later than it was made. sealed: that it exists is kept too: it is shown to
    nobody but the holders themselves. designated: a list that its exclusions follow. wordings: its texts, where more is
    known of them than their languages.
    """

    id: Id
    title: Text
    dated: str
    publicity: Literal["public", "secret", "leaked", "published_later", "invented"]
    cited: Cited
    in_force: str | None = None
    until: str | None = None
    recommits: tuple[Id, ...] = ()
    supersedes: tuple[Id, ...] = ()
    languages: tuple[str, ...] = ()
    missing: bool = False
    exclusions: tuple[Exclusion, ...] = ()
    designated: Designated | None = None
    wordings: tuple[Wording, ...] = ()
    known_from: str | None = None
    sealed: bool = False


class Exemption(Struct, frozen=True, forbid_unknown_fields=True):
    """What a term allows that would otherwise be forbidden, and what must be shown to rely on it."""

    id: Id
    paraphrase: Text
    must_be_shown: str
    cited: Cited


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """One obligation, in paraphrase, with its source. `words` only where a source we hold quotes them.

    Terms whose tag is `recalled` are kept and shown, and not executed until confirmed.
    """

    id: str
    instrument: Id
    obliged: str
    paraphrase: Text
    cited: Cited
    kind: Literal["prohibition", "permission", "duty", "best_effort", "procedure", "exclusion", "timing"]
    where: str = ""
    when: str = ""
    condition: str = ""
    exemptions: tuple[Exemption, ...] = ()
    words: str | None = None
    words_language: str | None = None


class Area(Struct, frozen=True, forbid_unknown_fields=True):
    """A named surface. Its geometry is the feature of the same id in areas.geojson."""

    id: Id
    name: Text
    names: tuple[str, ...] = ()
    code: str = ""


class AreaGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """Several areas under one name ("nationwide"): coverage or a place given by this name is all of them."""

    id: Id
    name: Text
    areas: tuple[Id, ...]
    names: tuple[str, ...] = ()


class Indicator(Struct, frozen=True, forbid_unknown_fields=True):
    """What a ledger counts: incidents of these kinds, between these parties.

    `between` holds two lists of party ids (with "civilians" allowed in the second): an incident is
    in scope if one side belongs to the first and the other to the second, in either order. None
    means whoever acted. `kinds` None means every kind. `lethal` asks for at least one killed.
    """

    id: Id
    title: Text
    rule: Text
    terms: tuple[str, ...] = ()
    between: tuple[tuple[Id, ...], tuple[Id, ...]] | None = None
    kinds: tuple[Id, ...] | None = None
    lethal: bool = False


class MinimumCoverage(Struct, frozen=True, forbid_unknown_fields=True):
    """How many independent sources must each have watched an area for how many hours of the day, and reported."""

    sources: Annotated[int, Meta(ge=1, le=100)]
    hours: Annotated[int, Meta(ge=0, le=24)]


class Persistent(Struct, frozen=True, forbid_unknown_fields=True):
    """When non-compliance is proposed for referral: `times` agreed determinations of a party within `within_days`.

    categories: those that count. decider: who decides what follows, in words; it is nobody in this program.
    """

    times: Annotated[int, Meta(ge=1, le=1000)]
    within_days: Annotated[int, Meta(ge=1, le=3660)]
    categories: Annotated[tuple[Id, ...], Meta(min_length=1)]
    decider: Text


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """One way to fill what the text leaves open, with its author; ours, not the parties'.

    Any of the choices may be left out; a ledger that needs it then refuses and names it.
    threshold: incidents allowed in an area and a day before it is not quiet.
    umbrella: how a side that is an umbrella or of unconfirmed acceptance is taken.
    exclusions: the instrument whose exclusion rule is applied, as of the day.
    unknown_day: what a day of "cannot tell" does to a run of quiet days: `undecided` leaves the run
    undecided, `breaks` ends it, `bridges` neither counts nor ends it. persistent: what the text's "persistent" is
    taken to be; without it nothing is proposed.
    """

    id: Id
    title: Text
    author: str
    dated: str
    note: Text
    day_boundary: Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = None
    zone: str | None = None
    exclusions: Id | None = None
    umbrella: Literal["presumed_bound", "undetermined"] | None = None
    umbrella_note: Text | None = None
    threshold: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    counting: Literal["each_report_unless_it_repeats"] | None = None
    coverage: MinimumCoverage | None = None
    unknown_day: Literal["undecided", "breaks", "bridges"] | None = None
    persistent: Persistent | None = None


class Extension(Struct, frozen=True, forbid_unknown_fields=True):
    """Who must all declare an extension for a period to go on."""

    by: tuple[Id, ...]


class FindingReset(Struct, frozen=True, forbid_unknown_fields=True):
    """The clock is set back by determinations of this category by all of these bodies, not by figures."""

    category: Id
    agreed_by: tuple[Id, ...]


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """A further condition besides quiet, met when these bodies all declare it."""

    id: Id
    title: Text
    by: tuple[Id, ...]


class Clock(Struct, frozen=True, forbid_unknown_fields=True):
    """A condition over time. Exactly one of `days` (a run of quiet days) and `hours` (a fixed period) is given.

    `day` from_start counts 24-hour periods from `start`; `reading` uses the reading's day boundary.
    reset: `restart` begins the run again after a day that is not quiet; `none` leaves the window
    fixed; a FindingReset listens to determinations instead of figures.
    """

    id: Id
    title: Text
    start: str
    indicator: Id
    areas: tuple[Id, ...]
    deciders: tuple[Id, ...]
    cited: Cited
    instrument: Id | None = None
    terms: tuple[str, ...] = ()
    days: Annotated[int, Meta(ge=1, le=3660)] | None = None
    hours: Annotated[int, Meta(ge=1, le=87_840)] | None = None
    day: Literal["from_start", "reading"] = "from_start"
    reset: Literal["restart", "none"] | FindingReset = "restart"
    extension: Extension | None = None
    conditions: tuple[Condition, ...] = ()
    note: Text | None = None


class Comparison(Struct, frozen=True, forbid_unknown_fields=True):
    """Two periods of whole local days set side by side, each [from, to).

    reference: a second period to compare with, such as the first weeks of an earlier truce. indicators:
    those it is meant for; without them every indicator.
    """

    id: Id
    title: Text
    before: tuple[str, str]
    after: tuple[str, str]
    reference: tuple[str, str] | None = None
    indicators: tuple[Id, ...] = ()


class Period(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """The local days a ledger covers, [from, to); `to` may be open."""

    from_: str
    to: str | None = None


class Automatic(Struct, frozen=True, forbid_unknown_fields=True):
    """A holder's program may judge two reports *same*, one of each of these sources, which are two.

    least: from which weight on, in millionths of a doubling of the odds; each such judgement is an act of its own.
    """

    sources: tuple[str, str]
    least: Annotated[int, Meta(ge=0)]


class NotRun(Struct, frozen=True, forbid_unknown_fields=True):
    """A term, or a part of one, that nothing is derived from, and why.

    rule: `never` (it speaks of strikes or of who is unprotected: kept as text only), `recalled` (remembered, not
    re-read), `not_held` (its words are not held here), `not_agreed` (a proposal that nobody accepted).
    part: which part, where the rest of the term runs.
    """

    term: str
    because: Text
    rule: Literal["never", "recalled", "not_held", "not_agreed"]
    part: Text | None = None


class Agreement(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole pack. `holders` is the policy of those who hold the record together, without `own`."""

    pack: Annotated[str, Meta(pattern="^[a-z][a-z0-9-]*$", max_length=40)]
    version: str
    title: Text
    summary: Text
    zone: str
    period: Period
    parties: tuple[Party, ...]
    actors: tuple[Actor, ...]
    bodies: tuple[Body, ...]
    instruments: tuple[Instrument, ...]
    terms: tuple[Term, ...]
    areas: tuple[Area, ...]
    areas_cited: Cited
    area_groups: tuple[AreaGroup, ...]
    indicators: tuple[Indicator, ...]
    readings: tuple[Reading, ...]
    clocks: tuple[Clock, ...]
    comparisons: tuple[Comparison, ...] = ()
    exercise_only: bool = False
    holders: Policy | None = None
    procedures: tuple[Procedure, ...] = ()
    automatic: tuple[Automatic, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    steps: tuple[Step, ...] = ()
    watchers: tuple[Watcher, ...] = ()
    lines: tuple[Line, ...] = ()
    not_run: tuple[NotRun, ...] = ()

    def procedure(self, name: str) -> Procedure | None:
        """The procedure of that name, or None."""
        return next((procedure for procedure in self.procedures if procedure.id == name), None)

    def reading(self, name: str) -> Reading | None:
        """The reading of that name, or None."""
        return next((reading for reading in self.readings if reading.id == name), None)


def schema() -> dict[str, object]:
    """The JSON Schema of agreement.yaml, for editors."""
    made: dict[str, object] = msgspec.json.schema(Agreement)
    return made
