"""Procedures that come with Truceline, to be copied into a pack."""

from importlib import resources

from truceline.errors import PackError

FOLDER = "procedures"
_ENDING = ".yaml"


def presets() -> dict[str, str]:
    """By name, the text of each: one element of a pack's `procedures`, with the comment that says where it is from."""
    folder = resources.files("truceline") / "agreements" / FOLDER
    found = sorted(folder.iterdir(), key=lambda one: one.name)
    return {one.name.removesuffix(_ENDING): one.read_text("utf-8") for one in found if one.name.endswith(_ENDING)}


def preset(name: str) -> str:
    """One of them. Raises `PackError`."""
    found = presets()
    if name not in found:
        raise PackError(f"There is no procedure {name!r} to copy.", f"There are: {', '.join(found)}.")
    return found[name]
