"""Accounts of the room: by invitation, with a password and a code; whoever guesses waits."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from truceline.errors import NotAccepted, TrucelineError, ValueNotRead
from truceline.pipeline import accounts
from truceline.pipeline.missions import init
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.role import Role

SECOND = 1_000_000
BEGIN = 1_750_000_000 * SECOND
WORDS = "four words of hers"


class Desk:
    """A mission with its own clock, and somebody who reads codes from a telephone."""

    def __init__(self, path: Path) -> None:
        self.path, self.now = path, BEGIN
        init(path, "example", reading="strict", exercise=True, now_us=BEGIN, chance=os.urandom).close()

    def later(self, seconds: int) -> None:
        self.now += seconds * SECOND

    def code(self, secret: bytes) -> str:
        return TOTP(secret, 6, SHA1(), 30).generate(self.now // SECOND).decode()

    def invite(self, name: str = "lina", role: Role = Role.DUTY_OFFICER, **more: str) -> str:
        return accounts.invite(self.path, name, role, by="", now_us=self.now, chance=os.urandom, **more)

    def accepted(self, name: str = "lina", **more: str) -> bytes:
        token = self.invite(name, **more)
        secret = accounts.invited(self.path, token, self.now).secret
        accounts.accept(self.path, token, WORDS, self.code(secret), now_us=self.now, chance=os.urandom)
        self.later(30)
        return secret

    def sign_in(self, password: str, code: str, name: str = "lina") -> str:
        return accounts.sign_in(self.path, name, password, code, now_us=self.now, chance=os.urandom)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "valley.truceline")


def test_who_was_invited_signs_in_with_password_and_code_and_has_a_key_of_their_own(desk: Desk) -> None:
    secret = desk.accepted(body="alpha")
    person = accounts.person_of(desk.path, desk.sign_in(WORDS, desk.code(secret)), desk.now)
    assert person is not None
    assert (person.name, person.role, person.body, person.audience) == (
        "lina", Role.DUTY_OFFICER, "alpha", Audience.INTERNAL,
    )  # fmt: skip
    assert person.key.startswith("duty_officer ")
    assert "lina" not in person.key


def test_an_invitation_makes_one_account_and_holds_three_days(desk: Desk) -> None:
    token = desk.invite()
    secret = accounts.invited(desk.path, token, desk.now).secret
    accounts.accept(desk.path, token, WORDS, desk.code(secret), now_us=desk.now, chance=os.urandom)
    old = desk.invite("omar")
    desk.later(3 * 86_400 + 1)
    for one in (token, old, "made-up"):
        with pytest.raises(NotAccepted):
            accounts.invited(desk.path, one, desk.now)


def test_wrong_name_wrong_password_and_wrong_code_are_told_in_the_same_words(desk: Desk) -> None:
    secret = desk.accepted()
    told = set()
    for name, password, code in (
        ("nobody", WORDS, "000000"), ("lina", "other words", desk.code(secret)), ("lina", WORDS, "12345"),
    ):  # fmt: skip
        with pytest.raises(NotAccepted) as raised:
            desk.sign_in(password, code, name)
        told.add(str(raised.value))
    assert len(told) == 1


def test_a_code_counts_once(desk: Desk) -> None:
    secret = desk.accepted()
    code = desk.code(secret)
    desk.sign_in(WORDS, code)
    with pytest.raises(NotAccepted):
        desk.sign_in(WORDS, code)


def test_who_guesses_waits_and_the_right_words_do_not_help_until_then(desk: Desk) -> None:
    secret = desk.accepted()
    for _ in range(5):
        with pytest.raises(NotAccepted):
            desk.sign_in("guessed guessed", "000000")
    with pytest.raises(NotAccepted, match="too many"):
        desk.sign_in(WORDS, desk.code(secret))
    desk.later(31)
    assert desk.sign_in(WORDS, desk.code(secret))


def test_a_session_ends_when_nobody_clicks_when_it_is_left_and_when_the_account_ends(desk: Desk) -> None:
    secret = desk.accepted()
    idle = desk.sign_in(WORDS, desk.code(secret))
    desk.later(12 * 3_600 + 1)
    assert accounts.person_of(desk.path, idle, desk.now) is None
    left = desk.sign_in(WORDS, desk.code(secret))
    accounts.sign_out(desk.path, left, desk.now)
    assert accounts.person_of(desk.path, left, desk.now) is None
    desk.later(31)
    ended = desk.sign_in(WORDS, desk.code(secret))
    assert accounts.end(desk.path, "lina", desk.now) >= 1
    assert accounts.person_of(desk.path, ended, desk.now) is None
    with pytest.raises(NotAccepted):
        desk.sign_in(WORDS, desk.code(secret))


@pytest.mark.parametrize(
    ("name", "role", "more"),
    [
        ("", Role.ANALYST, {}), ("a\nb", Role.ANALYST, {}), ("x" * 61, Role.ANALYST, {}),
        ("lina", Role.READER, {}), ("lina", Role.ANALYST, {"audience": "council"}),
        ("lina", Role.ANALYST, {"body": "nobody"}), ("lina", Role.AUDITOR, {"body": "alpha"}),
        ("lina", Role.READER, {"audience": "internal"}),
    ],
)  # fmt: skip
def test_what_cannot_be_invited_is_refused_with_the_mend(
    desk: Desk, name: str, role: Role, more: dict[str, str]
) -> None:
    with pytest.raises(ValueNotRead) as raised:
        desk.invite(name, role, **more)
    assert raised.value.mend


def test_a_short_password_makes_no_account(desk: Desk) -> None:
    token = desk.invite()
    secret = accounts.invited(desk.path, token, desk.now).secret
    with pytest.raises(TrucelineError):
        accounts.accept(desk.path, token, "short", desk.code(secret), now_us=desk.now, chance=os.urandom)
    assert [one["what"] for one in accounts.listed(desk.path, desk.now)] == ["invitation"]


def test_the_file_of_accounts_is_the_owners_and_holds_no_token_and_no_password(desk: Desk) -> None:
    token = desk.invite()
    secret = accounts.invited(desk.path, token, desk.now).secret
    accounts.accept(desk.path, token, WORDS, desk.code(secret), now_us=desk.now, chance=os.urandom)
    desk.later(30)
    session = desk.sign_in(WORDS, desk.code(secret))
    file = desk.path.with_name(desk.path.name + ".people")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    assert not any(one.encode() in content for one in (token, session, WORDS))


def test_no_name_of_a_person_is_in_the_mission(desk: Desk) -> None:
    secret = desk.accepted("Lina Haddad-Qx", body="alpha")
    desk.sign_in(WORDS, desk.code(secret), "Lina Haddad-Qx")
    for file in desk.path.parent.iterdir():
        if file.is_file() and not file.name.endswith(".people"):
            assert b"Haddad-Qx" not in file.read_bytes()
