"""Connections that send a request drop by drop are closed: they would hold places that others need (slow loris)."""

from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

LOOK_S = 2.0
HEAD_S, BODY_S = 35.0, 300.0
"""Seconds in which the head of a request has to be there, and its body. The first is longer than an idle connection
is kept between two requests, and the second lets a slow link send the largest file that is taken."""


class Patient(H11Protocol):
    """HTTP/1.1 with an end to patience."""

    def connection_made(self, transport: Any) -> None:
        """Somebody has connected."""
        super().connection_made(transport)
        self._seen: tuple[object, object] = (None, None)
        self._since = self.loop.time()
        self.loop.call_later(LOOK_S, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        state, now = self.conn.their_state, self.loop.time()
        if self._seen != (state, self.cycle):
            self._seen, self._since = (state, self.cycle), now
        limit = {h11.IDLE: HEAD_S, h11.SEND_BODY: BODY_S}.get(state)
        if limit is not None and now - self._since > limit:
            self.transport.close()
            return
        self.loop.call_later(LOOK_S, self._look)
