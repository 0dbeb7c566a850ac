"""The page on JSON shows the names that a receipt has."""

import re
from pathlib import Path

import msgspec

from truceline.fetching.receipt import PageKept, Receipt


def test_the_page_shows_the_names_of_a_receipt():
    page = (Path(__file__).parents[2] / "docs/reference/json.md").read_text(encoding="utf-8")
    found = re.search(r"^## `fetch --json`\n.*?```json\n(.*?)^```$", page, re.M | re.S)
    assert found
    told = msgspec.json.decode(found[1])
    assert tuple(told) == Receipt.__struct_fields__
    assert tuple(told["pages"][0]) == PageKept.__struct_fields__
    assert msgspec.json.decode(found[1], type=Receipt).rows == 10
