"""lock, unlock."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Mission, app
from truceline.cli.passphrase import read_from, typed_twice
from truceline.cli.printing import print_json, say
from truceline.cli.progress import shown_progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from truceline.pipeline.locking import Lock, Locked

Whole = Annotated[
    bool, Parameter(negative="", help="Encipher the mission file too, not only its keys (extra: encrypted).")
]
PassphraseFile = Annotated[
    Path | None,
    Parameter(help="A file with the new passphrase, readable by you only. Default: it is asked for, twice."),
]


@app.command
def lock(
    mission: Mission,
    *,
    whole: Whole = False,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Put the mission's key file under a passphrase, or under another one. A forgotten passphrase is lost for good."""
    from truceline.pipeline.locking import lock as put_under
    from truceline.pipeline.locking import under_passphrase

    changes = under_passphrase(mission)
    with shown_progress("locking"):
        locked = put_under(mission, lambda: chosen(mission, passphrase_file, changes=changes), CHANCE, whole=whole)
    if json:
        print_json(locked.plain())
        return 0
    say(f"{locked.key_file} lies under {'the new' if changes else 'a'} passphrase: nothing is entered without it.")
    if locked.whole:
        say(f"{mission} is enciphered as a whole: it is not read without {locked.key_file} and the passphrase.")
    else:
        say(f"{mission} itself is not enciphered: whoever has it can read it. To encipher it: lock --whole")
    say("Nobody can recover the passphrase. Older copies and backups are as they were.")
    return 0


@app.command
def unlock(mission: Mission, *, json: Json = False) -> int:
    """Take the passphrase off the mission's key file, and the cipher off the mission, if it is enciphered."""
    from truceline.pipeline.locking import unlock as take_off

    with shown_progress("unlocking"):
        unlocked = take_off(mission)
    return _said(unlocked, mission, json=json)


def _said(unlocked: "Locked", mission: Path, *, json: bool) -> int:
    if json:
        print_json(unlocked.plain())
    else:
        say(f"{mission} and {unlocked.key_file} lie in clear: whoever has both can read and write the mission.")
    return 0


def new_lock(mission: Path, file: Path | None, *, whole: bool) -> "Callable[[], Lock]":
    """How the keys of a mission that is being made are kept; asks for its passphrase when called."""
    from truceline.pipeline.locking import a_lock

    return lambda: a_lock(mission, chosen(mission, file, changes=False), CHANCE, whole=whole)


def chosen(mission: Path, file: Path | None, *, changes: bool) -> str:
    """The new passphrase: from the file, else asked for. `changes`: the file of the environment holds the old one.

    Raises `MissionError`.
    """
    from truceline.pipeline.unlocking import fit, new_passphrase

    what = f"the mission {mission}"
    if file is not None:
        return fit(read_from(file))
    return fit(typed_twice(what)) if changes else new_passphrase(what)
