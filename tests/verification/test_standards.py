"""Whom findings hold responsible together, and elements held one by one."""

from hypothesis import given
from hypothesis import strategies as st

from truceline.verification.elements import element_by_element, repeated
from truceline.verification.standards import NAMES_SOMEBODY, attributed, held_responsible, standard_in_words
from truceline.vocabulary.act import Finding
from truceline.vocabulary.codes import codes
from truceline.vocabulary.finding import Candidate, Element

CHAIRS = ("alpha", "beta")
LEVELS = [None, *codes("attribution_levels")]


def found(by: str, attribution: str | None = None, who: str | None = None, **more) -> Finding:
    more = {"held": "happened", "what": "An air attack.", "because": "So.", **more}
    return Finding(by, "2025-03-21", "u-1", attribution=attribution, attributed_to=who, **more)


def test_one_side_alone_lists_nobody_and_keeps_its_author():
    told = attributed([found("alpha", "single_side_a", "Front of the Plain")], CHAIRS)
    assert (told.level, told.listed_under) == ("single_side_a", "")
    assert told.named == (("Front of the Plain", ("alpha",)),)


def test_two_that_are_named_are_contested_and_nobody_is_listed():
    told = attributed(
        [found("alpha", "single_side_a", "Front"), found("beta", "single_side_b", "Northern Army")], CHAIRS
    )
    assert (told.level, told.listed_under) == ("contested", "")


def test_what_every_co_chair_holds_is_agreed():
    both = [found("alpha", "agreed_joint", "Front"), found("beta", "agreed_joint", "Front")]
    assert attributed(both, CHAIRS).listed_under == "Front"
    assert attributed([*both, found("secretariat", "undetermined")], CHAIRS).listed_under == ""
    assert attributed(both[:1], CHAIRS).listed_under == ""


def test_a_party_admits_for_itself_and_one_side_never_for_it():
    assert attributed([found("north", "admitted", "north")], CHAIRS).level == "admitted"
    assert attributed([found("alpha", "admitted", "north")], CHAIRS).listed_under == ""
    assert (
        attributed([found("alpha", "admitted", "north"), found("beta", "admitted", "north")], CHAIRS).level
        == "admitted"
    )


def test_candidates_are_held_responsible_for_nothing():
    three = tuple(Candidate(who, "has the aircraft") for who in ("North", "South", "Island"))
    told = attributed([found("secretariat", "undetermined", candidates=three)], CHAIRS)
    assert (told.level, told.listed_under, told.named) == ("undetermined", "", ())


def test_of_no_findings_nothing_is_said():
    assert attributed([], CHAIRS).because == "No body has found on it."


@given(
    st.lists(
        st.builds(
            found, st.sampled_from(["alpha", "beta", "secretariat", "north"]), st.sampled_from(LEVELS),
            st.sampled_from([None, "north", "Front", "Island"]),
            held=st.sampled_from(["happened", "did_not_happen", "undetermined"]),
        ),
        max_size=5, unique_by=lambda one: one.by,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_nobody_is_listed_who_is_not_admitted_or_held_by_every_co_chair_and_order_does_not_matter(findings, chance):
    told = attributed(findings, CHAIRS)
    shuffled = list(findings)
    chance.shuffle(shuffled)
    assert attributed(shuffled, CHAIRS) == told
    if told.listed_under:
        assert told.level in ("admitted", "agreed_joint")
        assert all(held_responsible(one) in ("", told.listed_under) for one in findings)
        by = {one.by for one in findings if held_responsible(one) == told.listed_under}
        assert told.listed_under in by or set(CHAIRS) <= by
    for one in findings:
        if one.attribution not in NAMES_SOMEBODY or one.held == "did_not_happen":
            assert held_responsible(one) == ""


def test_a_standard_is_a_code_or_the_bodys_own_words():
    assert standard_in_words("reasonable_grounds") == "Reasonable grounds to believe"
    assert standard_in_words("the standard of the Cairo protocol") == "the standard of the Cairo protocol"
    assert standard_in_words(None) == ""


def test_an_element_is_agreed_only_where_every_co_chair_holds_the_same():
    def held(by, *elements):
        return found(by, elements=tuple(Element(name, word, "So.") for name, word in elements))

    alpha = held("alpha", ("Air attack", "yes"), ("Deliberate", "yes"), ("More than one aircraft", "yes"))
    beta = held("beta", ("air  attack", "yes"), ("Deliberate", "no_evidence"))
    other = held("secretariat", ("Radio traffic", "no"))
    told = {one.element: one.standing for one in element_by_element([alpha, beta, other], CHAIRS)}
    assert told == {
        "Air attack": "agreed", "Deliberate": "disputed", "More than one aircraft": "one_side",
        "Radio traffic": "not_joint",
    }  # fmt: skip


def test_an_answer_is_part_of_what_is_agreed():
    def held(by, answer):
        return found(by, elements=(Element("Aircraft", "yes", "So.", answer),))

    assert element_by_element([held("alpha", "two types"), held("beta", "one type")], CHAIRS)[0].standing == "disputed"
    assert element_by_element([held("alpha", "two types"), held("beta", "Two types")], CHAIRS)[0].standing == "agreed"


def test_an_element_named_twice_is_found_whatever_its_case():
    assert repeated([Element("Air attack", "yes", ""), Element("AIR  ATTACK", "no", "")]) == ["air attack"]
