"""Finding an agreement pack: by name in the wheel, or by the path of its folder."""

from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from truceline.compliance.pack import OPTIONAL_FILES, PACK_FILES, Pack, read_pack
from truceline.errors import PackError

MOST_BYTES = 16_000_000


def shipped() -> tuple[str, ...]:
    """The names of the packs in the wheel."""
    folder = resources.files("truceline") / "agreements"
    return tuple(sorted(one.name for one in folder.iterdir() if one.is_dir() and (one / PACK_FILES[0]).is_file()))


def find_pack(name: str) -> Pack:
    """The pack of that name or in that folder, checked. Raises `PackError`."""
    return read_once(Path(name).name, tuple(sorted(pack_files(name).items())))


@lru_cache(maxsize=4)
def read_once(name: str, files: tuple[tuple[str, bytes], ...]) -> Pack:
    """The pack of these files, read once in a process that stays: borders take longer than a report to enter."""
    return read_pack(dict(files), name)


def pack_files(name: str) -> dict[str, bytes]:
    """The files of a pack by name or path, unchecked. Raises `PackError` where there is no such pack."""
    if name in shipped():
        return _files(resources.files("truceline") / "agreements" / name, name)
    folder = Path(name)
    if folder.is_dir():
        return _files(folder, name)
    raise PackError(
        f"There is no agreement pack {name!r}.",
        f"Packs that come with Truceline: {', '.join(shipped())}. Or give the path of a pack's folder.",
    )


def _files(folder: Traversable, name: str) -> dict[str, bytes]:
    found = {}
    for file in (*PACK_FILES, *OPTIONAL_FILES):
        path = folder / file
        if not path.is_file():
            continue
        try:
            content = path.read_bytes()
        except OSError as error:
            raise PackError(
                f"{name}/{file} cannot be read: {error.strerror}.", "Check the rights of the file."
            ) from error
        if len(content) > MOST_BYTES:
            raise PackError(f"{name}/{file} has {len(content)} bytes, more than {MOST_BYTES}.", "Simplify it.")
        found[file] = content
    return found
