"""The JSON Schema that editors read is the one the program uses."""

import json
from importlib import resources
from pathlib import Path

from truceline.vocabulary.agreement import schema

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "agreement.schema.json"
SHIPPED = resources.files("truceline") / "agreements" / "agreement.schema.json"
AGAIN = "run `python tools/write_agreement_schema.py`"


def test_the_published_schema_is_that_of_the_agreement() -> None:
    published = json.loads(DOCS.read_text(encoding="utf-8"))
    published.pop("$schema")
    assert published == json.loads(json.dumps(schema())), AGAIN


def test_the_schema_in_the_wheel_is_the_published_one() -> None:
    assert SHIPPED.read_bytes() == DOCS.read_bytes(), AGAIN


def test_each_pack_names_the_schema_in_its_first_line() -> None:
    for folder in (resources.files("truceline") / "agreements").iterdir():
        if folder.is_dir() and folder.name != "procedures":
            first = (folder / "agreement.yaml").read_text(encoding="utf-8").splitlines()[0]
            assert first == "# yaml-language-server: $schema=../agreement.schema.json"
