"""Playing an exercise in the browser: the rooms of one holder or two, with seats to sit down on, until interrupted."""

import threading
from collections.abc import Callable
from pathlib import Path

from truceline.pipeline.exercise import seat
from truceline.pipeline.two_holders import Link, second_holder
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.role import Role
from truceline.web.exercise import Exercise, Seat
from truceline.web.serving import Served, show

Chance = Callable[[int], bytes]
"""So many bytes, drawn anew each time."""
SEATS: tuple[tuple[str, Role, str, Audience], ...] = (
    ("co-chair alpha", Role.CO_CHAIR, "alpha", Audience.INTERNAL),
    ("co-chair beta", Role.CO_CHAIR, "beta", Audience.INTERNAL),
    ("reader of the council", Role.READER, "", Audience.COUNCIL),
    ("auditor", Role.AUDITOR, "", Audience.INTERNAL),
)
NAMES = ("localhost", "127.0.0.1")
"""What the rooms' addresses call this machine: cookies go by this name, and not by the port."""
EVERY_S = 3.0
"""So often the link is looked at."""


def play(
    mission: Path, port: int, *, two: Path | None, reading: str, clock: Callable[[], int], chance: Chance,
    said: Callable[[list[Seat]], None], browser: bool,
) -> None:  # fmt: skip
    """Open the rooms and answer until interrupted. two: a folder for the second holder's mission, None: one holder.

    said: is told the seats before the rooms answer. Raises `MissionError` for a port that is taken.
    """
    missions = {"": mission}
    if two is not None:
        missions = second_holder(mission, two, reading=reading, now_us=clock(), chance=chance)
    rooms = [
        Served(path, "127.0.0.1", port + n if port else 0, name)
        for n, (path, name) in enumerate(zip(missions.values(), NAMES, strict=False))
    ]
    seats = [
        one for side, served in zip(missions, rooms, strict=True) for one in _seats(served, side, clock(), chance)
    ]  # fmt: skip
    link = None if two is None else Link(missions, clock, chance)
    exercise = Exercise(tuple(seats), link)
    said(seats)
    if browser:
        show(seats[0].address)
    _answer(rooms, exercise, clock, chance)


def _seats(served: Served, side: str, now_us: int, chance: Chance) -> list[Seat]:
    """The seats of one room: of its own side alone, where there are two."""
    made = []
    for name, role, body, audience in SEATS:
        if side in ("", body) or not body:
            seat(served.path, name, role, body, audience, now_us=now_us, chance=chance)
            token = chance(16).hex()
            label = f"{name} ({side})" if side and not body else name
            made.append(Seat(token, name, label, f"{served.address}/exercise/{token}"))
    return made


def _answer(rooms: list[Served], exercise: Exercise, clock: Callable[[], int], chance: Chance) -> None:
    over = threading.Event()
    others = [threading.Thread(target=one.answer, args=(clock, chance, exercise), daemon=True) for one in rooms[1:]]
    if exercise.link is not None:
        others.append(threading.Thread(target=_carry, args=(exercise.link, over), daemon=True))
    for one in others:
        one.start()
    try:
        rooms[0].answer(clock, chance, exercise)
    finally:
        over.set()


def _carry(link: Link, over: threading.Event) -> None:
    while not over.wait(EVERY_S):
        link.carry()
