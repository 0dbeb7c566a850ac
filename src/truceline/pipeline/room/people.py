"""Who may sign in, as a page lists it: accounts, invitations that wait, open sessions."""

from pathlib import Path

from msgspec import Struct

from truceline.errors import NotReleased
from truceline.pipeline.accounts import listed
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.room.heading import Moment, moment_of, words_in
from truceline.pipeline.sessions import sessions_of
from truceline.store.accounts import Row
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.role import INVITES, Person, Role


class SessionShown(Struct, frozen=True):
    """An open session; own: the one that asks."""

    number: int
    name: str
    began: Moment
    seen: Moment
    own: bool


class AccountShown(Struct, frozen=True):
    """An account, or an invitation that waits. body, audience, key, by: "" for none. sessions: how many are open."""

    name: str
    role: str
    body: str
    audience: str
    key: str
    by: str
    made: Moment
    sessions: int


class People(Struct, frozen=True):
    """All of it. roles, bodies, audiences: what can be chosen for an invitation."""

    accounts: tuple[AccountShown, ...]
    ended: tuple[AccountShown, ...]
    waiting: tuple[AccountShown, ...]
    sessions: tuple[SessionShown, ...]
    roles: tuple[str, ...]
    bodies: tuple[str, ...]
    audiences: tuple[str, ...]


def people_shown(path: Path, person: Person, token: str, language: str, now_us: int) -> People:
    """What the page of people shows. Raises `NotReleased` for who does not invite."""
    if person.role not in INVITES:
        raise NotReleased("Only who invites sees the accounts.", "Ask the head of your cell.")
    with open_mission(path) as mission:
        agreement = registered(mission).pack.agreement
    rows = listed(path, now_us)
    accounts = [one for one in rows if one["what"] == "account"]
    told = {
        "accounts": [one for one in accounts if one["ended_us"] is None],
        "ended": [one for one in accounts if one["ended_us"] is not None],
        "waiting": [one for one in rows if one["what"] == "invitation"],
    }
    return People(
        **{name: tuple(_account(one, language, agreement.zone) for one in held) for name, held in told.items()},
        sessions=_sessions(path, "", token, (language, agreement.zone), now_us),
        roles=tuple(one.value for one in Role if one is not Role.CO_CHAIR or person.role is one),
        bodies=(person.body,) if person.body else (),
        audiences=tuple(one.value for one in Audience if one is not Audience.INTERNAL),
    )  # fmt: skip


def own_sessions(path: Path, person: Person, token: str, language: str, now_us: int) -> tuple[SessionShown, ...]:
    """The open sessions of the person who asks, the last begun first."""
    with open_mission(path) as mission:
        zone = registered(mission).pack.agreement.zone
    return _sessions(path, person.name, token, (language, zone), now_us)


def _sessions(path: Path, name: str, token: str, said_in: tuple[str, str], now_us: int) -> tuple[SessionShown, ...]:
    words, zone = words_in(said_in[0]), said_in[1]
    return tuple(
        SessionShown(
            one.number, one.name, moment_of(words, one.made_us, zone), moment_of(words, one.seen_us, zone), one.own
        )
        for one in sessions_of(path, name, now_us, token)
    )


def _account(row: Row, language: str, zone: str) -> AccountShown:
    audience = row["audience"] if row["role"] == Role.READER.value else ""
    return AccountShown(
        row["name"], row["role"], row["body"], audience, row["key"], row["invited_by"],
        moment_of(words_in(language), row["made_us"], zone), row["sessions"],
    )  # fmt: skip
