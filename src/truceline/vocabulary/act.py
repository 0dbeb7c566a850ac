"""Acts of people and bodies: what `truceline enter` takes, one act a YAML document.

Times without an offset are local to the agreement's zone. An act is entered word for word and
signed; undoing one is another act (`withdrawal`). `by` is a body of the pack.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Words = Annotated[str, Meta(max_length=20_000)]
Short = Annotated[str, Meta(min_length=1, max_length=400)]
Body = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$", max_length=40)]


class Finding(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="finding"):
    """What a named body holds to have happened. Rival findings stand side by side."""

    by: Body
    at: Short
    about: Short
    held: Literal["happened", "did_not_happen", "undetermined"]
    what: Words
    because: Words
    when: Short | None = None
    where: Short | None = None
    standard: Short | None = None
    attributed_to: Short | None = None
    attribution: (
        Literal[
            "admitted", "agreed_joint", "single_side_a", "single_side_b", "capability_class_only",
            "contested", "undetermined", "not_attributable",
        ]
        | None
    ) = None  # fmt: skip
    clock: Body | None = None


class Determination(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="determination"):
    """A body's category for a matter: not an incident, ..., serious violation, pending. Of `when`, if not of `at`."""

    by: Body
    at: Short
    about: Short
    category: Body
    because: Words
    when: Short | None = None
    clock: Body | None = None


class Declaration(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="declaration"):
    """What a body declares of a clock: its condition met or not met, its period extended or ended, a condition met."""

    by: Body
    at: Short
    clock: Body
    says: Literal["met", "not_met", "extended", "ended", "condition_met"]
    because: Words
    until: Short | None = None
    condition: Body | None = None


class Coverage(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="coverage", rename={"from_": "from"}
):
    """One row of coverage or restriction, entered by hand: who watched which area, [from, to)."""

    by: Body
    at: Short
    source: Short
    area: Short
    from_: Short
    to: Short
    status: Literal["reported", "silent", "stopped"]
    origin: str = ""
    stopped_by: str = ""
    because: Words = ""


class ReadingChosen(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="reading"):
    """The reading of the pack that the mission uses from now on."""

    by: Body
    at: Short
    reading: Body
    because: Words


class ComparisonChosen(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="comparison"):
    """Two periods that shall be compared, entered before the window begins. Each FIRST/LAST, both days included.

    reference: a second period to compare with. indicators: without them every one. eve: days before the
    window that are no baseline; reduction: percent, see `truceline compare`.
    """

    by: Body
    at: Short
    comparison: Body
    window: Short
    baseline: Short
    because: Words
    reference: Short | None = None
    indicators: tuple[Body, ...] = ()
    eve: Annotated[int, Meta(ge=0, le=365)] | None = None
    reduction: Annotated[int, Meta(ge=0, le=99)] | None = None


class Withdrawal(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="withdrawal"):
    """A body takes back its own earlier act, named by its id (at least twelve characters of it)."""

    by: Body
    at: Short
    of: Annotated[str, Meta(pattern="^[0-9a-f]{12,64}$")]
    because: Words


class Reinstatement(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="reinstatement"):
    """A body counts a report again that its source recalled, named SOURCE/REPORT_ID. The recall stays on record."""

    by: Body
    at: Short
    of: Annotated[str, Meta(pattern="^[a-z0-9_.-]+/.+$", max_length=400)]
    because: Words


Act = Finding | Determination | Declaration | Coverage | ReadingChosen | ComparisonChosen | Withdrawal | Reinstatement


def schema() -> dict[str, object]:
    """The JSON Schema of an act, for editors."""
    made: dict[str, object] = msgspec.json.schema(Act)
    return made


class ActHeld(Struct, frozen=True):
    """An act in force: its entry, and the instants it was said and is about (UTC microseconds)."""

    id: str
    seq: int
    act: Act
    at: int
    when: int
