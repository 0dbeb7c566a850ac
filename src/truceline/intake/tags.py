"""Hashtags of the Humanitarian Exchange Language (HXL 1.1): `#date+start`, `#affected + killed`."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_TAG = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(?:\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*", re.ASCII)
_FEWEST = 3


class Tag(NamedTuple):
    """A hashtag and its attributes, in small letters; the order of attributes means nothing."""

    name: str
    attributes: frozenset[str]


@lru_cache(maxsize=4_096)
def tag_of(cell: str) -> Tag | None:
    """The tag a cell holds, or None."""
    if not _TAG.fullmatch(cell.strip(" ")):
        return None
    name, *attributes = re.split(r"\s*\+\s*", cell.strip(" ").lower())
    return Tag(name, frozenset(attributes))


def is_tag_row(cells: Sequence[str]) -> bool:
    """Every cell that is not empty is a tag, and there are three or more."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= _FEWEST and all(map(tag_of, filled))


def is_tagged(cells: Sequence[str]) -> bool:
    """More than half of the cells that are not empty are tags: a row of tags with some that were forgotten."""
    filled = [cell for cell in cells if cell.strip(" ")]
    tags = sum(tag_of(cell) is not None for cell in filled)
    return 2 * tags > len(filled)
