"""Mapping files, good and bad."""

from pathlib import Path

import pytest

from truceline.errors import FileNotRead
from truceline.intake.mapping import read_mapping

GOOD = "mapping: m\ntable: reports\nfields:\n  report_id: id\n  when: day\n"
DOCS = Path(__file__).parents[2] / "docs"


def test_a_column_name_may_be_a_number():
    assert read_mapping("m.yaml", GOOD.replace("day", "2016").encode()).fields["when"].column == "2016"


def test_every_column_that_is_read_is_listed_with_its_line():
    assert read_mapping("m.yaml", GOOD.encode()).reads() == {"id": 4, "day": 5}
    more = GOOD + "  place: {year: y, month: m, day: d}\nrefuse: {no: Total}\n"
    assert read_mapping("m.yaml", more.encode()).reads() == {"id": 4, "day": 5, "y": 6, "m": 6, "d": 6, "no": 7}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: names and values are expected"),
        ("mapping: m\ntable: rows\n", "line 2: table: 'rows' is not one of"),
        ("mapping: m\ntable: reports\n", "fields: fields are missing"),
        (GOOD + "when: x\n", "line 6: when: 'when' is not known here"),
        (GOOD + "dates: MM/YY\n", "line 6: dates: 'MM/YY' is not one of"),
        (GOOD + "decimal: dot\n", "line 6: decimal: 'dot' is not one of"),
        (GOOD + "parts: [{area: a}]\n", "only for tallies"),
        (GOOD + "  kind: {}\n", "line 6: fields.kind: give exactly one of"),
        (GOOD + "  kind: {column: a, constant: b}\n", "give exactly one of"),
        (GOOD + "  kind: {span: [a]}\n", "a span has two columns"),
        (GOOD + "  kind: {column: a, values: [b]}\n", "values are pairs"),
        (GOOD + "  kind: {content: false}\n", "only true can stand here"),
        (GOOD + "  kind: {column: a, otherwise: guess}\n", "'guess' is not one of"),
        (GOOD + "  kind: {column: a, as: name}\n", "'name' is not one of id, number"),
        (GOOD + "  kind: {column: a, time: b}\n", "time is said without date"),
        (GOOD + "  kind: {year: a, day: b}\n", "day is said without month"),
        (GOOD + "  kind: {column: a, before: b}\n", "before is said without columns"),
        (GOOD + "refuse: [a]\n", "line 6: refuse: refuse names columns and words"),
        (GOOD + "refuse: {a: []}\n", "refuse.a: a list is expected"),
        (GOOD + "  kind: &a x\n", "anchors"),
        (GOOD + "  when: again\n", "twice"),
        (GOOD + "  kind: [\n", "line "),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(text, said):
    with pytest.raises(FileNotRead) as raised:
        read_mapping("m.yaml", text.encode())
    assert raised.value.message.startswith("m.yaml, line ")
    assert said in raised.value.message
    assert raised.value.mend


def test_a_mapping_has_a_bounded_size():
    with pytest.raises(FileNotRead, match="bytes"):
        read_mapping("m.yaml", b"#" * 300_000)


def test_the_examples_of_the_reference_page_are_mappings():
    blocks = (DOCS / "reference" / "mapping.md").read_text(encoding="utf-8").split("```yaml\n")[1:]
    assert len(blocks) >= 2
    for block in blocks:
        read_mapping("docs", block.partition("```")[0].encode())
