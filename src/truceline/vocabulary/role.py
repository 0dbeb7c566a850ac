"""What a person may do in the room of one side, and who asks: the default is nobody."""

from enum import StrEnum

from msgspec import Struct

from truceline.vocabulary.marking import Audience


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


INSIDE = frozenset({Role.ANALYST, Role.DUTY_OFFICER, Role.HEAD_OF_CELL, Role.CO_CHAIR})
"""Who works on everything that the own side holds."""
WRITES = INSIDE
"""Whose words are entered as acts."""
INVITES = frozenset({Role.HEAD_OF_CELL, Role.CO_CHAIR})
"""Who invites others, and ends their accounts."""


class Person(Struct, frozen=True):
    """Who is signed in. name: how they sign in, which never leaves this holder.

    body: the body of the agreement for which this person speaks, "" for none. key: the label of the key that signs
    their acts, "" for the log's own. audience: INTERNAL for all but readers.
    """

    name: str
    role: Role
    body: str = ""
    key: str = ""
    audience: Audience = Audience.INTERNAL
