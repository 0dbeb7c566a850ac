"""judge, pairs, findings: what people hold of pairs of reports and of matters, body by body and side by side."""

from typing import Annotated, Any, Literal

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Known, Mission, ViewName, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.progress import shown_progress
from truceline.errors import TrucelineError

Told = dict[str, Any]
TOP = 50


@app.command
def judge(
    mission: Mission,
    one: Annotated[str, Parameter(name="R1", help="A report: its id, or SOURCE/REPORT_ID.")] = "",
    other: Annotated[str, Parameter(name="R2", help="Another.")] = "",
    says: Annotated[
        Literal["same", "different", "unsure"] | None, Parameter(name="WORD", help="Do they tell of one incident?")
    ] = None,
    *,
    by: Annotated[str, Parameter(help="The body of the pack that judges.")],
    because: Annotated[str, Parameter(help="Why.")],
    at: Annotated[str | None, Parameter(help="When it was said; local to the agreement. Default: now.")] = None,
    sign: Annotated[
        str | None, Parameter(help="The label or id of the key that signs. Default: the log's own.")
    ] = None,
    undo: Annotated[
        str, Parameter(help="Take back the body's own judgement with this id; what it held before counts again.")
    ] = "",
    json: Json = False,
) -> int:
    """Judge whether two reports tell of one incident: same, different or unsure. It revises the body's earlier word."""
    from truceline.pipeline.judging import judge as judged_by
    from truceline.pipeline.judging import take_back
    from truceline.pipeline.missions import open_mission
    from truceline.pipeline.spoken_acts import spoken

    if bool(undo) == bool(one or other or says) or (not undo and not (other and says)):
        raise TrucelineError(
            "Say which two reports and how, or --undo ID.", "truceline judge MISSION R1 R2 same --by BODY --because WHY"
        )
    with open_mission(mission, write=True) as opened:
        words = spoken(opened, by, at, because, now_us())
        who: Told = {"by": by, "at": words.at, "because": because, "sign": sign, "now_us": now_us(), "chance": CHANCE}
        if undo:
            entered = take_back(opened, undo, **who)
        else:
            assert says is not None
            entered = [judged_by(opened, (one, other), says, **who)]
    if json:
        print_json({"acts": entered})
        return 0
    for act in entered:
        held = "already held" if act.already_held else "entered"
        say(plain(f"{act.id[:16]} {act.act} by {act.by}: {held}."))
    return 0


@app.command
def pairs(
    mission: Mission,
    *,
    open_: Annotated[bool, Parameter(name="--open", negative="", help="Only what nobody has settled.")] = False,
    judged: Annotated[bool, Parameter(negative="", help="Only what some body judged.")] = False,
    contradictions: Annotated[
        bool, Parameter(negative="", help="Only where judgements stand against one another.")
    ] = False,
    report: Annotated[str | None, Parameter(help="Only pairs of this report: its id, or SOURCE/REPORT_ID.")] = None,
    top: Annotated[int, Parameter(help="How many are shown, the heaviest first.")] = TOP,
    known: Known = None,
    json: Json = False,
) -> int:
    """List pairs of reports that are proposed or judged: reasons, and what each body said. Read as internal."""
    from truceline.pipeline.pairs_listed import Wanted, Which
    from truceline.pipeline.pairs_listed import pairs as listed_by
    from truceline.vocabulary.marking import INTERNAL

    kinds: tuple[tuple[bool, Which], ...] = (
        (open_, "open"), (judged, "judged"), (contradictions, "contradictions"),
    )  # fmt: skip
    asked = [kind for given, kind in kinds if given]
    if len(asked) > 1:
        raise TrucelineError("Only one of --open, --judged and --contradictions can be asked for.", "Choose one.")
    with shown_progress("matching"):
        told = listed_by(mission, Wanted(asked[0] if asked else "all", report, top), INTERNAL, known=known)
    if json:
        print_json(told)
        return 0
    _heading(told)
    for chain in told["contradictions"]:
        say(plain(f"CONTRADICTION: {', '.join(map(_name, chain['reports']))} are chained together as the same,"))
        for two in chain["different"]:
            say(plain(f"    and {' and '.join(map(_name, two))} are judged different. None is joined until settled."))
    if not told["pairs"]:
        say("No such pair." if told["model"] else "No such pair, and no model is in force: truceline match proposes.")
    for pair in told["pairs"]:
        _print_pair(pair)
    if told["number"] > len(told["pairs"]):
        say(f"and {grouped(told['number'] - len(told['pairs']))} more: --top shows them.")
    return 0


def _heading(told: Told) -> None:
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    say(f"Read as {told['audience']}. Cut {cut}.")
    say()


def _name(report: Told) -> str:
    own = report["source_row"]
    gone = "" if report["in_force"] else " (no longer in force)"
    return f"{report['source']}/{own}{gone}" if own else f"{report['source']} {report['id'][:12]}{gone}"


def _print_pair(pair: Told) -> None:
    weight = f"proposed at {pair['weight']} doublings of the odds" if pair["weight"] else "not proposed"
    jointly = f"; jointly {pair['jointly']}" if pair["jointly"] else ""
    stands = " OPEN" if pair["open"] else ""
    say(plain(f"{' and '.join(map(_name, pair['reports']))}: {weight}{jointly}.{stands}"))
    for reason in pair["reasons"]:
        say(plain(f"    {reason['weight']:>7}  {'; '.join(reason['words'])}"))
    for word in pair["judged"]:
        counts = "" if word["counts_jointly"] else " (shown, not counted jointly)"
        say(plain(f"    {word['by']}: {word['says']}{counts}, {word['at']} {word['act'][:12]}: {word['because']}"))


@app.command
def findings(
    mission: Mission,
    *,
    about: Annotated[str, Parameter(help="Only this matter, as the table calls it.")] = "",
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """What bodies found and determined, side by side: agreed, of one co-chair alone, disputed. Read as internal."""
    from truceline.pipeline.findings_table import findings as told_by
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    told = told_by(mission, Asked(INTERNAL, now_us(), known=known, view=view), about)
    if json:
        print_json(told)
        return 0
    _heading(told)
    if not told["matters"]:
        say("Nobody has found or determined anything there.")
        return 0
    columns = list(dict.fromkeys([*told["columns"], *sorted({one["column"] for one in told["matters"]})]))
    print_table(("matter", *columns), [_line(one, columns) for one in told["matters"]])
    for one in told["matters"]:
        say()
        say(plain(f"{one['about']} ({one['kind']}): {one['column']}"))
        for word in one["words"]:
            what = f": {word['what']}" if word["what"] else ""
            say(plain(f"    {word['name']}: {_words(word)}{what} {word['because']} [{word['at']}, {word['act'][:12]}]"))
    return 0


def _line(one: Told, columns: list[str]) -> tuple[str, ...]:
    said = " / ".join(f"{word['by']}: {_words(word)}" for word in one["words"])
    if one["column"] == "agreed":
        said = _words(one["words"][0])
    return (one["about"], *(said if column == one["column"] else "" for column in columns))


def _words(word: Told) -> str:
    return str(word["holds"]).replace("_", " ")
