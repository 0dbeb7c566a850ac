"""exchange state, rivals: what the holders see alike, and where acts stand against one another."""

from typing import Annotated

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Known, Mission, app, now_us
from truceline.cli.exchange import exchange
from truceline.cli.printing import grouped, plain, print_json, say
from truceline.cli.progress import shown_progress


@exchange.command
def state(
    mission: Mission,
    *,
    enter: Annotated[bool, Parameter(negative="", help="State it in the own log, for the other holders.")] = False,
    json: Json = False,
) -> int:
    """Fingerprint of what every holder can read at the joint cut, and whether the others stated the same."""
    from truceline.pipeline.agreeing import state as stated

    with shown_progress("reading what all can read"):
        told = stated(mission, now_us=now_us(), chance=CHANCE if enter else None)
    if json:
        print_json(told)
        return 1 if any(one.agrees is False for one in told.others) else 0
    say(f"At the joint cut: {', '.join(f'{grouped(number)} {name}' for name, number in told.rows.items())}.")
    say(f"fingerprint {told.fingerprint[:16]}; compare by telephone: {' '.join(told.spoken)}")
    for origin, number in told.waiting.items():
        say(plain(f"{origin}: {grouped(number)} entries were released to all and have not arrived here."))
    if enter:
        say("Stated in the own log." if told.stated else "Not stated: it would rest on less than was released.")
    for one in told.others:
        word = {True: "the same", False: "DIFFERS", None: "cannot tell"}[one.agrees]
        say(plain(f"{one.by}: {word}. {one.why}".rstrip()))
    return 1 if any(one.agrees is False for one in told.others) else 0


@app.command
def rivals(mission: Mission, *, known: Known = None, json: Json = False) -> int:
    """List acts of one body on one matter from several devices, none of which had seen another's. Read as internal."""
    from truceline.pipeline.rivalry import rivals_listed

    listed = rivals_listed(mission, known)
    if json:
        print_json({"audience": "internal", "rivals": listed})
        return 0
    if not listed:
        say("No acts stand against one another.")
        return 0
    say("Read as internal. A person settles it by an act that revises both (`revises:`).")
    for one in listed:
        say(plain(f"{one.by}, {one.act} {one.about}:"))
        for act in one.acts:
            say(plain(f"  {act.id[:16]} in {act.log} ({act.name}), {act.at}: {act.says}"))
    return 0
