"""Formats that others ship are named with their distribution, its version and the fingerprint of its files."""

from hashlib import sha256
from importlib.metadata import EntryPoint

import pytest

from truceline.errors import FileNotRead
from truceline.intake.formats import FORMATS, truceline_reports
from truceline.intake.formats.format import Format
from truceline.intake.formats.outside import known_formats, with_outside

HOUSE_LOG = Format("house_log", "3", "report", ("no", "what"), {"no": "source"}, truceline_reports.read)


class Shipped:
    """A distribution as importlib.metadata gives it."""

    name, version = "truceline-house", "1.2"

    def __init__(self, record):
        self.record = record

    def read_text(self, name):
        return self.record if name == "RECORD" else None


def point(name, record="house.py,sha256=abc,10\n", value=f"{__name__}:HOUSE_LOG"):
    class Point(EntryPoint):
        def load(self):
            return {"house": HOUSE_LOG, "ours": truceline_reports.FORMAT, "no": 5}[name]

        dist = Shipped(record)

    return Point(name, value, "truceline.formats")


def test_our_own_formats_come_first_and_none_is_outside_here():
    assert known_formats()[: len(FORMATS)] == FORMATS
    assert with_outside(()) == FORMATS


def test_the_reader_names_distribution_version_and_fingerprint():
    form = with_outside((point("house"),))[-1]
    digest = sha256(b"house.py,sha256=abc,10\n").hexdigest()
    assert form.reader == f"truceline-house-1.2+sha256.{digest}.house_log@3"
    assert form.recognises(["what", "no"])


@pytest.mark.parametrize(("name", "said"), [("ours", "name of one of ours"), ("no", "no Format")])
def test_what_is_no_format_or_takes_one_of_our_names_is_refused(name, said):
    with pytest.raises(FileNotRead, match=said):
        with_outside((point(name),))


def test_a_distribution_without_a_list_of_its_files_is_refused():
    with pytest.raises(FileNotRead, match="list of its files"):
        with_outside((point("house", record=None),))
