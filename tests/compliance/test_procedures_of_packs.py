"""A pack whose procedure points nowhere, contradicts itself or leaves out who moves a case is refused, line by line."""

from importlib import resources

import pytest

from truceline.compliance.pack import PACK_FILES, read_pack
from truceline.errors import PackError

FOLDER = resources.files("truceline") / "agreements" / "example"
FILES = {name: (FOLDER / name).read_bytes() for name in PACK_FILES}


def refused(old: str, new: str) -> str:
    """What is said of the example with one passage changed."""
    text = FILES["agreement.yaml"].decode()
    head, _, procedures = text.partition("\nprocedures:\n")
    assert old in procedures
    changed = f"{head}\nprocedures:\n{procedures.replace(old, new, 1)}"
    with pytest.raises(PackError) as caught:
        read_pack(FILES | {"agreement.yaml": changed.encode()}, "example")
    return caught.value.message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("begins: [allegation]", "begins: [nowhere]", "'nowhere' is no stage of this pack"),
        ("next: [inquiry, closed]", "next: [inquiry, nowhere]", "'nowhere' is no stage of this procedure"),
        ("by: [co_chair, secretariat, party]", "by: [judges]", "'judges' is no body or role of this pack"),
        ("by: [co_chair, secretariat, party]", "by: [observer]", "'observer' is no body or role of this pack"),
        ("by: [co_chair, secretariat, party]", "by: []", "needs exactly one of by"),
        ("together: [co_chair]", "together: [co_chair]\n        by: [secretariat]", "needs exactly one of by"),
        ("together: [co_chair]", "together: [co_chair]\n        not_the_opener: true", "goes with by"),
        ("needs: [reply]", "needs: [confession]", "'confession' is no step of this procedure"),
        ("steps: [query, reply]", "steps: [query, ask]", "'ask' is no step of this procedure"),
        ("deadline: {hours: 72,", "deadline: {hours: 72, days: 3,", "needs exactly one of hours and days"),
        ("{means: proposes, to: inquiry}", "{means: proposes}", "proposes, and only it, names a stage"),
        ("{means: proposes, to: inquiry}", "{means: proposes, to: finding}", "'finding' is no next stage"),
        ("{means: proposes, to: inquiry}", "{means: counts_as, outcome: x}", "counts_as is of the answer to a step"),
        ("outcome: no_reply}", "outcome: consent}", "'consent' is no outcome of the answer"),
        ("answers: query", "answers: question", "'question' is no step of this procedure"),
        ("next: [published, investigation]", "next: [investigation]", "no case can come to 'published'"),
        ("tag: invented}", "tag: recalled}", "a recalled procedure is not executed"),
        ("id: inquiry", "id: allegation", "'allegation' is used twice"),
        ("{en: Joint review, ar", "{ar", "has no English"),
        ("end: true", "end: true\n        votes: 3", "votes"),
    ],
)
def test_what_is_wrong_with_a_procedure_is_named_with_its_line(old: str, new: str, says: str) -> None:
    message = refused(old, new)
    assert says in message
    assert "agreement.yaml, line " in message


def test_a_needed_step_that_no_stage_offers_is_refused() -> None:
    both = "steps: [query, reply, site_visit, field_report]"
    text = FILES["agreement.yaml"].decode().replace("steps: [query, reply]", "steps: [query]")
    with pytest.raises(PackError, match="no stage has the step 'reply'"):
        read_pack(FILES | {"agreement.yaml": text.replace(both, "steps: [query]").encode()}, "example")


def test_the_digest_of_a_pack_covers_its_procedures() -> None:
    text = FILES["agreement.yaml"].decode()
    other = text.replace("deadline: {hours: 72,", "deadline: {hours: 71,")
    assert other != text
    assert read_pack(FILES | {"agreement.yaml": other.encode()}, "example").digest != read_pack(FILES, "example").digest
