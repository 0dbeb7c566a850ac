"""The published schema of acts is the program's own, and the page names every field."""

import json
import re
from pathlib import Path
from typing import get_args

import msgspec

from truceline.vocabulary.act import Act, schema
from truceline.vocabulary.codes import codes


def test_the_published_schema_is_that_of_the_acts(root: Path) -> None:
    published = json.loads((root / "docs/reference/act.schema.json").read_text(encoding="utf-8"))
    published.pop("$schema")
    assert published == json.loads(json.dumps(schema()))


def test_the_page_of_acts_has_every_act_and_every_field(root: Path) -> None:
    page = (root / "docs/reference/acts.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.M | re.S))
    kinds = {kind.__struct_config__.tag: kind for kind in get_args(Act)}
    assert set(sections) == set(kinds)
    for name, kind in kinds.items():
        first_cells = re.findall(r"^\| (`[^|]*) \|", sections[name], re.M)
        written = {field for cell in first_cells for field in re.findall(r"`(\w+)`", cell)}
        fields = {field.encode_name for field in msgspec.structs.fields(kind)}
        assert written | {"by", "at", "because"} == fields | {"because"}, name


def test_the_page_of_acts_has_every_word_that_a_field_may_hold(root: Path) -> None:
    page = (root / "docs/reference/acts.md").read_text(encoding="utf-8")
    words = {word for field in _literals(schema()) for word in field if isinstance(word, str)} | set(
        codes("determination_categories")
    )
    assert [word for word in sorted(words) if f"`{word}`" not in page and f"## {word}" not in page] == []


def test_the_examples_in_the_page_of_acts_are_acts(root: Path) -> None:
    from truceline.vocabulary.plain_yaml import read_yaml

    page = (root / "docs/reference/acts.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S)
    assert examples
    for example in examples:
        msgspec.convert(read_yaml(example.encode()).value, Act)


def _literals(node: object) -> list[list[str]]:
    if isinstance(node, dict):
        own = [node["enum"]] if "enum" in node else []
        return own + [found for value in node.values() for found in _literals(value)]
    if isinstance(node, list):
        return [found for value in node for found in _literals(value)]
    return []
