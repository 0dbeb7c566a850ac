"""match: which reports may tell of one incident. It proposes; people judge."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Known, Mission, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.progress import shown_progress

Told = dict[str, Any]
TOP = 10


@app.command
def match(
    mission: Mission,
    *,
    window_hours: Annotated[
        int | None, Parameter(help="Reports further apart in time are not compared. Default of a new model: 1.")
    ] = None,
    distance_m: Annotated[
        int | None, Parameter(help="Nor are those whose circles lie further apart. Default of a new model: 1000.")
    ] = None,
    least: Annotated[
        int | None, Parameter(help="Doublings of the odds from which on a pair is proposed. Default of a new model: 0.")
    ] = None,
    seed: Annotated[int | None, Parameter(help="What draws the pairs a model is estimated from. Default: 1.")] = None,
    learn: Annotated[bool, Parameter(negative="", help="Estimate also from the pairs that people judged.")] = False,
    again: Annotated[
        bool, Parameter(negative="", help="Estimate and enter another model, in the place of the one in force.")
    ] = False,
    withdraw: Annotated[bool, Parameter(negative="", help="Take the model in force out of it, by an entry.")] = False,
    accept_automatic: Annotated[
        bool,
        Parameter(negative="", help="Enter *same* for pairs where a rule of the pack lets the program."),
    ] = False,
    explain: Annotated[
        tuple[str, str] | None,
        Parameter(negative="", help="Two reports: why they are proposed, or not. Id, or SOURCE/REPORT_ID."),
    ] = None,
    sensitivity: Annotated[
        bool, Parameter(negative="", help="What other windows and thresholds would have proposed.")
    ] = False,
    top: Annotated[int, Parameter(help="How many groups are shown, the largest first.")] = TOP,
    by: Annotated[str, Parameter(help="The body that has a model entered or withdrawn.")] = "",
    because: Annotated[str, Parameter(help="Why.")] = "",
    sign: Annotated[str | None, Parameter(help="The key that signs what is accepted. Default: the log's own.")] = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Propose which reports tell of one incident, by a model that is entered in the record. Read as internal."""
    from truceline.pipeline.automatic import accept_automatic as accepted_by
    from truceline.pipeline.matching import Wanted, varied, withdrawn
    from truceline.pipeline.matching import match as matched_by
    from truceline.pipeline.matching_plain import explain_pair
    from truceline.pipeline.matching_plain import plain as plainly
    from truceline.vocabulary.marking import INTERNAL

    if withdraw:
        entry = withdrawn(mission, INTERNAL, by, because, now_us=now_us(), chance=CHANCE)
        return _withdrawn(entry, json=json)
    if accept_automatic:
        entered = accepted_by(mission, INTERNAL, by=by, sign=sign, now_us=now_us(), chance=CHANCE)
        return _accepted(entered, json=json)
    wanted = Wanted(window_hours, distance_m, least, seed, again, learn, by, because)
    with shown_progress("matching"):
        found = matched_by(mission, wanted, INTERNAL, known=known, now_us=now_us(), chance=CHANCE)
        pair = explain_pair(mission, found, explain, INTERNAL) if explain else None
        told = plainly(found, max(top, 0), varied(found) if sensitivity else (), pair)
    if json:
        print_json(told)
        return 0
    _print(told)
    return 0


def _withdrawn(entry: str, *, json: bool) -> int:
    if json:
        print_json({"withdrawn_by": entry})
        return 0
    say(f"No model is in force any more, by entry {entry[:16]}. What was judged stays judged.")
    return 0


def _accepted(entered: list[Any], *, json: bool) -> int:
    if json:
        print_json({"acts": entered})
        return 0
    say(f"{grouped(len(entered))} pairs judged the same by rules of the pack, each an act. They can be withdrawn.")
    return 0


def _print(told: Told) -> None:
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    model = told["model"]
    entered = "estimated now and entered" if told["entered"] else "in force"
    say(
        plain(
            f"Model {model['id'][:16]}, {entered}: from {grouped(model['reports'])} reports, window "
            f"{model['window_hours']} h and {grouped(model['distance_m'])} m, seed {model['seed']}, proposing from "
            f"{model['least']} doublings of the odds on."
        )
    )
    if told["explained"]:
        say()
        _print_pair(told["explained"])
        return
    _print_counts(told)
    _print_groups(told["top"])
    if told["sensitivity"]:
        say()
        _print_sensitivity(told["sensitivity"])


def _print_counts(told: Told) -> None:
    say(
        f"{grouped(told['pairs'])} pairs are proposed, {grouped(told['open'])} of them not judged; "
        f"{grouped(told['groups'])} groups; {grouped(told['alone'])} of {grouped(told['reports'])} reports alone."
    )
    if told["too_vague"]:
        say(f"{grouped(told['too_vague'])} reports are too vague in time or place to be compared.")
    for one, other in told["contradictions"]:
        say(plain(f"CONTRADICTION: {_name(one)} and {_name(other)} are judged different, and joined by others."))
    say("Nothing is merged: a person judges. Why two reports are proposed: --explain R1 R2")


def _print_groups(groups: list[Told]) -> None:
    if groups:
        say()
        rows = [
            (n, len(group["reports"]), ", ".join(map(_name, group["reports"]))) for n, group in enumerate(groups, 1)
        ]
        print_table(("group", "reports", "which"), rows)


def _name(report: Told) -> str:
    own = report["source_row"]
    return f"{report['source']}/{own}" if own else f"{report['source']} {report['id'][:12]}"


def _print_pair(pair: Told) -> None:
    one, other = pair["reports"]
    word = "proposed as one incident" if pair["proposed"] else "not proposed"
    say(plain(f"{_name(one)} and {_name(other)}: {pair['weight']} doublings of the odds: {word}."))
    if pair["why_not"]:
        say(plain(f"They do not stand in one group: {pair['why_not']}."))
    apart = "" if pair["metres"] is None else f", {grouped(pair['metres'])} m at least"
    say(f"Apart: {grouped(pair['minutes'])} minutes{apart}.")
    rows = [(reason["weight"], "; ".join(reason["words"])) for reason in pair["reasons"]]
    print_table(("worth", "because"), [*rows, (pair["prior"], "the odds of any two candidates, beforehand")])


def _print_sensitivity(rows: list[Told]) -> None:
    head = ("hours", "metres", "from", "pairs", "groups", "largest", "alone", "")
    print_table(
        head,
        [
            (
                row["window_hours"], grouped(row["distance_m"]), row["least"], grouped(row["pairs"]),
                grouped(row["groups"]), row["largest"], grouped(row["alone"]),
                "the model" if row["registered"] else "",
            )
            for row in rows
        ],
    )  # fmt: skip
