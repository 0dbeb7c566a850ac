"""The commands and their help. Heavy rooms are imported inside a command, so that --help stays quick."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from truceline import __version__

app = App(
    name="truceline",
    version=f"truceline {__version__}",
    help="Monitoring of a cessation of hostilities: an append-only record, a day ledger with three answers "
    "(quiet, not quiet, cannot tell), clocks, and a bulletin whose every number opens its rows.\n\n"
    "Begin with: truceline demo",
    help_epilogue="Exit codes: 0 done (refused rows included), 1 a check failed, 2 not done. "
    "Results go to stdout, progress to stderr; every command has --json.",
    help_format="plaintext",
    version_flags=["--version"],
)

Mission = Annotated[Path, Parameter(help="The mission file.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Print JSON for machines.")]
AsOf = Annotated[
    str | None,
    Parameter(
        help="The world up to this time, or to the end of this date; local to the agreement. "
        "Default: now, or the time of the cut."
    ),
]
Known = Annotated[
    str | None, Parameter(help="The record up to this cut: SIZE, SIZE:ROOT or an ISO time with its zone. Default: all.")
]
ViewName = Annotated[
    Literal["own", "shared"],
    Parameter(help="All that this holder can read, or only what every holder can, at the cut that is joint."),
]
ReadingId = Annotated[
    str | None,
    Parameter(help="A reading of the pack, or the path of a YAML file of one. Other than the registered: exploratory."),
]
AudienceName = Annotated[
    str | None, Parameter(help="Who is to read it: internal. Default: nobody, so it has to be said.")
]
Indicator = Annotated[str | None, Parameter(help="Only this indicator.")]
Area = Annotated[str | None, Parameter(help="Only this area.")]
From = Annotated[str | None, Parameter(name="--from", help="From this day on (YYYY-MM-DD).")]
To = Annotated[str | None, Parameter(name="--to", help="Up to this day, included (YYYY-MM-DD).")]
CHANCE: Callable[[int], bytes] = secrets.token_bytes


def now_us() -> int:
    """The wall clock, UTC microseconds: read here, at the door, and passed in everywhere else."""
    return time.time_ns() // 1000


from truceline.cli import (  # noqa: E402, F401 (they register themselves)
    alike,
    answers,
    assessing,
    cases,
    cases_shown,
    clearing,
    comparing,
    conduct,
    designation,
    destroying,
    dossier,
    exchange,
    exhibits,
    fetching,
    flights,
    grading,
    instruments,
    intake,
    joint,
    judging,
    keys,
    lists,
    locking,
    log,
    mapping,
    matching,
    measures,
    outputs,
    overlap,
    places,
    publications,
    recalling,
    referring,
    registers,
    releasing,
    room,
    sourcing,
    steps,
    territory,
    theatre,
    upgrading,
    watching,
)
