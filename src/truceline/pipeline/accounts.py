"""Accounts of the room: invited by one who may, accepted with a password and a code, signed in, seen and ended.

A password is kept as its Argon2id hash (RFC 9106: three passes over 64 MiB), a second factor is a code of six digits
that changes every thirty seconds (TOTP, RFC 6238) and counts once. Who guesses waits: after five wrong tries half a
minute, then twice as long each time, up to a quarter of an hour. An unknown name takes as long as a known one.
"""

import base64
import hmac
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from truceline.errors import NotAccepted, ValueNotRead
from truceline.pipeline.keys import new_key
from truceline.pipeline.missions import open_mission, registered
from truceline.store.accounts import Accounts, Row, accounts_of, path_of
from truceline.store.pen import Chance
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.role import WRITES, Person, Role

SECOND = 1_000_000
INVITED_S, IDLE_S, LONGEST_S = 3 * 86_400, 12 * 3_600, 7 * 86_400
STEP_S, DIGITS = 30, 6
TRIES, FIRST_WAIT_S, MOST_WAIT_S = 5, 30, 900
LEAST_LETTERS, MOST_LETTERS, MOST_NAME = 12, 200, 60
_PASSES, _LANES, _MEMORY_KIB = 3, 4, 64 * 1024
_AT_A_TIME = Lock()
"""One hash at a time: a crowd that guesses takes no more than 64 MiB."""
_WRONG = ("Name, password and code do not fit together.", "Try again; the code changes every 30 seconds.")


@dataclass(frozen=True)
class Invitation:
    """What an invitation says: for whom, and the secret that the app for codes is given."""

    name: str
    role: Role
    body: str
    secret: bytes

    @property
    def spelled(self) -> str:
        """The secret as it is typed into an app, in groups of four."""
        plain = base64.b32encode(self.secret).decode()
        return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))

    def address(self, room: str) -> str:
        """The otpauth: address that a picture for the app holds."""
        return _codes(self.secret).get_provisioning_uri(self.name, room)


def invite(
    mission: Path, name: str, role: Role, *, by: str, body: str = "", audience: str = "", now_us: int, chance: Chance
) -> str:  # fmt: skip
    """Invite somebody; the token of the link, which is shown once and holds three days.

    Raises `ValueNotRead` for a name in use, a body that the agreement has not, or an audience that does not fit.
    """
    _check(mission, name, role, body, audience)
    token = _token(chance)
    with accounts_of(mission) as held:
        if held.one("SELECT 1 FROM account WHERE name = :name", name=name):
            raise ValueNotRead(f"There is an account {name!r} already, or there was.", "Choose another name.")
        held.insert(
            "invitation", token=_digest(token), name=name, role=role.value, body=body,
            audience=audience or Audience.INTERNAL.value, code_secret=chance(20), invited_by=by, made_us=now_us,
            until_us=now_us + INVITED_S * SECOND, used_us=None,
        )  # fmt: skip
    return token


def invited(mission: Path, token: str, now_us: int) -> Invitation:
    """What a link invites to. Raises `NotAccepted` for one that is unknown, used or too old."""
    with accounts_of(mission) as held:
        return _invitation(_row(held, token, now_us))


def accept(mission: Path, token: str, password: str, code: str, *, now_us: int, chance: Chance) -> str:
    """Make the account that was invited; its name. Whoever speaks for a body gets a key of their own.

    Raises `ValueNotRead` for a password that is too short, `NotAccepted`.
    """
    if not LEAST_LETTERS <= len(password) <= MOST_LETTERS:
        raise ValueNotRead(f"A password has {LEAST_LETTERS} to {MOST_LETTERS} characters.", "Take several words.")
    with accounts_of(mission) as held:
        row = _row(held, token, now_us)
    step = _step_of(row["code_secret"], code, now_us, 0)
    hashed = _hashed(password, chance)
    key = _own_key(mission, row, now_us, chance)
    with accounts_of(mission) as held:
        row = _row(held, token, now_us)
        held.say("UPDATE invitation SET used_us = :now WHERE token = :token", now=now_us, token=_digest(token))
        held.insert(
            "account", name=row["name"], role=row["role"], body=row["body"], audience=row["audience"], key=key,
            password=hashed, code_secret=row["code_secret"], last_step=step, failed=0, wait_until_us=0,
            invited_by=row["invited_by"], made_us=now_us, ended_us=None,
        )  # fmt: skip
    return str(row["name"])


def sign_in(mission: Path, name: str, password: str, code: str, *, now_us: int, chance: Chance) -> str:
    """A new session; its token. Raises `NotAccepted`, which says neither what was wrong nor who is known."""
    with accounts_of(mission) as held:
        row = held.one("SELECT * FROM account WHERE name = :name AND ended_us IS NULL", name=name)
    fits = _fits(password[:MOST_LETTERS], row["password"] if row else _NOBODY)
    if row is None:
        raise NotAccepted(*_WRONG)
    if now_us < row["wait_until_us"]:
        raise NotAccepted("There were too many wrong tries.", "Wait a while, at most a quarter of an hour.")
    try:
        step = _step_of(row["code_secret"], code, now_us, row["last_step"])
    except NotAccepted:
        step, fits = 0, False
    token = _token(chance)
    with accounts_of(mission) as held:
        if not fits:
            _failed(held, row, now_us)
        elif held.say(
            "UPDATE account SET failed = 0, last_step = :step WHERE name = :name AND last_step < :step",
            step=step, name=name,
        ):  # fmt: skip
            number = (held.one("SELECT coalesce(max(number), 0) AS n FROM session") or {"n": 0})["n"]
            held.insert(
                "session", token=_digest(token), number=number + 1, name=name, made_us=now_us, seen_us=now_us,
                ended_us=None,
            )  # fmt: skip
            return token
    raise NotAccepted(*_WRONG)


def person_of(mission: Path, token: str, now_us: int) -> Person | None:
    """Who a session is of; None for one that is unknown, ended, or was idle too long."""
    if not path_of(mission).exists():
        return None
    with accounts_of(mission) as held:
        row = held.one(
            "SELECT account.*, session.made_us AS began, session.seen_us FROM session JOIN account USING(name)"
            " WHERE token = :token AND session.ended_us IS NULL AND account.ended_us IS NULL",
            token=_digest(token),
        )
        if row is None or now_us - row["seen_us"] > IDLE_S * SECOND or now_us - row["began"] > LONGEST_S * SECOND:
            return None
        if now_us - row["seen_us"] > 60 * SECOND:
            held.say("UPDATE session SET seen_us = :now WHERE token = :token", now=now_us, token=_digest(token))
    return Person(row["name"], Role(row["role"]), row["body"], row["key"], Audience(row["audience"]))


def sign_out(mission: Path, token: str, now_us: int) -> None:
    """End a session."""
    with accounts_of(mission) as held:
        held.say("UPDATE session SET ended_us = :now WHERE token = :token", now=now_us, token=_digest(token))


def end(mission: Path, name: str, now_us: int) -> int:
    """End an account with its sessions; how many of these there were. Raises `ValueNotRead` for no such account."""
    with accounts_of(mission) as held:
        if not held.say(
            "UPDATE account SET ended_us = :now WHERE name = :name AND ended_us IS NULL", now=now_us, name=name
        ):
            raise ValueNotRead(f"There is no account {name!r}, or it has ended.", "See: truceline people list MISSION")
        return held.say(
            "UPDATE session SET ended_us = :now WHERE name = :name AND ended_us IS NULL", now=now_us, name=name
        )


def listed(mission: Path, now_us: int) -> list[Row]:
    """Every account, with how many sessions are open, and every invitation that still holds. No secret among them."""
    if not path_of(mission).exists():
        return []
    with accounts_of(mission) as held:
        accounts = held.all(
            "SELECT name, role, body, audience, key, invited_by, made_us, ended_us, (SELECT count(*) FROM session"
            " WHERE session.name = account.name AND session.ended_us IS NULL AND seen_us > :since) AS sessions,"
            " 'account' AS what FROM account ORDER BY name", since=now_us - IDLE_S * SECOND,
        )  # fmt: skip
        waiting = held.all(
            "SELECT name, role, body, audience, '' AS key, invited_by, made_us, NULL AS ended_us, 0 AS sessions,"
            " 'invitation' AS what FROM invitation WHERE used_us IS NULL AND until_us >= :now ORDER BY name, made_us",
            now=now_us,
        )
        return [*accounts, *waiting]


def _check(mission: Path, name: str, role: Role, body: str, audience: str) -> None:
    if not name or len(name) > MOST_NAME or not name.isprintable() or name != name.strip():
        raise ValueNotRead(
            f"{name[:80]!r} is no name to sign in with.", f"At most {MOST_NAME} characters, no line breaks."
        )
    known = {one.value for one in Audience} - {Audience.INTERNAL.value}
    if (role is Role.READER) != (audience in known):
        raise ValueNotRead("A reader, and nobody else, has an audience.", f"Choose one of: {', '.join(sorted(known))}.")
    with open_mission(mission) as opened:
        bodies = [one.id for one in registered(opened).pack.agreement.bodies]
    if body and (body not in bodies or role not in WRITES):
        raise ValueNotRead(f"{role.value} cannot speak for {body!r}.", f"Bodies: {', '.join(bodies)}.")


def _own_key(mission: Path, row: Row, now_us: int, chance: Chance) -> str:
    """A key under a label that tells nobody's name: other holders read it."""
    if not row["body"]:
        return ""
    label = f"{row['role']} {chance(3).hex()}"
    new_key(mission, label, "person", locked=False, now_us=now_us, chance=chance)
    return label


def _row(held: Accounts, token: str, now_us: int) -> Row:
    row = held.one("SELECT * FROM invitation WHERE token = :token", token=_digest(token))
    if row is None or row["used_us"] is not None or row["until_us"] < now_us:
        raise NotAccepted("This invitation does not hold: it was used, or is too old.", "Ask for another.")
    return row


def _invitation(row: Row) -> Invitation:
    return Invitation(row["name"], Role(row["role"]), row["body"], row["code_secret"])


def _failed(held: Accounts, row: Row, now_us: int) -> None:
    failed = row["failed"] + 1
    wait = 0 if failed < TRIES else min(FIRST_WAIT_S << min(failed - TRIES, 10), MOST_WAIT_S)
    held.say(
        "UPDATE account SET failed = failed + 1, wait_until_us = :until WHERE name = :name",
        until=now_us + wait * SECOND if wait else 0, name=row["name"],
    )  # fmt: skip


def _token(chance: Chance) -> str:
    return base64.urlsafe_b64encode(chance(32)).rstrip(b"=").decode()


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _codes(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP_S)  # noqa: S303 (what apps for codes read; HMAC-SHA-1 is not broken)


def _step_of(secret: bytes, code: str, now_us: int, last: int) -> int:
    """The thirty seconds that a code is of: these, the ones before or after; none that was used. `NotAccepted`."""
    said = "".join(code.split())[:DIGITS].encode()
    now = now_us // SECOND // STEP_S
    for step in (now, now - 1, now + 1):
        if step > last and hmac.compare_digest(_codes(secret).generate(step * STEP_S), said):
            return step
    raise NotAccepted("The code does not fit.", "Look whether the clock of the telephone is right.")


def _hashed(password: str, chance: Chance) -> str:
    with _AT_A_TIME:
        return Argon2id(
            salt=chance(16), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
        ).derive_phc_encoded(password.encode())


def _fits(password: str, hashed: str) -> bool:
    try:
        with _AT_A_TIME:
            Argon2id.verify_phc_encoded(password.encode(), hashed)
    except InvalidKey:
        return False
    return True


_NOBODY = f"$argon2id$v=19$m={_MEMORY_KIB},t={_PASSES},p={_LANES}$" + "A" * 22 + "$" + "A" * 43
"""The hash of no password, so that an unknown name takes as long as a known one."""
