"""Obligations and steps of a pack: who must do what, where, from when, until when, unless; and what waits for what.

An obligation names a *clause kind* (`compliance/kinds/`), and `rule` is what that kind asks for; nothing in it is
evaluated as code. Times without an offset are local to the pack's zone; every from/to pair is half-open.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from truceline.vocabulary.pack_parts import Cited, Id, Text


class Shown(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that must be shown to rely on an exemption: an element that a finding holds `yes`."""

    id: Id
    paraphrase: Text


class Unless(Struct, frozen=True, forbid_unknown_fields=True):
    """What excuses what would otherwise be a breach: who may invoke it (empty: all obliged), and what must be shown.

    A finding shows it by elements named `<id>.<shown id>`, each held `yes`; one held `no` refuses it; anything else
    leaves it undecided, but only where the finding names at least one of them: nobody's exemption is presumed.
    """

    id: Id
    paraphrase: Text
    shown: Annotated[tuple[Shown, ...], Meta(min_length=1, max_length=20)]
    cited: Cited
    by: tuple[Id, ...] = ()


class Obligation(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """What a clause requires or forbids of whom.

    obliged: parties, or bodies for what co-chairs owe. kind, rule: see `docs/reference/clause-kinds.md`. areas: areas
    or groups it holds in; without them wherever. from_, to: without them its instrument's. binds: `named` binds the
    obliged by the text itself, `accepted` only from when a co-chair's register holds their acceptance. yields_to:
    obligations or permissions that go before it; where two disagree and neither yields, that is a conflict.
    """

    id: Id
    title: Text
    instrument: Id
    terms: Annotated[tuple[str, ...], Meta(min_length=1)]
    obliged: Annotated[tuple[Id, ...], Meta(min_length=1)]
    kind: Id
    cited: Cited
    rule: dict[str, Any] = {}
    from_: str | None = None
    to: str | None = None
    areas: tuple[Id, ...] = ()
    binds: Literal["named", "accepted"] = "named"
    unless: tuple[Unless, ...] = ()
    yields_to: tuple[Id, ...] = ()
    note: str = ""


class Waits(Struct, frozen=True, forbid_unknown_fields=True):
    """What a step waits for; exactly one is given. step: another step fulfilled. clock: declared met. instant: a time.

    delivery: an access request of this number delivered.
    """

    step: Id | None = None
    clock: Id | None = None
    instant: str | None = None
    delivery: str | None = None


class Due(Struct, frozen=True, forbid_unknown_fields=True):
    """Until when: a time, or so long after all that the step waits for. Months are calendar months.

    rounding: where the day does not exist in the month (31 March + 1 month), the first day of the next month (`up`) or
    the last of this one (`down`).
    """

    at: str | None = None
    months: Annotated[int, Meta(ge=0, le=1200)] = 0
    days: Annotated[int, Meta(ge=0, le=36_600)] = 0
    hours: Annotated[int, Meta(ge=0, le=878_400)] = 0
    rounding: Literal["up", "down"] | None = None


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the implementation: by whom, after what, until when, shown by what, verified by whom.

    evidence: what shows it, in words. verifiers: bodies who must all say it is done. together: steps that must be done
    at the same time as this one, each within `within_hours` of the other.
    """

    id: Id
    title: Text
    obliged: Annotated[tuple[Id, ...], Meta(min_length=1)]
    verifiers: Annotated[tuple[Id, ...], Meta(min_length=1)]
    cited: Cited
    waits: tuple[Waits, ...] = ()
    due: Due | None = None
    evidence: Text | None = None
    terms: tuple[str, ...] = ()
    together: tuple[Id, ...] = ()
    within_hours: Annotated[int, Meta(ge=0, le=8_784)] = 0
    note: str = ""


class Watcher(Struct, frozen=True, forbid_unknown_fields=True):
    """A patrol, sensor, camera, spotter or desk, with what it has to watch and how often it has to report.

    source: the id its rows of coverage bear. every_hours: silent for longer, it has not reported.
    """

    source: str
    kind: Literal["patrol", "sensor", "camera", "spotter", "desk", "other"]
    areas: tuple[Id, ...]
    every_hours: Annotated[int, Meta(ge=1, le=8_784)]
    title: Text | None = None
    note: str = ""


class Line(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A named line that rules are measured from. Its geometry is the feature of the same id in lines.geojson.

    left, right: the party on each side, looking along the line as it is drawn. precision_m: how exactly it is drawn.
    """

    id: Id
    name: Text
    cited: Cited
    precision_m: Annotated[int, Meta(ge=0, le=100_000)]
    from_: str | None = None
    to: str | None = None
    left: Id | None = None
    right: Id | None = None
    note: str = ""
