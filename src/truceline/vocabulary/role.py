"""What a person may do in the room of one side, and who asks: the default is nobody."""

from msgspec import Struct

from truceline.vocabulary.marking import Audience, Role

__all__ = ["CLEARS", "INSIDE", "INVITES", "SENDS", "WRITES", "Person", "Role"]

INSIDE = frozenset({Role.ANALYST, Role.DUTY_OFFICER, Role.HEAD_OF_CELL, Role.CO_CHAIR})
"""Who works on everything that the own side holds."""
WRITES = INSIDE
"""Whose words are entered as acts."""
SENDS = frozenset({Role.REPORTER, Role.DUTY_OFFICER, Role.HEAD_OF_CELL, Role.CO_CHAIR})
"""Who sends single reports by form."""
INVITES = frozenset({Role.HEAD_OF_CELL, Role.CO_CHAIR})
"""Who invites others, and ends their accounts."""
CLEARS = frozenset({Role.DUTY_OFFICER, Role.HEAD_OF_CELL, Role.CO_CHAIR})
"""Who may narrow and clear, where they speak for a body."""


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
