"""init, take-in, enter, refusals, acts, recalls, audit, rebuild, check."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, Mission, app, now_us
from truceline.cli.locking import PassphraseFile, Whole, new_lock
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.progress import shown_progress

Sign = Annotated[
    str | None,
    Parameter(
        help="The key of a person or an instrument that signs (its beginning, or its label). Default: the log's."
    ),
]


@app.command
def init(
    mission: Mission,
    *,
    agreement: Annotated[str, Parameter(help="An agreement pack: its name, or the path of its folder.")],
    reading: Annotated[str | None, Parameter(help="The reading to register.")] = None,
    exercise: Annotated[bool, Parameter(negative="", help="The data are invented: stamped on every output.")] = False,
    locked: Annotated[
        bool, Parameter(negative="", help="Put its key file under a passphrase, which is asked for.")
    ] = False,
    whole: Whole = False,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> int:
    """Make a mission file and enter its agreement. Its key file lies beside it (MISSION.key): keep it safe."""
    from truceline.pipeline.missions import init as make

    lock = new_lock(mission, passphrase_file, whole=whole) if locked or whole else None
    with make(
        mission, agreement, reading=reading, exercise=exercise, now_us=now_us(), chance=CHANCE, lock=lock
    ) as made:
        cut = made.cut()
    if json:
        about = {"mission": str(mission), "agreement": agreement, "reading": reading, "exercise": exercise}
        print_json({**about, "locked": locked or whole, "whole": whole, "cut": cut})
        return 0
    say(f"Made {mission} ({'exercise, ' if exercise else ''}agreement {agreement}, reading {reading or 'none yet'}).")
    how = "It lies under your passphrase, which nobody can recover." if locked or whole else "It is not encrypted."
    say(f"Its key is {mission}.key: without it nothing more can be entered. {how}")
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
    sheet: Annotated[str, Parameter(help="The only sheet of a workbook, or table of a GeoPackage, to take in.")] = "",
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter every row of the files as received; what cannot be read is refused by name and kept."""
    from truceline.pipeline.take_in import take_in as take

    with shown_progress() as tell:
        taken = take(
            mission, files, source=source, mapping=mapping, encoding=encoding, sheet=sheet, sign=sign,
            now_us=now_us(), chance=CHANCE, tell=tell,
        )  # fmt: skip
    if json:
        print_json(taken.plain())
        return 0
    print_table(
        ("file", "format", "rows", "reports", "revised", "refused", "already held"),
        [
            (f.file, f.format, *map(grouped, (f.rows, f.reports, f.revised, f.refused, f.already_held)))
            for f in taken.files
        ],
    )
    for line in taken.remarks(mission):
        say(plain(line))
    return 0


@app.command
def enter(
    mission: Mission,
    *acts: Annotated[Path, Parameter(help="YAML files, each one act or a list of acts.")],
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter acts of bodies (finding, declaration, acceptance, attestation, coverage, withdrawal, ...): all or none."""
    from truceline.pipeline.entering import enter as enter_acts
    from truceline.pipeline.missions import open_mission

    with open_mission(mission, write=True) as opened:
        entered = enter_acts(opened, acts, sign=sign, now_us=now_us(), chance=CHANCE)
    if json:
        print_json({"acts": entered})
        return 0
    held = [(one.id[:16], one.act, one.by, "already held" if one.already_held else "entered") for one in entered]
    print_table(("id", "act", "by", ""), held)
    return 0


@app.command
def acts(mission: Mission, *, json: Json = False) -> int:
    """List the acts in force, with their ids. Read as internal."""
    from truceline.pipeline.listings import acts_listed

    listed = acts_listed(mission, now_us=now_us())
    if json:
        print_json({"audience": "internal", "acts": listed})
        return 0
    if not listed:
        say("No act has been entered. Acts are entered with: truceline enter MISSION ACT.yaml")
        return 0
    say("Read as internal.")
    signed = [f"{one.signed}{' (in doubt)' if one.in_doubt else ''}" for one in listed]
    rows = [(a.id[:16], a.at, a.by, a.act, a.about, by) for a, by in zip(listed, signed, strict=True)]
    print_table(("id", "at", "by", "act", "about", "signed"), rows)
    return 0


@app.command
def refusals(mission: Mission, *, json: Json = False) -> int:
    """List the rows that could not be read: file, row, column, value, reason and mend. Read as internal."""
    from truceline.pipeline.listings import refusals_listed

    listed = refusals_listed(mission)
    if json:
        print_json({"audience": "internal", "refusals": listed})
        return 0
    if not listed:
        say("No row was refused.")
        return 0
    say("Read as internal.")
    for one in listed:
        column = f", column {one.column}" if one.column else ""
        say(plain(f"{one.file}, row {one.row}{column}: {one.reason}"))
        say(plain(f"    {one.mend}"))
    return 0


@app.command
def recalls(mission: Mission, *, json: Json = False) -> int:
    """List the rows that their sources took back and that no longer count. Read as internal."""
    from truceline.pipeline.listings import recalls_listed

    listed = recalls_listed(mission)
    if json:
        print_json({"audience": "internal", "recalls": listed})
        return 0
    if not listed:
        say("No row is recalled.")
        return 0
    say("Read as internal.")
    print_table(("of", "taken back at", "id"), [(one.of, one.at, one.id[:16]) for one in listed])
    return 0


@app.command
def audit(
    record: Annotated[str, Parameter(help="A mission file, a log's folder or address, or a proof of two histories.")],
    *,
    key: Annotated[str | None, Parameter(help="Of an exported log: its verifier key, name+hash+base64.")] = None,
    json: Json = False,
) -> int:
    """Recompute a record from its bytes: entries, payloads, files, tree, heads, signatures. Exit 1 on a fault."""
    from truceline.pipeline.auditing import is_address
    from truceline.pipeline.exchanging import is_proof

    if is_address(record) or Path(record).is_dir():
        return _audit_files(record, key, json)
    file = Path(record)
    return _audit_proof(file, json) if is_proof(file) else _audit_mission(file, json)


def _audit_proof(file: Path, json: bool) -> int:
    from truceline.pipeline.exchanging import check_misbehaviour

    shown = check_misbehaviour(file)
    if json:
        print_json({"proof": str(file), "origin": shown.origin, "key": shown.key, "heads": [shown.first, shown.second]})
        return 0
    say(plain(f"The proof holds: {shown.origin} has signed two histories."))
    say(f"Its head at {shown.second} does not begin with its head at {shown.first}. Its key: {shown.key}")
    return 0


def _audit_mission(mission: Path, json: bool) -> int:
    from truceline.pipeline.destroying import counted
    from truceline.pipeline.missions import open_mission

    with shown_progress("auditing"), open_mission(mission) as opened:
        faults, size, cut, exercise = opened.audit(), opened.size, opened.cut(), opened.exercise
        gone = [] if faults else counted(opened)
    if json:
        told = [fault._asdict() for fault in faults]
        about = {"mission": str(mission), "exercise": exercise, "entries": size, "cut": cut}
        print_json({**about, "faults": told, "destroyed": gone})
    else:
        print_audit(faults, size, cut_words(cut))
        for one in gone:
            say(f"Destroyed by the act {one.act[:16]}: {one.fields:,} fields of {one.entries:,} entries.")
    return 1 if faults else 0


def _audit_files(where: str, key: str | None, json: bool) -> int:
    from truceline.pipeline.auditing import audit_address, audit_folder, is_address

    at = "url" if is_address(where) else "folder"
    with shown_progress("auditing"):
        audited = audit_address(where, key) if at == "url" else audit_folder(Path(where), key)
    if json:
        told = [fault._asdict() for fault in audited.faults]
        cut = {audited.origin: [audited.size, audited.root]}
        print_json({at: where, "signed": audited.key, "entries": audited.size, "cut": cut, "faults": told})
    else:
        print_audit(audited.faults, audited.size, f"{audited.origin} {audited.size}:{audited.root[:16]}")
        if not audited.key:
            say("No key was given: who signed the head was not checked.")
    return 1 if audited.faults else 0


def print_audit(faults: Sequence[Any], size: int, cut: str) -> None:
    """What an audit found, the first fifty faults in full."""
    for fault in faults[:50]:
        where = "the file" if fault.seq is None else f"entry {fault.seq}"
        say(plain(f"{where}: {fault.what}: {fault.sentence}"))
    if faults:
        say(f"The record does not hold: {len(faults)} faults.")
    else:
        say(f"The record holds: {size:,} entries recomputed. Cut {cut}.")


@app.command
def rebuild(mission: Mission, *, json: Json = False) -> int:
    """Compute every read table again from the entries. Exit 1 if they had been something else; they are mended."""
    from truceline.pipeline.rebuild import rebuild as again

    with shown_progress() as tell:
        rebuilt = again(mission, now_us=now_us(), chance=CHANCE, tell=tell)
    if json:
        print_json(rebuilt)
    elif rebuilt.same:
        say(f"Rebuilt from {rebuilt.entries:,} entries ({rebuilt.rows:,} rows): the same as was kept.")
    else:
        say(f"Rebuilt from {rebuilt.entries:,} entries: the read tables had been something else, and are mended now.")
    return 0 if rebuilt.same else 1


@app.command
def check(
    pack: Annotated[str, Parameter(help="An agreement pack: its name, or the path of its folder.")],
    *,
    coverage: Annotated[
        bool, Parameter(help="Which terms run, shown by which examples; and which do not, and why.", negative="")
    ] = False,
    json: Json = False,
) -> int:
    """Read a pack, check it and run its examples. Exit 1 if an example disagrees; 2 if the pack is wrong."""
    from truceline.cli.terms_printed import print_terms
    from truceline.pipeline.checking import check_pack

    with shown_progress("checking"):
        checked = check_pack(pack, coverage=coverage)
    if json:
        print_json(checked)
        return 1 if checked.disagreements else 0
    for note in checked.notes:
        say(f"note: {note}")
    if checked.terms is not None:
        print_terms(checked.terms)
    for disagreement in checked.disagreements:
        say(f"{disagreement.example}: expected {disagreement.expected}, got {disagreement.got}")
    say(f"{checked.pack} {checked.version}: {checked.examples} examples, {len(checked.disagreements)} disagree.")
    return 1 if checked.disagreements else 0


def cut_words(cut: dict[str, list[int | str]]) -> str:
    """A cut for people: origin, size and the beginning of the root."""
    return ", ".join(f"{origin} {size}:{str(root)[:16]}" for origin, (size, root) in cut.items())
