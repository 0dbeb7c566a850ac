"""The records of a JSON file, wherever they stand, as rows that come back from the record."""

import json

import pytest

from truceline.errors import FileNotRead
from truceline.intake import bounds
from truceline.intake.layout import payload, row_of
from truceline.intake.reading import Refused, read_file, read_rows
from truceline.intake.shapes import json_pieces

REPORT = {"report_id": "1", "source": "ngo", "when": "2025-03-04", "kind": "", "side_a": "", "side_b": ""}


def table(content):
    made = read_file("answer.json", content if isinstance(content, bytes) else content.encode())
    for row in made.rows:
        assert row_of(row.number, payload(row, made.layout), made.layout) == row
    return made


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (json.dumps([REPORT, REPORT]), "a list of records"),
        (json.dumps({"TotalCount": 2, "Result": [REPORT, REPORT], "Next": ""}), "the records under 'Result'"),
        (json.dumps({"errors": [], "data": [REPORT, REPORT], "notes": ["a"]}, indent=2), "the records under 'data'"),
        (f"{json.dumps(REPORT)}\n\n{json.dumps(REPORT)}\r\n", "one record a line"),
    ],
)
def test_records_are_found_where_they_stand(content, where):
    made = table(content)
    assert (made.format, len(made.rows)) == ("truceline_reports", 2)
    assert made.why.startswith(f"JSON, {where}")


def test_one_record_alone_is_a_table_of_one_row():
    assert len(table(json.dumps(REPORT, indent=1)).rows) == 1


def test_lines_are_numbered_as_lines_and_records_as_records():
    text = json.dumps(REPORT)
    assert [row.number for row in table(f"{text}\n\n{text}\n").rows] == [1, 3]
    assert [row.number for row in table(f"[{text},\n\n{text}]").rows] == [1, 2]


def test_a_field_that_is_not_there_and_one_that_is_null_are_two_things_and_read_alike(context):
    made = table(json.dumps([{**REPORT, "place": None}, REPORT, {**REPORT, "place": ""}]))
    at = made.header.index("place")
    assert [row.cells[at] for row in made.rows] == ["null", "", '""']
    assert {noun.place for _, noun in read_rows(made, context)} == {""}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ('{"report_id": "2", "report_id": "3"}', "'report_id' stands twice"),
        ('{"killed_best": NaN}', "NaN is no number"),
        ('{"words": "\\ud800"}', "half a character"),
        ("[1]", "no JSON object"),
        ('{"words": "' + "x" * 70_000 + '"}', "more than 65536 bytes"),
        ('{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}', "More than 8 objects"),
    ],
)
def test_a_damaged_record_is_kept_as_it_stood_and_nothing_else_is_touched(record, said, context):
    made = table(f"[{json.dumps(REPORT)}, {record} ,{json.dumps(REPORT)}]")
    assert made.rows[1].raw == record.encode()
    nouns = [noun for _, noun in read_rows(made, context)]
    assert [isinstance(noun, Refused) for noun in nouns] == [False, True, False]
    assert said in nouns[1].faults[0].reason


def test_a_broken_line_is_one_refused_row(context):
    made = table(f'{json.dumps(REPORT)}\n{{"report_id": \n{json.dumps(REPORT)}\n')
    assert made.rows[1].raw == b'{"report_id": '
    assert "no JSON" in made.rows[1].fault.reason


def test_bytes_that_are_no_text_refuse_their_record():
    made = table(f"[{json.dumps(REPORT)},".encode() + b'{"report_id": "\xff\xc3"},' + '{"place": "قرية"}]'.encode())
    assert made.rows[1].raw == b'{"report_id": "\xff\xc3"}'
    assert made.rows[1].fault.reason.startswith("Some bytes")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "without records"),
        ('{"Result": []}', "of no known form"),
        (f"[{json.dumps(REPORT)}", "broken JSON at line 1"),
        (f"[{json.dumps(REPORT)},]", "broken JSON"),
        (f"[{json.dumps(REPORT)}] x", "more text follows"),
        (f'[{json.dumps(REPORT)},\n\n{{"a": }}]', "broken JSON at line 3"),
        (json.dumps({"a": [REPORT], "b": [REPORT]}), "'a' and 'b' both hold records"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("{1: 2}", "broken JSON"),
        ('{"a" 2}', ": is missing"),
    ],
)
def test_json_that_cannot_be_read_at_all_says_where_and_what_to_do(content, said):
    with pytest.raises(FileNotRead, match=r"answer\.json") as raised:
        table(content)
    assert said in str(raised.value)
    assert raised.value.mend


def test_a_record_is_read_across_the_window(monkeypatch):
    monkeypatch.setattr(json_pieces, "MOST_RECORD", 200)
    made = table(json.dumps([{**REPORT, "words": "w" * (i % 60)} for i in range(50)]))
    assert len(made.rows) == 50
    with pytest.raises(FileNotRead, match="a record longer than 200 "):
        table(json.dumps([REPORT, {**REPORT, "words": "w" * 400}]))


def test_names_of_places_as_fields_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(bounds, "_SPARE", 100)
    with pytest.raises(FileNotRead, match="too many different fields"):
        table(json.dumps([{**REPORT, f"place {i}": 1} for i in range(100)]))


def test_a_file_of_damaged_rows_only_is_no_table(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_DAMAGED", 10)
    for content in (json.dumps([REPORT, *[1] * 30]), ",".join(REPORT) + "\n" + "a\n" * 30):
        with pytest.raises(FileNotRead, match="rows are damaged"):
            table(content)


def test_lists_are_rows_below_their_header_and_a_wider_one_is_damaged():
    made = table(json.dumps([["Title"], list(REPORT), list(REPORT.values()), ["1", "ngo"], [*REPORT, "more"], []]))
    assert [row.number for row in made.rows] == [3, 4, 5]
    assert made.rows[1].cells == ('"1"', '"ngo"', "", "", "", "")
    assert made.rows[2].fault.reason == "The row has 7 cells, the header has 6"
