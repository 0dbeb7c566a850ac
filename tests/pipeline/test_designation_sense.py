"""Acts on lists, names, exclusions, associations and memberships: what is refused, with the field and a mend."""

import json

import pytest

EXCLUSION = {"act": "exclusion", "by": "alpha", "at": "2025-03-25T09:00", "actor": "Hill Company",
             "instrument": "truce_text", "says": "excluded", "because": "So."}  # fmt: skip
NAME = {"act": "name", "by": "alpha", "at": "2025-03-25T09:00", "name": "Dune Riders", "list": "un_sc",
        "version": "2025-03-01", "entry": "QDe.137", "says": "same", "because": "So."}  # fmt: skip
LINK = {"act": "association", "by": "alpha", "at": "2025-03-25T09:00", "force": "Hill Company",
        "of": "Northern Army", "says": "associated", "because": "So."}  # fmt: skip
MEMBER = {"act": "membership", "by": "alpha", "at": "2025-03-25", "body": "support_group", "member": "Coast Union",
          "says": "member", "because": "So."}  # fmt: skip
VERSION = {"act": "list", "by": "alpha", "at": "2025-03-25", "list": "un_sc", "version": "2025-03-01T00:00:00Z",
           "digest": "0" * 64, "entries": {"QDe.137": "2014-05-14"}}  # fmt: skip


def entered(desk, act: dict[str, object]):
    return desk.run("enter", desk.mission, desk.file("act.yaml", json.dumps(act)))


@pytest.mark.parametrize("act", [EXCLUSION, NAME, LINK, MEMBER, VERSION], ids=lambda one: one["act"])
def test_they_are_entered_listed_and_rebuilt(desk, act):
    desk.init()
    assert entered(desk, act).code == 0
    before = desk.told("acts")
    assert [one["act"] for one in before["acts"]] == [act["act"]]
    assert desk.told("rebuild")["same"]
    assert desk.told("acts") == before


@pytest.mark.parametrize(
    ("act", "field", "sentence"),
    [
        (EXCLUSION | {"instrument": "no_text"}, "instrument", "is no instrument of this agreement"),
        (EXCLUSION | {"from": "soon"}, "from", ""),
        (EXCLUSION | {"from": "2025-03-20", "to": "2025-03-19"}, "to", "it ends before it begins"),
        (EXCLUSION | {"persistent": True, "from": "2025-03-20"}, "from", "holds from its decision on only"),
        (EXCLUSION | {"by": "somebody"}, "by", "is no body of this agreement"),
        (NAME | {"version": "2025-04-01"}, "version", "the version was made after the decision"),
        (NAME | {"list": "un_cs"}, "list", "is no list that is read"),
        (NAME | {"version": "new"}, "version", ""),
        (LINK | {"of": "hill company"}, "of", "a force is not associated with itself"),
        (VERSION | {"entries": {}}, "entries", "a list without an entry answers nothing"),
        (VERSION | {"version": "2025-04-01"}, "at", "the version was made after it is said to be here"),
    ],
)
def test_what_makes_no_sense_is_refused_with_file_line_and_field(desk, act, field, sentence):
    desk.init()
    ran = entered(desk, act)
    assert ran.code == 2
    assert f"act.yaml, line 1: {field}: " in ran.err
    assert sentence in ran.err
    assert desk.told("acts")["acts"] == []


def test_a_time_that_cannot_be_read_beside_persistent_has_its_own_objection(desk):
    desk.init()
    ran = entered(desk, EXCLUSION | {"persistent": True, "from": "later"})
    assert ran.code == 2 and "from" in ran.err
