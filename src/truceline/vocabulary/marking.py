"""Who may see a thing. Default: nobody.

Audiences are the release ladder of the field, with their mapping to TLP 2.0 (FIRST, 2022):
internal (RED: this holder only), co_chairs (AMBER+STRICT), task_force (AMBER), council (GREEN),
public (CLEAR). Until releases can be recorded, only `internal` may read anything.
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


TLP = {
    Audience.INTERNAL: "TLP:RED",
    Audience.CO_CHAIRS: "TLP:AMBER+STRICT",
    Audience.TASK_FORCE: "TLP:AMBER",
    Audience.COUNCIL: "TLP:GREEN",
    Audience.PUBLIC: "TLP:CLEAR",
}


class Reader(msgspec.Struct, frozen=True):
    """Who asks: an argument of every question to the store whose answer leaves the process."""

    audience: Audience
    name: str = ""


INTERNAL = Reader(Audience.INTERNAL)


def admit(reader: Reader) -> Reader:
    """The reader, if anything at all may be shown to it; otherwise `NotReleased`."""
    if reader.audience is not Audience.INTERNAL:
        raise NotReleased(
            f"Nothing in this mission has been released to the audience {reader.audience.value!r}.",
            "Releases cannot be recorded yet; only --audience internal reads, and it is stamped on the page.",
        )
    return reader
