"""Code lists: the closed sets of words that reports, acts and packs may use, as data in `code_lists/`.

A code has a label in English and Arabic, a meaning, the standard it comes from, and a crosswalk to
the codes of others (ACLED, UCDP). Editors change the lists; nothing here follows from a code.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec
from msgspec import Struct

from truceline.vocabulary.agreement import Text
from truceline.vocabulary.plain_yaml import read_yaml

LISTS = (
    "attribution_levels",
    "coverage_status",
    "credibility",
    "determination_categories",
    "incident_kinds",
    "markings",
    "reliability",
    "source_types",
    "standards_of_proof",
    "weapons",
)
"""The lists there are."""


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """One code. `crosswalk` names the codes of other standards that it corresponds to, {"acled": (...)}."""

    label: Text
    means: str
    standard: str
    crosswalk: dict[str, tuple[str, ...]] = {}
    code: str = ""


@cache
def codes(name: str) -> Mapping[str, Code]:
    """The code list of that name, by code, in the order of the file. `name` is one of `LISTS`."""
    if name not in LISTS:
        raise AssertionError(f"{name!r} is not a code list")
    content = (files("truceline") / "vocabulary" / "code_lists" / f"{name}.yaml").read_bytes()
    made = msgspec.convert(read_yaml(content).value, dict[str, Code])
    return MappingProxyType({key: msgspec.structs.replace(code, code=key) for key, code in made.items()})


@cache
def crosswalk(name: str, standard: str) -> Mapping[str, tuple[str, ...]]:
    """For each code of another standard ("acled", "ucdp", ...), our codes that name it, in the list's order."""
    made: dict[str, list[str]] = {}
    for code in codes(name).values():
        for theirs in code.crosswalk.get(standard, ()):
            made.setdefault(theirs, []).append(code.code)
    return MappingProxyType({theirs: tuple(ours) for theirs, ours in made.items()})
