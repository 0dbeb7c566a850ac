"""log head, log export, log proof, log open, log verifier: the record for people who trust nobody."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from truceline.cli.app import AudienceName, Json, Mission, app
from truceline.cli.printing import grouped, print_json, say
from truceline.cli.progress import shown_progress

log = App(name="log", help="The record as others check it: heads, static files, proofs, opened fields.")
app.command(log)

Entry = Annotated[str, Parameter(help="The beginning of an entry's id (hexadecimal).")]
Out = Annotated[Path, Parameter(help="The file to write.")]


@log.command
def head(mission: Mission, *, json: Json = False) -> int:
    """The newest signed head, the key that checks it, and the digits two duty officers read to each other."""
    from truceline.pipeline.log_files import head_told

    told = head_told(mission)
    if json:
        print_json(told)
        return 0
    say(told.note)
    say(f"key, to be given by another way: {told.key}")
    say(f"read out: {grouped(told.size)} entries; {' '.join(told.spoken)}")
    return 0


@log.command
def export(
    mission: Mission, folder: Annotated[Path, Parameter(help="A folder: new, or with this log.")], *, json: Json = False
) -> int:
    """Write the log as static files that any tile client reads (C2SP tlog-tiles): commitments, no payload."""
    from truceline.pipeline.log_files import export_log

    with shown_progress() as tell:
        written = export_log(mission, folder, tell)
    if json:
        print_json(written)
        return 0
    grown = f", {grouped(written.before)} were there" if written.before else ""
    say(f"Wrote {written.origin} to {folder}: {grouped(written.size)} entries{grown}; {grouped(written.files)} files.")
    say(f"Anyone checks it with: truceline audit {folder} --key KEY, or the one file of: truceline log verifier")
    return 0


@log.command
def proof(mission: Mission, entry: Entry, *, out: Out, json: Json = False) -> int:
    """Write the proof that one entry is in the log (C2SP tlog-proof). It tells nothing of what the entry says."""
    from truceline.pipeline.log_files import write_proof

    return _wrote(out, write_proof(mission, entry, out), None, json)


@log.command(name="open")
def open_fields(
    mission: Mission,
    entry: Entry,
    *,
    field: Annotated[tuple[str, ...], Parameter(negative="", help="A field to open; may be given again.")],
    out: Out,
    audience: AudienceName = None,
    json: Json = False,
) -> int:
    """Write what some fields of one entry say, with the proof that it committed to them. The others stay sealed."""
    from truceline.pipeline.log_files import write_opening
    from truceline.pipeline.publishing import reader_for

    return _wrote(out, write_opening(mission, entry, field, reader_for(audience), out), audience, json)


@log.command
def verifier() -> int:
    """Print the one Python file with which a stranger checks an exported log, a proof or an opening."""
    from truceline.pipeline.log_files import verifier_text

    say(verifier_text().rstrip("\n"))
    return 0


def _wrote(out: Path, size: int, audience: str | None, json: bool) -> int:
    if json:
        print_json({"file": str(out), "bytes": size, "audience": audience})
    else:
        say(f"Wrote {out} ({grouped(size)} bytes){f', for the audience {audience}' if audience else ''}.")
    return 0
