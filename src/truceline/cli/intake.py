"""init, take-in, enter, refusals, acts, audit, rebuild, check."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from truceline.cli.app import CHANCE, AsOf, Json, Mission, app, now_us
from truceline.cli.printing import complain, grouped, print_json, print_table, say
from truceline.cli.progress import shown_progress


@app.command
def init(
    mission: Mission,
    *,
    agreement: Annotated[str, Parameter(help="An agreement pack: its name, or the path of its folder.")],
    reading: Annotated[str | None, Parameter(help="The reading to register.")] = None,
    exercise: Annotated[bool, Parameter(negative="", help="The data are invented: stamped on every output.")] = False,
    json: Json = False,
) -> int:
    """Make a mission file and enter its agreement. Its key file lies beside it (MISSION.key): keep it apart and safe."""
    from truceline.pipeline.missions import init as make

    with make(mission, agreement, reading=reading, exercise=exercise, now_us=now_us(), chance=CHANCE) as made:
        answer = {
            "mission": str(mission), "agreement": agreement, "reading": reading, "exercise": exercise, "cut": made.cut(),
        }  # fmt: skip
    if json:
        print_json(answer)
        return 0
    say(f"Made {mission} ({'exercise, ' if exercise else ''}agreement {agreement}, reading {reading or 'none yet'}).")
    say(f"Its key is {mission}.key: without it nothing more can be entered. It is not encrypted.")
    if reading is None:
        say("No reading is registered: the ledger will ask for one (--reading).")
    return 0


@app.command(name="take-in")
def take_in(
    mission: Mission,
    *files: Annotated[Path, Parameter(help="Tables to take in.")],
    source: Annotated[str | None, Parameter(help="The source, where the rows name none.")] = None,
    mapping: Annotated[Path | None, Parameter(help="A mapping file, for a table of no known form.")] = None,
    encoding: Annotated[str | None, Parameter(help="The encoding, where the guess is wrong.")] = None,
    json: Json = False,
) -> int:
    """Enter every row of the files as received; what cannot be read is refused by name and kept."""
    from truceline.pipeline.take_in import take_in as take

    with shown_progress() as tell:
        taken = take(
            mission, files, source=source, mapping=mapping, encoding=encoding, now_us=now_us(), chance=CHANCE, tell=tell
        )
    if json:
        print_json(taken.plain())
        return 0
    print_table(
        ("file", "format", "rows", "reports", "revised", "refused", "already held"),
        [(f.file, f.format, *map(grouped, (f.rows, f.reports, f.revised, f.refused, f.already_held))) for f in taken.files],
    )
    for line in taken.remarks(mission):
        say(line)
    return 0


@app.command
def enter(
    mission: Mission,
    *acts: Annotated[Path, Parameter(help="YAML files, each one act or a list of acts.")],
    json: Json = False,
) -> int:
    """Enter acts of bodies (finding, determination, declaration, coverage, reading, withdrawal): all or none."""
    from truceline.errors import ActError
    from truceline.pipeline.entering import enter as enter_acts
    from truceline.store.mission_file import MissionFile  # type: ignore[attr-defined]

    if not acts:
        raise ActError("No act was given.", "Name one or more YAML files; see docs/how-to/enter-an-act.md.")
    with MissionFile.open(mission, write=True) as opened:
        entered = enter_acts(opened, acts, now_us=now_us(), chance=CHANCE)
    if json:
        print_json({"acts": entered})
        return 0
    held = [(one.id[:16], one.act, one.by, "already held" if one.already_held else "entered") for one in entered]
    print_table(("id", "act", "by", ""), held)
    return 0
