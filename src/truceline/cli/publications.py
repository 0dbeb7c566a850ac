"""publications, corrections: what went out and to whom, and notices of what has changed since."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Mission, app, now_us
from truceline.cli.printing import plain, print_json, print_table, say
from truceline.cli.progress import shown_progress
from truceline.cli.recalling import At, Sign, heading
from truceline.errors import TrucelineError

Told = dict[str, Any]


@app.command
def publications(
    mission: Mission,
    number: Annotated[str, Parameter(help="Only this one: its figures as published and as now known.")] = "",
    *,
    verify: Annotated[
        Path | None, Parameter(help="A file: are these the bytes that went out under the number? Exit code 1 if not.")
    ] = None,
    again: Annotated[Path | None, Parameter(help="Make the bulletin again at its cut, into this file.")] = None,
    json: Json = False,
) -> int:
    """What went out, to whom, and what of it rests on reports that no longer count. Read as internal."""
    from truceline.pipeline.publication_shown import shown
    from truceline.pipeline.publications import publications as listed_by
    from truceline.vocabulary.marking import INTERNAL

    if not number and (verify or again):
        raise TrucelineError("Of which publication?", "truceline publications MISSION NUMBER --verify FILE")
    with shown_progress("asking again"):
        if number:
            told = shown(mission, number, INTERNAL, now_us(), verify, again)
        else:
            told = listed_by(mission, INTERNAL, now_us())
    wrong = bool(number) and ((told["verified"] and not told["verified"]["is"]) or told["again"].get("same") is False)
    if json:
        print_json(told)
    else:
        heading(told)
        _print_one(told) if number else _print_listed(told["publications"])
    return 1 if wrong else 0


@app.command
def corrections(
    mission: Mission,
    *,
    out: Annotated[Path | None, Parameter(help="The folder that the notices are written to.")] = None,
    record: Annotated[bool, Parameter(negative="", help="Enter that they went out, to all who had any of it.")] = False,
    by: Annotated[str, Parameter(help="With --record: the body that corrects.")] = "",
    because: Annotated[str, Parameter(help="With --record: why. Default: which reports went.")] = "",
    at: At = None,
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Write a notice for each publication whose figures are others now, under its number. Read as internal."""
    from truceline.pipeline.corrections import corrections as due_by
    from truceline.pipeline.corrections import record_corrections
    from truceline.vocabulary.marking import INTERNAL

    if record and not (out and by):
        raise TrucelineError("--record needs --out FOLDER and --by BODY.", "A notice is entered once it is written.")
    with shown_progress("asking again"):
        if record and out:
            told = record_corrections(
                mission, out, INTERNAL, by=by, because=because, at=at, sign=sign, now_us=now_us(), chance=CHANCE
            )
        else:
            told = due_by(mission, INTERNAL, now_us(), out)
    if json:
        print_json(told)
        return 0
    heading(told)
    _print_due(told)
    return 0


def _print_listed(listed: list[Told]) -> None:
    if not listed:
        say("Nothing was recorded as published: truceline bulletin ... --record --number N --by BODY --to WHOM")
        return
    rows = [
        (one["number"], one["what"], one["by"], one["at"], str(len(one["corrections"])), str(len(one["recipients"])),
         "AFFECTED" if one["affected"] else "", str(len(one["outstanding"])))
        for one in listed
    ]  # fmt: skip
    print_table(("number", "what", "by", "at", "corrections", "recipients", "", "lack a correction"), rows)


def _print_one(told: Told) -> None:
    _print_listed([told])
    say()
    names = [*told["as_published"], *(name for name in told["as_now_known"] if name not in told["as_published"])]
    rows = [(name, told["as_published"].get(name, ""), told["as_now_known"].get(name, "")) for name in names]
    print_table(
        ("figure", "as published", "as now known", ""), [(*row, "differs" * (row[1] != row[2])) for row in rows]
    )
    for one in told["gone"]:
        why = f": {one['because']}" if one["because"] else ""
        by = f" by {one['by']}" if one["by"] else ""
        say(plain(f"{one['report']} was {one['how']} since{by}{why}"))
    if told["again"]:
        same = (
            "the bytes that went out"
            if told["again"]["same"]
            else f"NOT the bytes that went out. {told['again']['why']}"
        )
        say(plain(f"Made again into {told['again']['file']}: {same}"))
    if told["verified"]:
        held = told["verified"]
        which = "the last that went out" if held["latest"] else "an earlier one, corrected since"
        say(plain(f"{held['file']}: {which if held['is'] else 'NOT what went out'} under {told['number']}."))


def _print_due(told: Told) -> None:
    if not told["due"]:
        say("No correction is due.")
    for one in told["due"]:
        where = f", written to {one['file']}" if one["file"] else ""
        say(
            plain(
                f"{one['number']}, correction {one['correction']}, to {', '.join(one['to']) or 'nobody named'}{where}:"
            )
        )
        for row in one["figures"]:
            say(plain(f"    {row['figure']}: {row['published']} as published, {row['now']} as now known"))
        for row in one["gone"]:
            say(plain(f"    {row['report']} {row['how']}{': ' * bool(row['because'])}{row['because']}"))
    for act in told["acts"]:
        say(plain(f"{act.id[:16]} {act.act} by {act.by}: entered."))
    for one in told["outstanding"]:
        say(plain(f"{one['number']}: the last correction has not gone to {', '.join(one['to'])}."))
