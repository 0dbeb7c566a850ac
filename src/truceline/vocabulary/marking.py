"""Who may see a thing. Default: nobody.

Audiences are the release ladder of the field, with their mapping to TLP 2.0 (FIRST, 2022):
internal (RED: this holder only), co_chairs (AMBER+STRICT), task_force (AMBER), council (GREEN),
public (CLEAR). The store reads for `internal` alone; what another audience sees comes through `pipeline.gated`.
"""

from enum import StrEnum

import msgspec

from truceline.errors import NotReleased


class Audience(StrEnum):
    """A named set of readers, narrowest first."""

    INTERNAL = "internal"
    CO_CHAIRS = "co_chairs"
    TASK_FORCE = "task_force"
    COUNCIL = "council"
    PUBLIC = "public"


class Role(StrEnum):
    """Roles of one side, after `docs/how-to/open-the-room.md`.

    reporter: takes in. analyst: judges pairs. duty_officer: opens and moves cases. head_of_cell: invites and ends
    accounts. co_chair: speaks for a body. reader: reads what was released to an audience. auditor: checks the record.
    """

    REPORTER = "reporter"
    ANALYST = "analyst"
    DUTY_OFFICER = "duty_officer"
    HEAD_OF_CELL = "head_of_cell"
    CO_CHAIR = "co_chair"
    READER = "reader"
    AUDITOR = "auditor"


TLP = {
    Audience.INTERNAL: "TLP:RED",
    Audience.CO_CHAIRS: "TLP:AMBER+STRICT",
    Audience.TASK_FORCE: "TLP:AMBER",
    Audience.COUNCIL: "TLP:GREEN",
    Audience.PUBLIC: "TLP:CLEAR",
}


class Reader(msgspec.Struct, frozen=True):
    """Who asks: an argument of every question to the store whose answer leaves the process.

    role: of somebody in the room; None: whoever holds the file and uses the command line.
    """

    audience: Audience
    name: str = ""
    role: Role | None = None


INTERNAL = Reader(Audience.INTERNAL)


def admit(reader: Reader) -> Reader:
    """The reader, if anything at all may be shown to it; otherwise `NotReleased`."""
    if reader.audience is not Audience.INTERNAL:
        raise NotReleased(
            f"Nothing in this mission has been released to the audience {reader.audience.value!r}.",
            "What was cleared to an audience is read in the room; here only --audience internal reads, and is stamped.",
        )
    return reader
