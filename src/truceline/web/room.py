"""What every page is handed: the room (which mission, what time it is, answers held) and the person who looks."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from truceline.pipeline.questions import Answer, Asked
from truceline.pipeline.room.heading import asked_anew
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.role import Person

__all__ = ["AtRoom", "Person", "Room", "Who"]
LANGUAGES = {"en": "ltr", "ar": "rtl"}
"""Languages of the room and their direction of writing."""
MINUTE_US = 60_000_000
MOST_ANSWERS = 6


class Room:
    """One mission with the answers last given. clock: UTC microseconds; chance: so many random bytes, fit for secrets.

    An answer is held for one reader, cut and question: another entry, role or reading is asked anew. Answers rest on
    the mission's file, never on who has looked before. The shared view is made in memory, and its answer goes with it.
    """

    def __init__(self, path: Path, clock: Callable[[], int], chance: Callable[[int], bytes]) -> None:
        self.path = path
        self.chance = chance
        self._clock = clock
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def exactly_us(self) -> int:
        """The present instant, for what is written and for sessions."""
        return self._clock()

    def now_us(self) -> int:
        """The present minute: who looks within the same minute is given the same answer."""
        return self._clock() // MINUTE_US * MINUTE_US

    def language(self, request: Request[Any, Any, Any]) -> str:
        """`lang` of the address, else of the cookie, else English."""
        asked = request.query_params.get("lang", "") or request.cookies.get("lang", "")
        return asked if asked in LANGUAGES else "en"

    def reader(self, person: Person) -> Reader:
        """Who asks, for the gate."""
        return Reader(person.audience, person.name)

    def asking(self, mission: Any, asked: Asked, boundary: str = "") -> Answer:
        """The answer, held or worked out. At most `MOST_ANSWERS` are held, those least asked for go first."""
        if asked.view == "shared":
            return asked_anew(mission, asked, boundary)
        cut = tuple((origin, tuple(head)) for origin, head in mission.cut().items())
        key = (asked, boundary, cut)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = asked_anew(mission, asked, boundary)
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > MOST_ANSWERS:
                self._answers.popitem(last=False)
        return answer


AtRoom = NamedDependency[Room]
"""What a page takes as `room`."""
Who = NamedDependency[Person]
"""What a page takes as `person`: whoever is signed in, and may open the address."""
