"""dossier, finding: everything for and against one incident, and what a body holds of it."""

from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from truceline.cli.app import CHANCE, AudienceName, Json, Known, Mission, ViewName, app, now_us
from truceline.cli.dossier_printed import print_dossier
from truceline.cli.exhibits import At, Sign
from truceline.cli.printing import grouped, plain, print_json, say

Asked = Annotated[str, Parameter(help="A case's handle, or a report: SOURCE/REPORT_ID or the beginning of its id.")]


@app.command
def dossier(
    mission: Mission,
    case: Asked,
    *,
    out: Annotated[Path | None, Parameter(help="Write it as one HTML page here.")] = None,
    language: Annotated[Literal["en", "ar"], Parameter(help="The language of the page.")] = "en",
    audience: AudienceName = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Everything for and against one incident, laid out for a decision; it decides nothing. Read as internal."""
    from truceline.pipeline.dossier_plain import dossier_plain
    from truceline.pipeline.dossier_shown import gathered, written

    if out is not None:
        size = written(mission, case, out, audience, language, now_us=now_us(), known=known, view=view)
        if json:
            print_json({"file": str(out), "bytes": size, "language": language, "audience": audience})
        else:
            say(f"Wrote {out} ({grouped(size)} bytes), for the audience {audience}.")
        return 0
    told = dossier_plain(gathered(mission, case, now_us=now_us(), known=known, view=view))
    if json:
        print_json(told)
        return 0
    print_dossier(told)
    return 0


@app.command
def finding(
    mission: Mission,
    case: Asked,
    *,
    file: Annotated[Path | None, Parameter(help="The finding to enter, as YAML.")] = None,
    template: Annotated[bool, Parameter(negative="", help="Print a file to fill.")] = False,
    by: Annotated[str | None, Parameter(help="The body whose finding it is, if the file does not say.")] = None,
    at: At = None,
    undo: Annotated[str | None, Parameter(help="Take back the body's finding of this id instead.")] = None,
    because: Annotated[str | None, Parameter(help="Why it is taken back.")] = None,
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter a body's finding on a case, element by element and to a named standard; or print a file to fill."""
    from truceline.pipeline.finding_file import enter_finding, take_back
    from truceline.pipeline.finding_file import template as drawn
    from truceline.pipeline.missions import open_mission
    from truceline.vocabulary.marking import INTERNAL

    if undo is not None:
        with open_mission(mission, write=True) as opened:
            taken = take_back(opened, undo, by, at, because, sign=sign, now_us=now_us(), chance=CHANCE)
        told = {"id": taken.id, "by": taken.by, "of": undo, "already_held": taken.already_held}
        return _said(told, f"Taken back by {taken.by}, as {taken.id[:16]}. Both stay in the record.", json)
    if file is None:
        with open_mission(mission) as opened:
            text = drawn(opened, INTERNAL, case, by=by)
        if json:
            print_json({"template": text})
        else:
            say(text.rstrip("\n"))
        return 0
    if template:
        raise _both()
    with open_mission(mission, write=True) as opened:
        entered, act = enter_finding(opened, case, file, by=by, at=at, sign=sign, now_us=now_us(), chance=CHANCE)
    told = {"id": entered.id, "by": entered.by, "about": act.about, "already_held": entered.already_held}
    again = " It was held already." if entered.already_held else ""
    return _said(told, f"Finding of {entered.by} on {act.about} entered as {entered.id[:16]}.{again}", json)


def _said(told: dict[str, Any], sentence: str, json: bool) -> int:
    if json:
        print_json(told)
    else:
        say(plain(sentence))
    return 0


def _both() -> Exception:
    from truceline.errors import ActError

    return ActError("--file and --template exclude each other.", "Print the template first, fill it, then enter it.")
