"""Sessions and invitations as people see and end them: one's own, and those of the room for whoever invites.

What is kept of a session is its number, whose it is, and when it began and was last seen: no address, no browser.
"""

from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from truceline.errors import NotReleased, ValueNotRead
from truceline.pipeline.accounts import IDLE_S, LONGEST_S, SECOND, end
from truceline.store.accounts import accounts_of
from truceline.vocabulary.role import INVITES, Person, Role

MOST = 500


class SessionHeld(Struct, frozen=True):
    """An open session. seen_us: exact to a minute. own: it is the one that asks. Times in UTC microseconds."""

    number: int
    name: str
    made_us: int
    seen_us: int
    own: bool


def sessions_of(mission: Path, name: str, now_us: int, token: str = "") -> list[SessionHeld]:
    """The open sessions of an account, of everybody for name "": the last begun first, at most 500."""
    with accounts_of(mission) as held:
        rows = held.all(
            "SELECT number, session.name, session.made_us, seen_us, token = :own AS own FROM session JOIN account"
            " USING(name) WHERE session.ended_us IS NULL AND seen_us > :idle AND session.made_us > :old"
            " AND account.ended_us IS NULL AND (:name = '' OR session.name = :name) ORDER BY number DESC LIMIT :most",
            own=_digest(token), name=name, most=MOST, idle=now_us - IDLE_S * SECOND, old=now_us - LONGEST_S * SECOND,
        )  # fmt: skip
        return [SessionHeld(**{**row, "own": bool(row["own"])}) for row in rows]


def end_session(mission: Path, person: Person, number: int, now_us: int) -> None:
    """End a session of one's own; of others, for who manages them.

    Raises `ValueNotRead` for one that is not there, `NotReleased`.
    """
    with accounts_of(mission) as held:
        whose = held.one(
            "SELECT name, role, body FROM session JOIN account USING(name) WHERE number = :number"
            " AND session.ended_us IS NULL AND (:any OR name = :name)",
            number=number, name=person.name, any=person.role in INVITES,
        )  # fmt: skip
        if whose is None:
            raise ValueNotRead("There is no such session, or it has ended.", "Take one from the list.")
        if whose["name"] != person.name:
            may_manage(person, Role(whose["role"]), whose["body"])
        held.say("UPDATE session SET ended_us = :now WHERE number = :number", now=now_us, number=number)


def end_others(mission: Path, person: Person, token: str, now_us: int) -> int:
    """End every session of one's own but the one that asks; how many."""
    with accounts_of(mission) as held:
        return held.say(
            "UPDATE session SET ended_us = :now WHERE name = :name AND ended_us IS NULL AND token <> :own",
            now=now_us, name=person.name, own=_digest(token),
        )  # fmt: skip


def withdraw_invitation(mission: Path, person: Person, name: str, now_us: int) -> int:
    """Whoever holds the link to this name makes no account with it any more; how many links there were.

    Raises `NotReleased` for who does not invite, `ValueNotRead` where no invitation to the name is open.
    """
    may_invite(person)
    with accounts_of(mission) as held:
        for one in held.all("SELECT role, body FROM invitation WHERE name = :name AND used_us IS NULL", name=name):
            may_manage(person, Role(one["role"]), one["body"])
        changed = held.say("UPDATE invitation SET used_us = :now WHERE name = :name AND used_us IS NULL",
                           now=now_us, name=name)  # fmt: skip
    if not changed:
        raise ValueNotRead("No invitation to this name is open.", "Take one from the list.")
    return changed


def end_account(mission: Path, person: Person, name: str, now_us: int) -> int:
    """End an account with its sessions and tokens; how many sessions. The last who invites stays: end it by command.

    Raises `NotReleased` for who does not invite, `ValueNotRead`.
    """
    may_invite(person)
    with accounts_of(mission) as held:
        for one in held.all("SELECT role, body FROM account WHERE name = :name AND ended_us IS NULL", name=name):
            may_manage(person, Role(one["role"]), one["body"])
        others = held.all("SELECT role FROM account WHERE ended_us IS NULL AND name <> :name", name=name)
        left = any(Role(one["role"]) in INVITES for one in others)
    if not left:
        raise ValueNotRead("Nobody would be left who can invite.", "Invite somebody else first.")
    return end(mission, name, now_us)


def may_invite(person: Person) -> None:
    """Raises `NotReleased` for who does not invite."""
    if person.role not in INVITES:
        raise NotReleased("Only who invites sees and ends accounts.", "Ask the head of your cell.")


def may_manage(person: Person, role: Role, body: str) -> None:
    """Nobody makes or ends an account above their own or of another body. Raises `NotReleased`."""
    may_invite(person)
    if role is Role.CO_CHAIR and person.role is not Role.CO_CHAIR:
        raise NotReleased("Accounts of co-chairs are in the hands of co-chairs.", "Ask the co-chair of your side.")
    if body not in ("", person.body):
        raise NotReleased("You manage the accounts of your own body alone.", "Ask a co-chair of that body.")


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
