"""The page of clause kinds has every kind, and every field of its rule."""

import re
from pathlib import Path

import msgspec
import pytest

from truceline.compliance.kinds import KINDS


def sections(root: Path) -> dict[str, str]:
    page = (root / "docs/reference/clause-kinds.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.M | re.S))


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_has_every_kind_with_every_field_of_its_rule(root: Path, kind: str) -> None:
    section = sections(root)[kind]
    first_cells = " ".join(re.findall(r"^\| ([^|]*) \|", section, re.M))
    fields = {field.encode_name for field in msgspec.structs.fields(KINDS[kind].rule)}
    assert fields <= set(re.findall(r"`(\w+)`", first_cells))


def test_the_page_has_no_kind_that_is_not_there(root: Path) -> None:
    named = {name for name in sections(root) if name.islower()}
    assert named - {"best_effort", "recommitment"} <= set(KINDS)
