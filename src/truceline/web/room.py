"""What every page is handed: the room (which mission, what time it is, answers held) and the person who looks."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from litestar import Request
from litestar.di import NamedDependency

from truceline.pipeline.questions import Answer, Asked
from truceline.pipeline.room.heading import asked_anew
from truceline.pipeline.views import opened_for
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.role import Person
from truceline.vocabulary.when import MINUTE, SECOND
from truceline.web.held import Answers, Shown
from truceline.web.throttle import Throttle

__all__ = ["AtRoom", "Person", "Room", "Who"]
LANGUAGES = {"en": "ltr", "ar": "rtl", "ru": "ltr", "fr": "ltr"}
"""Languages of the room and their direction of writing."""
STEPS = tuple(minutes * MINUTE for minutes in (1, 5, 15, 60))
"""Pages that ask for no instant are as of a multiple of one of these."""
Model = TypeVar("Model")


class Room:
    """One mission with the answers last given. clock: UTC microseconds; chance: so many random bytes, fit for secrets.

    An answer is held by cut and question, for all who work inside; what one of them may not see is taken out after it.
    """

    def __init__(self, path: Path, clock: Callable[[], int], chance: Callable[[int], bytes]) -> None:
        self.path = path
        self.chance = chance
        self._clock = clock
        self._answers, self._shown = Answers(), Shown()
        self._seen: tuple[object, int] = (None, 0)
        self.exercise: Any = None
        self.tries = Throttle()

    def exactly_us(self) -> int:
        """The present instant, for what is written and for sessions."""
        return self._clock()

    def now_us(self) -> int:
        """The instant that pages are as of, where none was asked: the present minute, or one not long ago.

        Where an evaluation takes long, a new one is not begun each minute: at most a twentieth of the time is spent on
        it. What was written since the last look is always known: then it is the minute in which that was seen.
        """
        now = self._clock() // MINUTE * MINUTE
        written = _written(self.path)
        if self._seen[0] != written:
            self._seen = (written, now)
        step = next((one for one in STEPS if self._answers.cost_s * 20 * SECOND <= one), STEPS[-1])
        return max(now // step * step, self._seen[1])

    def language(self, request: Request[Any, Any, Any]) -> str:
        """`lang` of the address, else of the cookie, else English."""
        asked = request.query_params.get("lang", "") or request.cookies.get("lang", "")
        return asked if asked in LANGUAGES else "en"

    def reader(self, person: Person) -> Reader:
        """Who asks, for the gate: what they may see rests on audience and role."""
        return Reader(person.audience, role=person.role)

    def asking(self, mission: Any, asked: Asked, boundary: str = "") -> Answer:
        """The answer, held or worked out. The shared view is made in memory, and its answer goes with it.

        Raises `StillWorking` where it takes long and there is none to show.
        """
        if asked.view == "shared":
            return asked_anew(mission, asked, boundary)
        alike = (asked.reader, asked.as_of, asked.known, asked.reading, boundary)
        key = (alike, _lasting(asked).now_us, *((origin, *head) for origin, head in mission.cut().items()))
        return self._answers.get(key, alike, lambda: self._anew(asked, boundary))

    def shown(self, what: Hashable, asked: Asked, make: Callable[[], Model]) -> Model:
        """A page's model, held as long as nothing is written. what: its name, with all that it was asked besides.

        For models of people who see the same: the reader is part of the key. Only of what was asked of the own view,
        and not while an older answer stands in for one that is being worked out.
        """
        if asked.view == "shared":
            return make()
        older = self._answers.older
        made: Model = self._shown.get(
            (what, _lasting(asked), _written(self.path)), make, lambda: older == self._answers.older
        )
        return made

    def _anew(self, asked: Asked, boundary: str) -> Answer:
        with opened_for(self.path, asked) as mission:
            return asked_anew(mission, asked, boundary)


def _lasting(asked: Asked) -> Asked:
    """The same question without the present instant, where it is as of one that was given."""
    return asked if asked.as_of is None else replace(asked, now_us=0)


def _written(path: Path) -> tuple[tuple[int, int], ...]:
    """Changes whenever anybody has written the mission file: times and sizes of it and of what is beside it."""
    beside = (path, path.with_name(f"{path.name}-wal"))
    return tuple((one.stat().st_mtime_ns, one.stat().st_size) for one in beside if one.exists() and one.stat().st_size)


AtRoom = NamedDependency[Room]
"""What a page takes as `room`."""
Who = NamedDependency[Person]
"""What a page takes as `person`: whoever is signed in, and may open the address."""
