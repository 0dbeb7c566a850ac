"""The log for others: as static files, as the proof of one entry, as opened fields, as a head to read out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from truceline import verify_record
from truceline.errors import MissionError, ValueNotRead, not_written
from truceline.pipeline.missions import open_mission
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.publishing import write_whole
from truceline.record.opening import opening_of
from truceline.record.proof_file import proof_file
from truceline.record.proofs import inclusion_proof
from truceline.record.sign import SignedHead, head_is_signed, read_head, verifier_key
from truceline.record.spoken import spoken
from truceline.record.tiles import HEAD, WIDTH, Tile, bundle, bundles_of, tiles_of
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG
from truceline.vocabulary.marking import Reader


class HeadTold(Struct, frozen=True):
    """A log's newest head: how large it is, its root, who can check it, and how it is read out."""

    origin: str
    size: int
    root: str
    key: str
    spoken: tuple[str, ...]
    note: str


class LogWritten(Struct, frozen=True):
    """What an export wrote: `files` are new or changed ones; `before` is the size that was there."""

    folder: str
    origin: str
    size: int
    before: int
    files: int


def head_told(path: Path) -> HeadTold:
    """The newest signed head of a mission's log. Raises `MissionError`."""
    with open_mission(path) as mission:
        note = _head_note(mission)
        head = read_head(note)
        key = verifier_key(mission.origin, mission.public_key)
    return HeadTold(head.origin, head.size, head.root.hex(), key, spoken(head), note.decode())


def export_log(path: Path, folder: Path, tell: Progress = silent) -> LogWritten:
    """Write the log as static files (c2sp.org/tlog-tiles): what is there already is not written again.

    The head is written last, so that whoever reads the folder meanwhile sees a whole log. Raises
    `MissionError` where the folder holds another log, or something else.
    """
    with open_mission(path) as mission:
        note = _head_note(mission)
        size, before, written = mission.size, _before(mission, folder), 0
        for tile, content in _contents(mission, size, before):
            _write(folder / tile.path, content)
            written += 1
            tell("writing the log", tile.number, -(-size // WIDTH))
        _write(folder / HEAD, note)
        return LogWritten(str(folder), mission.origin, size, before, written + 1)


def entry_proof(path: Path, entry: str) -> bytes:
    """The proof file of one entry, named by the beginning of its id. Raises `ValueNotRead`."""
    with open_mission(path) as mission:
        return _proof(mission, _seq(mission, entry))


def opened_fields(path: Path, entry: str, names: Sequence[str], reader: Reader) -> bytes:
    """The opening of some fields of an entry, for a reader the gate has admitted. Raises `ValueNotRead`."""
    assert reader.audience is not None, "nothing is opened without a reader"
    with open_mission(path) as mission:
        seq = _seq(mission, entry)
        salts, fields = mission.sealed(seq)
        try:
            body, gone = mission.bodies(seq, seq + 1)[0], mission.destroying.of_own(seq).get(seq, {})
            opening = opening_of(body, salts, fields, names, _proof(mission, seq), gone)
        except ValueError as error:
            there = [name for at, (name, _) in enumerate(fields) if at not in gone]
            mend = f"Its fields are: {', '.join(there) or 'none any more'}."
            raise ValueNotRead(f"{entry}: {error}", mend) from error
        return opening.form()


def write_proof(path: Path, entry: str, out: Path) -> int:
    """Write the proof file; its size in bytes."""
    return _out(out, entry_proof(path, entry))


def write_opening(path: Path, entry: str, names: Sequence[str], reader: Reader, out: Path) -> int:
    """Write the opening; its size in bytes."""
    return _out(out, opened_fields(path, entry, names, reader))


def _out(out: Path, content: bytes) -> int:
    write_whole(out, content)
    return len(content)


def _seq(mission: MissionFile, entry: str) -> int:
    try:
        return mission.seq_of(entry.strip().lower())
    except ValueError as error:
        mend = "Give the beginning of its id (hexadecimal); `truceline acts --json` lists ids."
        raise ValueNotRead(f"{entry!r} names no entry: {error}.", mend) from error


def _head_note(mission: MissionFile) -> bytes:
    note = mission.last_head()
    if note is None:
        raise MissionError(f"{mission.path} has no signed head yet.", "Enter something first.")
    return note


def _proof(mission: MissionFile, seq: int) -> bytes:
    steps = inclusion_proof(mission.others.node(OWN_LOG, mission.size), mission.size, seq)
    return proof_file(seq, steps, _head_note(mission))


def _contents(mission: MissionFile, size: int, before: int) -> Iterator[tuple[Tile, bytes]]:
    """The files that a log of the size `before` did not have."""
    for tile in bundles_of(size, before):
        yield tile, bundle(mission.bodies(*tile.over()))
    for tile in tiles_of(size, before):
        yield tile, b"".join(mission.others.tile(OWN_LOG, tile))


def _before(mission: MissionFile, folder: Path) -> int:
    """The size of this log that the folder holds, 0 for none. Raises `MissionError` where it is another's."""
    head = _head_in(folder / HEAD)
    if head is None:
        # An export that broke off before its head has left tiles, which are written again, and files not yet in place.
        names = [child.name for child in folder.iterdir()] if folder.exists() else []
        if [name for name in names if name != "tile" and not name.startswith(f".{HEAD}.")]:
            raise MissionError(f"{folder} is not empty and holds no log.", "Name a new folder, or that of this log.")
        return 0
    if head.origin != mission.origin or not head_is_signed(head, mission.public_key):
        raise MissionError(f"{folder} holds the log {head.origin}, not {mission.origin}.", "Name another folder.")
    if head.size > mission.size or mission.cut(head.size)[mission.origin][1] != head.root.hex():
        mend = "Keep both: two histories under one key are a proof of misbehaviour, or of a restored backup."
        raise MissionError(f"{folder} holds another history of {head.origin}.", mend)
    return head.size


def _head_in(file: Path) -> SignedHead | None:
    try:
        return read_head(file.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise MissionError(f"{file} is no signed head: {error}.", "Name another folder.") from error


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(file.parent, error) from error
    write_whole(file, content)


def verifier_text() -> str:
    """The one Python file with which a stranger checks what `log` writes."""
    return Path(verify_record.__file__).read_text("utf-8")
