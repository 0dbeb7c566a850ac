"""destroy, destructions."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Mission, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.progress import shown_progress
from truceline.errors import ValueNotRead

if TYPE_CHECKING:
    from truceline.pipeline.destroying import Going, WasDestroyed
    from truceline.pipeline.out_of_reach import OutOfReach

_SWEEP = "Close every other program that has the mission open, then run: truceline destroy MISSION --sweep"
_OUT_OF_REACH = "What was given to others, printed or exported, and every backup of the mission, is out of reach."


@app.command
def destroy(
    mission: Mission,
    *entries: Annotated[str, Parameter(help="Ids of rows or acts, or of a submission for all its rows (beginnings).")],
    fields: Annotated[str, Parameter(help="Names of fields, with commas: of a row source, when, where, ...")] = "",
    because: Annotated[str, Parameter(help="The reason; it stays in the record.")] = "",
    of: Annotated[str | None, Parameter(help="A holder: destroy what it opened to you of its entries.")] = None,
    yes: Annotated[bool, Parameter(negative="", help="Do not ask.")] = False,
    sweep: Annotated[bool, Parameter(negative="", help="Only sweep the file again after a destruction.")] = False,
    json: Json = False,
) -> int:
    """Destroy fields of entries for good: words, salts, fingerprints, the file they came in. The act says why."""
    if sweep:
        return _swept(mission, json)
    from truceline.pipeline.destroying import destroy as destroy_fields
    from truceline.pipeline.destroying import going

    if not yes:
        _asked(going(mission, entries, [fields], of), json)
    with shown_progress() as tell:
        told = destroy_fields(
            mission, entries, [fields], because, of, now_us=now_us(), chance=CHANCE, tell=tell
        )  # fmt: skip
    if json:
        print_json(told)
    else:
        _say(told)
    return 0 if told.swept else 1


def _swept(mission: Path, json: bool) -> int:
    from truceline.pipeline.destroying import sweep as sweep_again

    swept = sweep_again(mission)
    if json:
        print_json({"mission": str(mission), "swept": swept})
    else:
        say("No free page and no write-ahead log is left in the file." if swept else _SWEEP)
    return 0 if swept else 1


def _asked(going: "Going", json: bool) -> None:
    """Show what goes, and ask. Raises `ValueNotRead` unless the answer is the word."""
    if json or not sys.stdin.isatty():
        raise ValueNotRead("Nothing was destroyed: nobody can be asked here.", "Look at what goes, then add --yes.")
    _show(going)
    sys.stdout.write("Type destroy to go on: ")
    sys.stdout.flush()
    if sys.stdin.readline().strip() != "destroy":
        raise ValueNotRead("Nothing was destroyed.", "")


def _show(going: "Going") -> None:
    say(plain(f"Of {grouped(len(going.entries))} entries of {going.of}, these fields go: {', '.join(going.fields)}."))
    for entry in going.entries[:10]:
        say(f"  {entry[:16]}")
    if len(going.entries) > 10:
        say(f"  and {grouped(len(going.entries) - 10)} more")
    for file in going.files:
        say(plain(f"The kept file {file} goes too: it holds the same words. Its other rows stay."))
    _say_beyond(going.beyond)
    say("Nothing brings them back.")


def _say(told: "WasDestroyed") -> None:
    say(f"Destroyed {grouped(told.fields)} fields of {grouped(told.entries)} entries by the act {told.act[:16]}.")
    if told.files:
        say(f"{grouped(told.files)} kept files went with them; their other rows stay.")
    if told.unread:
        say(f"{grouped(told.unread)} rows say too little now: they are shown as destroyed and are not counted.")
    _say_beyond(told.beyond)
    if not told.swept:
        say(f"Another process has the mission open: old pages still lie in the file. {_SWEEP}")


def _say_beyond(beyond: "OutOfReach") -> None:
    if beyond.entries:
        shown = ", ".join(one[:16] for one in beyond.entries[:10])
        more = f" and {len(beyond.entries) - 10} more" if len(beyond.entries) > 10 else ""
        say(f"The same words also stand in other entries, which stay: {shown}{more}.")
    if beyond.files:
        say(plain(f"The same words also stand in other kept files, which stay: {', '.join(beyond.files)}."))
    if beyond.opened_to:
        say(plain(f"Opened before to: {', '.join(beyond.opened_to)}. What they hold cannot be called back."))
    say(_OUT_OF_REACH)


@app.command
def destructions(mission: Mission, *, json: Json = False) -> int:
    """List what was destroyed, by which act and why. Read as internal."""
    from truceline.pipeline.destroying import destructions as listed
    from truceline.pipeline.publishing import reader_for

    told = listed(mission, reader_for("internal"))
    if json:
        print_json({"audience": "internal", "destructions": told})
        return 0
    if not told:
        say("Nothing was destroyed.")
        return 0
    say("Read as internal.")
    rows: Sequence[Sequence[object]] = [
        (one.id[:16], one.of, grouped(one.entries), grouped(one.fields), ", ".join(one.names), one.because)
        for one in told
    ]
    print_table(("act", "log", "entries", "fields", "which", "because"), rows)
    return 0
