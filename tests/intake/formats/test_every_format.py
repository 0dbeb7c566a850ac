"""Every form keeps the contract, is known by its own header alone, and reads alike from every shape."""

import json

import pytest

from truceline.intake.formats import FORMATS
from truceline.intake.reading import Refused, read_file

NAMES = [form.name for form in FORMATS]


@pytest.fixture(params=FORMATS, ids=NAMES)
def form(request):
    return request.param


def test_every_form_has_made_up_rows(samples):
    assert sorted(samples) == sorted(NAMES)
    assert len(set(NAMES)) == len(NAMES)


def test_every_form_keeps_the_contract(form, contract, samples, context):
    made = samples[form.name]
    contract.check_format(form, made.header, made.good + made.bad, context, accepts=made.accepts)


def test_a_header_is_known_by_one_form_only(form, samples):
    header = samples[form.name].header
    assert [other.name for other in FORMATS if other.recognises(header)] == [form.name]


def test_good_rows_are_read_and_bad_ones_refused(form, contract, samples, became):
    made = samples[form.name]
    assert not any(isinstance(read, Refused) for read in became(contract.as_csv(made.header, made.good)))
    assert all(isinstance(read, Refused) for read in became(contract.as_csv(made.header, made.bad)))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_form_reads_alike_whatever_stands_between_its_cells(form, delimiter, contract, samples, became):
    made = samples[form.name]
    rows = made.good + made.bad
    assert became(contract.as_csv(made.header, rows, delimiter)) == became(contract.as_csv(made.header, rows))


def test_a_form_reads_alike_from_json_records(form, contract, samples, became):
    made = samples[form.name]
    records = [dict(zip(made.header, row, strict=True)) for row in made.good or made.bad]
    wanted = [type(noun) for noun in became(contract.as_csv(made.header, made.good or made.bad))]
    for content in (json.dumps(records), json.dumps({"status": 200, "Result": records})):
        assert read_file("answer.json", content.encode()).format == form.name
        assert [type(noun) for noun in became(content)] == wanted
        assert not made.good or became(content) == became(contract.as_csv(made.header, made.good))
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records * 2)
    assert [type(noun) for noun in became(lines)] == wanted * 2


def test_a_form_reads_alike_from_json_lists(form, contract, samples, became):
    made = samples[form.name]
    rows = [["A title"], made.header, *made.good, *made.bad]
    nouns = became(json.dumps(rows))
    wanted = became(contract.as_csv(made.header, made.good + made.bad))
    assert [type(noun) for noun in nouns] == [type(noun) for noun in wanted]
    assert nouns[: len(made.good)] == wanted[: len(made.good)]


def test_a_form_reads_alike_from_a_sheet(form, contract, samples, became, workbook):
    made = samples[form.name]
    nouns = became(workbook({"Sheet": [made.header, *made.good, *made.bad]}))
    wanted = became(contract.as_csv(made.header, made.good + made.bad))
    assert [type(noun) for noun in nouns] == [type(noun) for noun in wanted]
    assert nouns[: len(made.good)] == wanted[: len(made.good)]


def test_titles_above_the_header_are_no_rows(form, contract, samples, became):
    made = samples[form.name]
    titled = b"Table 3\r\nfor March,,\r\n" + contract.as_csv(made.header, made.good + made.bad)
    assert len(became(titled)) == len(made.good + made.bad)
