"""registers: what parties told each co-chair, and what the co-chairs attest to each other."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import AsOf, Json, Known, Mission, app, now_us
from truceline.cli.printing import plain, print_json, print_table, say

Told = dict[str, Any]


@app.command
def registers(
    mission: Mission,
    *,
    party: Annotated[str, Parameter(help="A party or group: its id, or any of its names.")] = "",
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """The co-chairs' registers of acceptances side by side: accepted, attested, disputed. Read as internal."""
    from truceline.pipeline.registers import registers as told_by
    from truceline.vocabulary.marking import INTERNAL

    told = told_by(mission, INTERNAL, now_us=now_us(), as_of=as_of, known=known, party=party)
    if json:
        print_json(told)
        return 0
    _heading(told)
    if told["says"]:
        say(plain(told["says"]))
        return 0
    print_table(("party", *told["registers"], "status"), [_line(one) for one in told["parties"]])
    for one in told["parties"]:
        _print_party(one)
    return 0


def _heading(told: Told) -> None:
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    say(f"Agreement {told['agreement']['pack']}, read as {told['audience']}. As of {told['as_of']}.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    say(f"Cut {cut}. A register is no list of who is not covered.")
    say()


def _line(one: Told) -> tuple[str, ...]:
    kept = (
        "no entry" if kept["state"] == "no_entry" else f"{kept['state']} {kept['since']}" for kept in one["registers"]
    )
    return (one["name"], *kept, one["says"])


def _print_party(one: Told) -> None:
    """Both time lines of one party, and what is open."""
    say()
    say(plain(f"{one['name']}: {one['says']}"))
    if one["recorded_then"] != one["status"]:
        say(plain(f"    the record held at that time: {one['recorded_then_says']}"))
    for act in one["acts"]:
        replaced = f"; replaced by {act['replaced_by'][:12]}" if act["replaced_by"] else ""
        holds = "" if act["since"] == act["said"] else f"holds from {act['since']}, "
        say(
            plain(
                f"    {act['id'][:12]} {act['act']} by {act['by']}: {act['says']}; {holds}said {act['said']}, "
                f"{_entered(act)}{replaced}"
            )
        )
    if one["open"]:
        say(plain(f"    open since {one['open']['since']}: {one['open']['asks']}"))


def _entered(act: Told) -> str:
    if act["entered_by"]:
        after = f" after {act['entered_after']} and" if act["entered_after"] else ""
        return f"entered{after} by {act['entered_by']}"
    return f"entered after {act['entered_after']}" if act["entered_after"] else "entered"
