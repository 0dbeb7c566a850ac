"""Tokens with which a program asks in somebody's name: shown once, kept as a digest, ended at their day or by hand.

A token is never more than its person: who is ended, or changes role, takes their tokens along.
"""

from hashlib import sha256
from pathlib import Path
from typing import Literal

from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.store.accounts import accounts_of, path_of
from truceline.store.pen import Chance
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.role import Person, Role

Scope = Literal["read", "write"]
SCOPES: tuple[Scope, ...] = ("read", "write")
SECOND, DAY_S = 1_000_000, 86_400
MOST_DAYS, MOST_TOKENS, MOST_NAME = 365, 20, 60
SPELLED = 64
"""Letters of a token: 32 bytes in hexadecimal."""


class TokenHeld(Struct, frozen=True):
    """A token as its person sees it. number: its name in the file; writes: it may enter acts. Times in UTC us."""

    number: int
    label: str
    writes: bool
    made_us: int
    until_us: int
    ended_us: int | None


def make_token(
    mission: Path, person: Person, label: str, *, writes: bool, days: int, now_us: int, chance: Chance
) -> str:
    """A new token of this person; it is told this once. Raises `ValueNotRead` for a label or a time that do not do."""
    if not 1 <= len(label.strip()) <= MOST_NAME:
        raise ValueNotRead("The token needs a name.", f"Say what it is for, in at most {MOST_NAME} characters.")
    if not 1 <= days <= MOST_DAYS:
        raise ValueNotRead(f"{days} is no time for a token.", f"Give 1 to {MOST_DAYS} days.")
    token = chance(32).hex()
    with accounts_of(mission) as held:
        open_ones = held.one(
            "SELECT count(*) AS n FROM token WHERE name = :name AND ended_us IS NULL AND until_us > :now",
            name=person.name, now=now_us,
        )  # fmt: skip
        if open_ones and open_ones["n"] >= MOST_TOKENS:
            raise ValueNotRead(f"There are {MOST_TOKENS} tokens already.", "End one that is not needed.")
        number = (held.one("SELECT coalesce(max(number), 0) AS n FROM token") or {"n": 0})["n"]
        held.insert(
            "token", token=_digest(token), number=number + 1, name=person.name, label=label.strip(),
            writes=int(writes), made_us=now_us, until_us=now_us + days * DAY_S * SECOND, ended_us=None,
        )  # fmt: skip
    return token


def tokens_of(mission: Path, person: Person) -> list[TokenHeld]:
    """Every token that this person ever made, the newest first."""
    with accounts_of(mission) as held:
        rows = held.all(
            "SELECT number, label, writes, made_us, until_us, ended_us FROM token WHERE name = :name"
            " ORDER BY number DESC",
            name=person.name,
        )  # fmt: skip
        return [TokenHeld(**{**row, "writes": bool(row["writes"])}) for row in rows]


def end_token(mission: Path, person: Person, number: int, now_us: int) -> None:
    """End a token of this person. Raises `ValueNotRead` for one that is not theirs, or has ended."""
    with accounts_of(mission) as held:
        if not held.say(
            "UPDATE token SET ended_us = :now WHERE number = :number AND name = :name AND ended_us IS NULL",
            now=now_us, number=number, name=person.name,
        ):  # fmt: skip
            raise ValueNotRead("You have no such token.", "Take one from the list.")


def person_with(mission: Path, token: str, scope: Scope, now_us: int) -> Person | None:
    """Whose token this is; None for one that is unknown, ended, too old, or not for that.

    It is looked up by its SHA-256, so that the time a look takes says nothing of the token itself.
    """
    if len(token) != SPELLED or not path_of(mission).exists():
        return None
    with accounts_of(mission) as held:
        row = held.one(
            "SELECT account.*, token.writes FROM token JOIN account USING(name) WHERE token.token = :token"
            " AND token.ended_us IS NULL AND token.until_us > :now AND account.ended_us IS NULL",
            token=_digest(token), now=now_us,
        )  # fmt: skip
    if row is None or (scope == "write" and not row["writes"]):
        return None
    return Person(row["name"], Role(row["role"]), row["body"], row["key"], Audience(row["audience"]))


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
