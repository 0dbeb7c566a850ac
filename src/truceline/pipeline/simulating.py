"""`simulate`: the built-in theatre as a folder of files."""

from collections.abc import Mapping
from pathlib import Path

from truceline.compliance.areas_file import AREAS_FILE
from truceline.compliance.pack import AGREEMENT_FILE
from truceline.errors import FileNotRead
from truceline.pipeline.packs import pack_files
from truceline.theatre import Theatre
from truceline.theatre import simulate as play

PACK = "example"
MOST_REPORTS = 10_000_000


def simulated(seed: int, reports: int, *, knowable: bool = True) -> Theatre:
    """A theatre of that seed on the example pack."""
    if not 1 <= reports <= MOST_REPORTS:
        raise FileNotRead(f"{reports} reports cannot be simulated.", f"Ask for 1 to {MOST_REPORTS:,}.")
    files = pack_files(PACK)
    return play(seed, reports, files[AGREEMENT_FILE], files[AREAS_FILE], knowable=knowable)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files into a folder that is new or empty. Raises `FileNotRead`; nothing is overwritten."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FileNotRead(f"{folder} is there already and not an empty folder.", "Choose another --out.")
        written = []
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    except OSError as error:
        raise FileNotRead(f"{folder} cannot be written: {error.strerror}.", "Choose a folder you can write.") from error
    return written
