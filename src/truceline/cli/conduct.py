"""access and notices: requests for access step by step, and what parties said beforehand that they would do."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import AsOf, Json, Known, Mission, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say

Told = dict[str, Any]


@app.command
def access(
    mission: Mission,
    number: Annotated[str, Parameter(help="Only the request of this number, every step of it.")] = "",
    /,
    *,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Requests for access (convoys, patrols, evacuations) step by step: by whom, until when, what came of it; overdue
    first."""
    from truceline.pipeline.access_told import access_told
    from truceline.vocabulary.marking import INTERNAL

    told = access_told(mission, INTERNAL, number, now_us=now_us(), as_of=as_of, known=known)
    if json:
        print_json(told)
        return 0
    _heading(told)
    if not told["requests"]:
        say("No request for access is recorded here. One begins with an act `access` that says `asked`.")
        return 0
    print_table(
        ("number", "state", "asked", "delivered", "people", "overdue"), [_line(one) for one in told["requests"]]
    )
    for one in told["requests"]:
        if number or one["overdue"]:
            _print_request(one)
    say()
    say(f"Method: {told['method']}")
    return 0


def _heading(told: Told) -> None:
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    say(plain(f"Agreement {told['agreement']['pack']}. As of {told['as_of']}, cut {cut}."))
    say()


def _line(one: Told) -> tuple[str, ...]:
    late = ", ".join(one["overdue"])
    return (one["number"], one["state"].replace("_", " "), one["asked"], one["delivered"], _reached(one), late)


def _reached(one: Told) -> str:
    """6,000 of 10,000 (60 percent)."""
    asked, reached = _bounds(one["people"]["asked"]), _bounds(one["people"]["delivered"])
    if not asked or not (reached or one["reached_percent"]):
        return f"asked for {asked}" if asked else ""
    return f"{reached or 'none'} of {asked} ({_bounds(one['reached_percent'])} percent)"


def _bounds(given: list[int] | None) -> str:
    return "" if given is None else " to ".join(grouped(one) for one in dict.fromkeys(given))


def _print_request(one: Told) -> None:
    say()
    say(plain(f"{one['number']}: {', '.join(one['areas'])}"))
    rows = [
        (s["when"], s["step"].replace("_", " "), s["actor"], s["by"], s["due"], s["outcome"].replace("_", " "),
         s["category"] or ("" if s["people"] is None else grouped(s["people"])))
        for s in one["steps"]
    ]  # fmt: skip
    print_table(("when", "step", "actor", "told by", "due", "what came of it", "people, or kind"), rows)
    for told in one["notified"]:
        had = f"has it since {told['acknowledged']}" if told["acknowledged"] else "no word that it has it"
        say(plain(f"Route told to {told['party'] or 'nobody by name'} on {told['notified']}: {had}."))


@app.command
def notices(mission: Mission, *, as_of: AsOf = None, known: Known = None, json: Json = False) -> int:
    """Notices that parties gave beforehand: of what, from when, to whom, and who has them. A notice permits nothing."""
    from truceline.pipeline.notices_told import notices_told
    from truceline.vocabulary.marking import INTERNAL

    told = notices_told(mission, INTERNAL, now_us=now_us(), as_of=as_of, known=known)
    if json:
        print_json(told)
        return 0
    _heading(told)
    if not told["notices"]:
        say("No notice is recorded here. One is an act `notice` that says `given`.")
        return 0
    print_table(
        ("number", "party", "what", "given", "from", "until", "hours before", "to", "acknowledged", "state"),
        [
            (one["number"], one["party"], one["what"].replace("_", " "), one["given"], one["from"], one["until"],
             one["hours_before"], one["to"], ", ".join(one["acknowledged"]), one["state"])
            for one in told["notices"]
        ],
    )  # fmt: skip
    say()
    say("A notice permits nothing by itself: what a clause forbids stays forbidden.")
    return 0
