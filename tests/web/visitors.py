"""A room with its door open to tests: people are invited, accept and sign in as anybody does, and look at pages."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from litestar.testing import TestClient

from truceline.pipeline.accounts import _codes as codes
from truceline.pipeline.accounts import accept, invite, invited, sign_in
from truceline.vocabulary.role import Role
from truceline.web.app import application
from truceline.web.security import SESSION

PASSWORD = "several words for a test"
SECOND = 1_000_000


@dataclass
class Door:
    """The room of one mission at an hour that stays. Names are given to people by number."""

    mission: Path
    now_us: int
    chance: Callable[[int], bytes] = os.urandom
    known: dict[Role, str] = field(default_factory=dict)
    called: str = "person"

    def session(self, role: Role, body: str = "") -> str:
        """The token of somebody of that role who has just signed in."""
        if role not in self.known:
            name, audience = f"{self.called} {len(self.known) + 1}", "council" if role is Role.READER else ""
            token = invite(
                self.mission, name, role, by="test", body=body, audience=audience, now_us=self.now_us - 300 * SECOND,
                chance=self.chance,
            )  # fmt: skip
            self._accept(token)
            self.known[role] = self._sign_in(name)
        return self.known[role]

    def client(self, role: Role | None = None, body: str = "") -> TestClient:
        """A browser without scripts: signed in, or not."""
        app = application(self.mission, lambda: self.now_us, self.chance, ["testserver.local"])
        client = TestClient(app, raise_server_exceptions=False)
        client.headers["accept"] = "text/html"
        if role is not None:
            client.cookies.set(SESSION, self.session(role, body))
        return client

    def _accept(self, token: str) -> None:
        then = self.now_us - 120 * SECOND
        self._secret = invited(self.mission, token, then).secret
        accept(self.mission, token, PASSWORD, self._code(then), now_us=then, chance=self.chance)

    def _sign_in(self, name: str) -> str:
        return sign_in(
            self.mission, name, PASSWORD, self._code(self.now_us), now_us=self.now_us, chance=self.chance
        )  # fmt: skip

    def _code(self, now_us: int) -> str:
        return codes(self._secret).generate(now_us // SECOND).decode()
