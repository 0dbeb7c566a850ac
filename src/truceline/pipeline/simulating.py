"""`simulate`: the built-in theatre as a folder of files."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import msgspec

from truceline.compliance.areas_file import AREAS_FILE
from truceline.compliance.pack import AGREEMENT_FILE
from truceline.errors import FileNotRead
from truceline.pipeline.packs import pack_files
from truceline.theatre import Theatre
from truceline.theatre import simulate as play
from truceline.theatre.benchmark import DIFFICULTIES, Difficulty, Played, played
from truceline.vocabulary.plain_yaml import read_yaml

PACK = "example"
MOST_REPORTS = 10_000_000
MOST_WHOLE = 200_000
"""Reports of a theatre that is played whole, in memory; larger ones are played in columns."""


def simulated(seed: int, reports: int, *, knowable: bool = True) -> Theatre:
    """A theatre of that seed on the example pack."""
    _check_number(reports)
    files = pack_files(PACK)
    return play(seed, reports, files[AGREEMENT_FILE], files[AREAS_FILE], knowable=knowable)


def benchmark(
    seed: int, reports: int, formats: Sequence[str], difficulty: Difficulty, *, knowable: bool = False
) -> Played:
    """A theatre played in columns: of any size, difficulty and formats, with its truth files."""
    _check_number(reports)
    if knowable and reports > MOST_WHOLE:
        told = f"What can be known is worked out for at most {MOST_WHOLE:,} reports."
        raise FileNotRead(told, "Add --no-knowable, or ask for fewer.")
    files = pack_files(PACK)
    return played(
        seed, reports, files[AGREEMENT_FILE], files[AREAS_FILE],
        formats=tuple(formats), difficulty=difficulty, knowable=knowable,
    )  # fmt: skip


def difficulty_of(name: str, settings: Path | None = None, changed: Mapping[str, float] | None = None) -> Difficulty:
    """A named difficulty, with what a YAML file and single settings change. Raises `FileNotRead`."""
    made = {**msgspec.to_builtins(DIFFICULTIES[name]), **_settings(settings), **(changed or {})}
    try:
        return msgspec.convert(made, Difficulty, strict=False)
    except msgspec.ValidationError as error:
        known = ", ".join(Difficulty.__struct_fields__)
        raise FileNotRead(f"The settings cannot be read: {error}.", f"The settings are {known}.") from error


def _settings(path: Path | None) -> dict[str, object]:
    if path is None:
        return {}
    try:
        found = read_yaml(path.read_bytes()).value
    except OSError as error:
        raise FileNotRead(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    if not isinstance(found, dict):
        raise FileNotRead(f"{path} holds no settings.", "Write one a line: place_noise: 0.3")
    return dict(found)


def _check_number(reports: int) -> None:
    if not 1 <= reports <= MOST_REPORTS:
        raise FileNotRead(f"{reports} reports cannot be simulated.", f"Ask for 1 to {MOST_REPORTS:,}.")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files into a folder that is new or empty. Raises `FileNotRead`; nothing is overwritten."""
    return write_pieces(folder, files.items())


def write_pieces(folder: Path, pieces: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Write (file, what is to be appended to it) into a folder that is new or empty. Raises `FileNotRead`."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FileNotRead(f"{folder} is there already and not an empty folder.", "Choose another --out.")
        with ExitStack() as held:
            written: dict[str, BinaryIO] = {}
            for name, content in pieces:
                if name not in written:
                    path = folder / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    written[name] = held.enter_context(path.open("wb"))
                written[name].write(content)
    except OSError as error:
        raise FileNotRead(f"{folder} cannot be written: {error.strerror}.", "Choose a folder you can write.") from error
    return [folder / name for name in written]
