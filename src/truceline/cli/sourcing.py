"""origins, bursts: who rests on whom, and of whom suddenly far more is told."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Known, Mission, ViewName, app, now_us
from truceline.cli.printing import plain, print_json, print_table, say
from truceline.cli.progress import shown_progress
from truceline.errors import TrucelineError

if TYPE_CHECKING:
    from truceline.pipeline.questions import Asked

Told = dict[str, Any]
MOST_SHOWN = 60
SourceName = Annotated[str, Parameter(help="Only what this source told, or what was taken from it.")]
By = Annotated[str, Parameter(help="The body of the pack that says it.")]
Because = Annotated[str, Parameter(help="The reasons.")]
At = Annotated[str, Parameter(help="When it was said; local to the agreement. Default: now.")]
Sign = Annotated[str | None, Parameter(help="The label or id of the key that signs. Default: the log's own.")]


@app.command
def origins(
    mission: Mission,
    *,
    incident: Annotated[str, Parameter(help="Only the incident that this report tells of: its id or SOURCE/ID.")] = "",
    source: SourceName = "",
    held_by: Annotated[str | None, Parameter(help="Of what bodies hold, only what this one does.")] = None,
    known: Known = None,
    view: ViewName = "own",
    accept: Annotated[bool, Parameter(negative="", help="Enter for each open proposal that it is so.")] = False,
    by: By = "",
    because: Because = "",
    at: At = "",
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Who repeats whom: declared, held by bodies, or proposed from near-identical words. Read as internal."""
    from truceline.pipeline.origins_told import origins as told_by

    if accept:
        return _accept(mission, incident, source, (by, because, at, sign), json)
    _refuse_acting(by, because, at, sign)
    with shown_progress("comparing words"):
        told = told_by(mission, asked_as(known, view), incident=incident, source=source, by=held_by)
    if json:
        print_json(told)
        return 0
    print_heading(told)
    if told["incident"]:
        _print_incident(told["incident"])
    _print_groups(told["origins"])
    _print_ties(told["ties"])
    return 0


def _accept(mission: Any, incident: str, source: str, said: tuple[str, str, str, str | None], json: bool) -> int:
    from truceline.pipeline.missions import open_mission
    from truceline.pipeline.origins_told import accept as enter_all

    by, because, at, sign = said
    _need(by, because)
    with shown_progress("comparing words"), open_mission(mission, write=True) as opened:
        entered = enter_all(
            opened, by=by, at=at or said_now(), because=because, incident=incident, source=source, sign=sign,
            now_us=now_us(), chance=CHANCE,
        )  # fmt: skip
    if json:
        print_json({"acts": entered})
    else:
        say(f"{by} holds {len(entered)} proposals to be so; each is an act of its own and can be withdrawn.")
    return 0


@app.command
def bursts(
    mission: Mission, *, source: SourceName = "", known: Known = None, view: ViewName = "own", json: Json = False
) -> int:
    """Flag sources and sides of which far more is told than before, and texts in mass. Read as internal."""
    from truceline.pipeline.bursting import bursts_told

    with shown_progress("comparing words"):
        told = bursts_told(mission, asked_as(known, view), source=source)
    if json:
        print_json(told)
        return 0
    print_heading(told)
    say("A flag discounts nothing: an offensive makes bursts too.")
    if not told["flags"]:
        say("No burst, no text in mass.")
        return 0
    rows = [(one["day"], one["kind"].replace("_", " "), one["says"]) for one in told["flags"][:MOST_SHOWN]]
    print_table(("day", "flag", "what"), rows)
    _print_more(len(told["flags"]))
    return 0


def print_heading(told: Told) -> None:
    """Who it is read as, and the cut."""
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    shared = "" if told["view"] == "own" else ", of what every holder can read"
    say(f"Read as {told['audience']}{shared}. Cut {cut}.")
    say()


def _print_incident(one: Told) -> None:
    low, high = one["independent_low"], one["independent_high"]
    span = str(low) if low == high else f"{low} to {high}"
    say(plain(f"The incident of {one['asked']}: {len(one['reports'])} reports, independent sources {span}."))
    say(plain(f"Proposed: {one['rule']}"))
    for remark in one["remarks"]:
        say(plain(f"  {remark}"))
    say()


def _print_groups(groups: list[Told]) -> None:
    if not groups:
        say("No report rests on another, as far as is known.")
        return
    rows = [
        (one["origin"], "" if one["held"] else "not held", len(one["surely"]), len(one["maybe"]), len(one["sources"]))
        for one in groups[:MOST_SHOWN]
    ]
    print_table(("origin", "", "reports that rest on it", "that may", "of sources"), rows)
    _print_more(len(groups))


def _print_ties(ties: list[Told]) -> None:
    for one in ties[:MOST_SHOWN]:
        counts = {"surely": "", "maybe": " (open)", "no": " (turned down)"}[one["counts"]]
        acts = f" [{', '.join(act[:12] for act in one['acts'])}]" if one["acts"] else ""
        say(plain(f"{one['report']} -> {one['of']}, {one['basis']}{counts}: {one['because']}{acts}"))
    _print_more(len(ties))


def _print_more(number: int) -> None:
    if number > MOST_SHOWN:
        say(f"and {number - MOST_SHOWN} more: --json has all.")


def _need(by: str, because: str) -> None:
    if not by or not because:
        raise TrucelineError("An act says who and why.", "Add --by BODY and --because REASONS.")


def _refuse_acting(by: str, because: str, at: str, sign: str | None) -> None:
    if by or because or at or sign:
        raise TrucelineError("--by, --because, --at and --sign go with --accept.", "To see what one holds: --held-by.")


def asked_as(known: str | None, view: Literal["own", "shared"]) -> "Asked":
    """A question without a reading, read as internal."""
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    return Asked(INTERNAL, now_us(), known=known, view=view)


def said_now() -> str:
    """This instant, for an act that does not say when it was said."""
    from truceline.vocabulary.when import iso

    return iso(now_us())
