"""bulletin, export, demo."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from truceline.cli.app import CHANCE, AsOf, AudienceName, Json, Known, Mission, ReadingId, ViewName, app, now_us
from truceline.cli.printing import grouped, plain, print_json, say
from truceline.cli.progress import shown_progress
from truceline.errors import TrucelineError

Out = Annotated[Path, Parameter(help="The file to write.")]


@app.command
def bulletin(
    mission: Mission,
    *,
    out: Out,
    language: Annotated[Literal["en", "ar"], Parameter(help="The language of the page.")] = "en",
    short: Annotated[
        bool, Parameter(negative="", help="The first indicator alone, and what follows: a few sheets of paper.")
    ] = False,
    audience: AudienceName = None,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    record: Annotated[
        bool, Parameter(negative="", help="Enter that it went out, so that a correction finds it.")
    ] = False,
    by: Annotated[str, Parameter(help="With --record: the body that publishes.")] = "",
    number: Annotated[str, Parameter(help="With --record: its number, which its corrections keep.")] = "",
    to: Annotated[
        list[str] | None, Parameter(negative="", help="With --record: a recipient; may be given again.")
    ] = None,
    because: Annotated[str, Parameter(help="With --record: why, if there is more to say.")] = "",
    at: Annotated[str | None, Parameter(help="With --record: when; local to the agreement. Default: now.")] = None,
    sign: Annotated[str | None, Parameter(help="With --record: the key that signs. Default: the log's own.")] = None,
    json: Json = False,
) -> int:
    """Write the bulletin: one HTML file that opens with the cable out, each number opening its rows."""
    from truceline.pipeline.publishing import bulletin as write
    from truceline.pipeline.publishing import reader_for
    from truceline.pipeline.questions import Asked
    from truceline.pipeline.recording import Issue, recorded

    if record != bool(by and number) or (not record and (to or because or at or sign or by or number)):
        raise TrucelineError("--record goes with --by BODY and --number N.", "And --to WHOM for each recipient.")
    asked = Asked(reader_for(audience), now_us(), as_of, known, reading, view)
    with shown_progress("writing the bulletin"):
        if record:
            issue = Issue(by, number, to or (), because, at, sign)
            size, act = recorded(mission, out, asked, language, short, issue, chance=CHANCE)
        else:
            size, act = write(mission, out, asked, language, short), None
    told = {"file": str(out), "bytes": size, "language": language, "short": short, "audience": audience, "act": act}
    return _wrote(told, json)


@app.command
def export(
    mission: Mission,
    *,
    out: Out,
    format: Annotated[
        Literal["csv", "geojson", "gpkg", "parquet"],
        Parameter(help="CSV, safe in a spreadsheet; GeoJSON or GeoPackage for maps; Parquet (extra: parquet)."),
    ] = "csv",
    what: Annotated[
        Literal["reports", "incidents", "ledger", "areas"],
        Parameter(help="Reports as their sources gave them, incidents or ledger cells by the reading, or the areas."),
    ] = "reports",
    audience: AudienceName = None,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    view: ViewName = "own",
    json: Json = False,
) -> int:
    """Write reports, incidents, ledger cells or areas, as a table or for a map."""
    from truceline.pipeline.exporting import export as write
    from truceline.pipeline.publishing import reader_for
    from truceline.pipeline.questions import Asked

    asked = Asked(reader_for(audience), now_us(), as_of, known, reading, view)
    with shown_progress("exporting"):
        size = write(mission, out, asked, what, format)
    return _wrote({"file": str(out), "bytes": size, "format": format, "what": what, "audience": audience}, json)


def _wrote(told: dict[str, Any], json: bool) -> int:
    """Say which file was written for whom."""
    if json:
        print_json(told)
    else:
        say(f"Wrote {told['file']} ({grouped(told['bytes'])} bytes), for the audience {told['audience']}.")
    return 0


@app.command
def demo(
    *,
    out: Annotated[Path | None, Parameter(help="The folder to make; then it ends. Default: here, and a room.")] = None,
    two: Annotated[bool, Parameter(negative="", help="Two holders, each with a room, and a link to cut.")] = False,
    open: Annotated[bool, Parameter(help="Open the bulletin, or the room, in the browser.")] = True,
    port: Annotated[int, Parameter(help="The port of the room; of two, the next one too. 0 takes free ones.")] = 8420,
    json: Json = False,
) -> int:
    """The whole way on the built-in theatre: invented files in, record, ledger, clocks, bulletins out. Without --out
    it opens the room on it, with seats to sit down on, until interrupted (Ctrl-C)."""
    from truceline.pipeline.demo import demo as play

    with shown_progress("playing") as tell:
        played = play(out, now_us=now_us(), chance=CHANCE, tell=tell)
    if json:
        print_json(played)
        return 0
    for line in played.lines():
        say(line)
    if out is None or two:
        return _room_of(played, two=two, port=port, browser=open)
    if open and sys.stdout.isatty():
        webbrowser.open(Path(played.bulletins[0]).resolve().as_uri())
    return 0


def _room_of(played: Any, *, two: bool, port: int, browser: bool) -> int:
    from truceline.pipeline.demo import READING
    from truceline.web.playing import play

    def said(seats: list[Any]) -> None:
        say("The room. Sit down with one of these links; each works until this is interrupted (Ctrl-C):")
        for one in seats:
            say(plain(f"  {one.label}: {one.address}"))

    beside = Path(played.folder) / "beta" if two else None
    play(
        Path(played.mission), port, two=beside, reading=READING, clock=now_us, chance=CHANCE, said=said, browser=browser
    )
    return 0
