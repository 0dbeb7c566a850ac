"""The co-chairs' registers side by side: what was accepted, attested and disputed at an instant."""

from importlib import resources

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.compliance.parties_named import maybe_meant, party_of
from truceline.compliance.registers import LISTED, PartyStanding, registers_at
from truceline.vocabulary.act import Acceptance, ActHeld, Attestation, Withdrawal
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.plain_yaml import read_yaml
from truceline.vocabulary.when import read_instant

PACK = resources.files("truceline") / "agreements" / "example" / "agreement.yaml"
EXAMPLE = msgspec.convert(read_yaml(PACK.read_bytes()).value, Agreement)
ZONE = EXAMPLE.zone
GROUP = "hill_company"


def us(text: str) -> int:
    return read_instant(text, ZONE)


def held(seq: int, act: Acceptance | Attestation | Withdrawal, replaced_by: int | None = None) -> ActHeld:
    when = getattr(act, "when", None)
    return ActHeld(f"{seq:064x}", seq, act, us(act.at), us(when or act.at), replaced_by)


def accepts(by: str, at: str, says: str = "accepted", party: str = GROUP, **more: str) -> Acceptance:
    return msgspec.convert(
        {"act": "acceptance", "by": by, "at": at, "party": party, "says": says, "because": "", **more}, Acceptance
    )


def attests(by: str, at: str, says: str = "attested", register: str = "alpha", party: str = GROUP) -> Attestation:
    return Attestation(by, at, says, "", party=party, register=register)  # type: ignore[arg-type]


def standing(acts: list[ActHeld], as_of: str = "2025-04-01") -> PartyStanding:
    [one] = registers_at(EXAMPLE, acts, us(as_of))
    return one


def status(*acts: Acceptance | Attestation, as_of: str = "2025-04-01") -> str:
    return standing([held(n, act) for n, act in enumerate(acts, 1)], as_of).status


def test_accepted_in_one_register_and_not_attested() -> None:
    one = standing([held(1, accepts("alpha", "2025-03-16"))])
    assert (one.status, one.missing) == ("accepted_not_attested", ("beta",))


def test_the_word_of_the_keeper_alone_attests_nothing() -> None:
    assert status(accepts("alpha", "2025-03-16"), attests("alpha", "2025-03-17")) == "accepted_not_attested"
    assert status(accepts("alpha", "2025-03-16"), attests("beta", "2025-03-17")) == "accepted_and_attested"


def test_accepted_in_both_registers_needs_no_word() -> None:
    assert status(accepts("alpha", "2025-03-16"), accepts("beta", "2025-03-17")) == "accepted_in_every_register"


def test_registers_that_disagree_are_shown_as_disputed() -> None:
    assert status(accepts("alpha", "2025-03-16"), accepts("beta", "2025-03-17", "declined")) == "disputed"
    assert status(accepts("alpha", "2025-03-16"), attests("beta", "2025-03-17", "objected")) == "disputed"


def test_the_last_word_of_a_co_chair_counts() -> None:
    acts = accepts("alpha", "2025-03-16"), attests("beta", "2025-03-17"), attests("beta", "2025-03-18", "not_attested")
    assert status(*acts) == "accepted_not_attested"
    assert status(*acts, as_of="2025-03-17T12:00") == "accepted_and_attested"


def test_a_party_that_withdraws_had_accepted_until_then() -> None:
    acts = accepts("alpha", "2025-03-16"), accepts("alpha", "2025-03-20", "withdrawn")
    assert status(*acts, as_of="2025-03-19") == "accepted_not_attested"
    assert status(*acts) == "withdrawn"


def test_what_is_said_later_of_an_earlier_time_does_not_reach_back() -> None:
    late = accepts("alpha", "2025-03-20", when="2025-03-16")
    assert status(late, as_of="2025-03-18") == "none"
    assert status(late, as_of="2025-03-21") == "accepted_not_attested"


def test_an_attestation_of_an_entry_does_not_carry_over_to_its_revision() -> None:
    first = held(1, accepts("alpha", "2025-03-16"), replaced_by=3)
    word = held(2, Attestation("beta", "2025-03-17", "attested", "", of=first.id))
    acts = [first, word, held(3, accepts("alpha", "2025-03-18"))]
    assert standing(acts, "2025-03-17T12:00").status == "accepted_and_attested"
    assert standing(acts).status == "accepted_not_attested"


def test_an_entry_taken_back_counted_until_it_was() -> None:
    acts = [
        held(1, accepts("alpha", "2025-03-16"), replaced_by=2),
        held(2, Withdrawal("alpha", "2025-03-20", "0" * 12, "")),
    ]
    assert standing(acts, "2025-03-18").status == "accepted_not_attested"
    assert standing(acts).status == "none"


def test_an_attestation_of_an_entry_that_cannot_be_read_here_says_so() -> None:
    assert status(attests("beta", "2025-03-17")) == "attested_unread"
    assert status(attests("beta", "2025-03-17", "not_attested")) == "none"


def test_two_names_of_one_group_are_one_line() -> None:
    one = standing([held(1, accepts("alpha", "2025-03-16")), held(2, accepts("beta", "2025-03-16", party="سرية التل"))])
    assert (one.party, one.status) == (GROUP, "accepted_in_every_register")


def test_a_new_name_of_a_group_is_not_inferred_before_it_has_it() -> None:
    assert party_of(EXAMPLE, "River Division", us("2025-04-06"))[0] == "river_brigade"
    assert party_of(EXAMPLE, "River Division", us("2025-04-01")) == ("river division", "River Division")
    assert "river_brigade" in maybe_meant(EXAMPLE, "River Division")


def test_a_name_that_the_pack_does_not_know_stands_as_it_is() -> None:
    assert party_of(EXAMPLE, " Free Fishers ", 0) == ("free fishers", "Free Fishers")


INSTANTS = [f"2025-03-{day:02d}" for day in range(10, 25)]
ACTS = st.one_of(
    st.builds(
        accepts, st.sampled_from(["alpha", "beta"]), st.sampled_from(INSTANTS),
        st.sampled_from(["accepted", "declined", "withdrawn"]), when=st.sampled_from(INSTANTS),
    ),
    st.builds(
        attests, st.sampled_from(["alpha", "beta"]), st.sampled_from(INSTANTS),
        st.sampled_from(["attested", "not_attested", "objected"]), st.sampled_from(["alpha", "beta"]),
    ),
)  # fmt: skip


@given(st.lists(ACTS, max_size=8), st.lists(ACTS, max_size=4), st.sampled_from(INSTANTS))
def test_nothing_said_after_an_instant_changes_it(
    early: list[Acceptance | Attestation], late: list[Acceptance | Attestation], as_of: str
) -> None:
    before = [held(n, act) for n, act in enumerate(early)]
    after = [held(100 + n, act) for n, act in enumerate(late) if us(act.at) > us(as_of)]
    old, new = (
        {one.party: (one.status, one.kept) for one in registers_at(EXAMPLE, acts, us(as_of))}
        for acts in (before, [*before, *after])
    )
    assert {party: new[party] for party in old} == old
    assert all(status == "none" for party, (status, _) in new.items() if party not in old)


@given(st.lists(ACTS, max_size=8), st.sampled_from(INSTANTS))
def test_a_party_without_an_acceptance_is_never_listed(acts: list[Acceptance | Attestation], as_of: str) -> None:
    told = registers_at(EXAMPLE, [held(n, act) for n, act in enumerate(acts)], us(as_of))
    for one in told:
        attested = any(kept.attested_by() for kept in one.kept if kept.state == "no_entry")
        accepted = any(kept.state == "accepted" for kept in one.kept)
        assert (one.status in LISTED) == (accepted or attested)


@pytest.mark.parametrize("says", ["accepted", "declined"])
def test_of_whom_it_was_given_to_is_kept(says: str) -> None:
    one = standing([held(1, accepts("alpha", "2025-03-16", says, to="beta"))])
    assert [(kept.register, kept.via) for kept in one.kept] == [("alpha", "beta"), ("beta", "")]
