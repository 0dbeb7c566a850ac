"""Seats of an exercise: who plays the built-in theatre sits down by a link. Never in a real mission."""

from pathlib import Path

from truceline.errors import NotAccepted
from truceline.pipeline.accounts import _digest, _own_key, _token
from truceline.pipeline.missions import open_mission
from truceline.store.accounts import accounts_of
from truceline.store.pen import Chance
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.role import Role

NOBODYS = "$argon2id$v=19$m=8,t=1,p=1$c2VhdHNlYXQ$"
"""A hash that no password has: a seat is taken by its link alone."""


def seat(
    mission: Path, name: str, role: Role, body: str = "", audience: Audience = Audience.INTERNAL, *, now_us: int,
    chance: Chance,
) -> None:  # fmt: skip
    """Make a seat, if it is not there. Raises `NotAccepted` in a mission that is no exercise."""
    with open_mission(mission) as opened:
        if not opened.exercise:
            raise NotAccepted("Seats are for exercises.", "Invite people: truceline people invite --help")
    with accounts_of(mission) as held:
        if held.one("SELECT name FROM account WHERE name = :name", name=name):
            return
    key = _own_key(mission, {"role": role.value, "body": body}, now_us, chance)
    with accounts_of(mission) as held:
        held.insert(
            "account", name=name, role=role.value, body=body, audience=audience.value, key=key, password=NOBODYS,
            code_secret=chance(20), last_step=0, failed=0, wait_until_us=0, invited_by="exercise", made_us=now_us,
            ended_us=None,
        )  # fmt: skip


def sit_down(mission: Path, name: str, now_us: int, chance: Chance) -> str:
    """A new session on a seat; its token. Raises `NotAccepted` where there is no such seat."""
    token = _token(chance)
    with accounts_of(mission) as held:
        row = held.one("SELECT password FROM account WHERE name = :name AND ended_us IS NULL", name=name)
        if row is None or row["password"] != NOBODYS:
            raise NotAccepted("There is no such seat.", "Start the exercise again.")
        number = (held.one("SELECT coalesce(max(number), 0) AS n FROM session") or {"n": 0})["n"]
        held.insert(
            "session", token=_digest(token), number=number + 1, name=name, made_us=now_us, seen_us=now_us,
            ended_us=None,
        )  # fmt: skip
    return token
