"""Who belongs to a body, and whose force a force is: dated words of bodies, by whose claim."""

from importlib import resources
from typing import Any

import msgspec

from truceline.compliance.dated_standings import associations, members
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.plain_yaml import read_yaml
from truceline.vocabulary.when import read_instant

PACK = resources.files("truceline") / "agreements" / "example" / "agreement.yaml"
EXAMPLE = msgspec.convert(read_yaml(PACK.read_bytes()).value, Agreement)


def us(text: str) -> int:
    return read_instant(text, EXAMPLE.zone)


def held(*acts: dict[str, Any]) -> list[ActHeld]:
    read: list[Act] = [msgspec.convert({"because": "", "at": "2025-03-10", **act}, Act) for act in acts]
    return [ActHeld(f"{n:064x}", n, act, us(act.at), us(act.at)) for n, act in enumerate(read)]


def belongs(by: str, member: str, says: str = "member", **more: str) -> dict[str, Any]:
    return {"act": "membership", "by": by, "body": "support_group", "member": member, "says": says} | more


def of_group(on: str, *acts: dict[str, Any]) -> dict[str, str]:
    found = members(EXAMPLE, held(*acts), "support_group", us(on), us("2026-01-01"))
    return {one.name: one.says for one in found}


def test_membership_is_not_fixed():
    acts = [
        belongs("secretariat", "Island Republic", **{"from": "2025-02-01", "to": "2025-03-31"}),
        belongs("secretariat", "Coast Union", **{"from": "2025-03-20"}),
    ]
    assert of_group("2025-03-01", *acts) == {"Island Republic": "member"}
    assert of_group("2025-03-25", *acts) == {"Coast Union": "member", "Island Republic": "member"}
    assert of_group("2025-04-01", *acts) == {"Coast Union": "member"}


def test_where_the_co_chairs_differ_or_one_is_silent_it_is_disputed():
    assert of_group("2025-04-01", belongs("alpha", "X"), belongs("beta", "X")) == {"X": "member"}
    assert of_group("2025-04-01", belongs("alpha", "X"), belongs("beta", "X", "not_member")) == {"X": "disputed"}
    assert of_group("2025-04-01", belongs("alpha", "X")) == {"X": "disputed"}


def test_what_only_a_party_says_is_a_claim_with_its_author():
    acts = held({"act": "association", "by": "north_command", "force": "Hill Company", "of": "Front of the Plain",
                 "says": "associated"})  # fmt: skip
    [one] = associations(EXAMPLE, acts, "hill_company", us("2025-03-20"), us("2026-01-01"))
    assert (one.name, one.says, one.by) == ("Front of the Plain", "claimed", {})
    assert [word.by for word in one.words] == ["north_command"]


def test_of_the_force_that_is_asked_for_and_of_no_other():
    acts = held({"act": "association", "by": "alpha", "force": "Hill Company", "of": "Plain Front",
                 "says": "associated"})  # fmt: skip
    assert associations(EXAMPLE, acts, "Plain Front", us("2025-03-20"), us("2026-01-01")) == []
    assert associations(EXAMPLE, acts, "Valley Guard", us("2025-03-20"), us("2026-01-01")) == []
