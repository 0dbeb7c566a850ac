"""Chains of custody: who held an exhibit, one after the other, and where nobody says."""

import pytest

from truceline.verification.custody import Step, chain_of
from truceline.vocabulary.exhibit import Custody

PLAIN, OTHER = "a" * 64, "b" * 64


def step(at: int, did: str, holder: str, to: str | None = None, sha256: str | None = None) -> Step:
    act = Custody("alpha", str(at), "c" * 12, holder, did, "so", sha256, to)  # type: ignore[arg-type]
    return Step(f"{at:064x}", at, act)


def chain(*steps: Step):
    return chain_of("alpha", 100, PLAIN, steps)


def test_of_an_exhibit_that_nobody_spoke_of_the_chain_is_not_told():
    assert (chain().state, chain().holder) == ("not_told", "")


def test_what_is_handed_over_and_received_is_held_by_who_received_it():
    told = chain(step(110, "handed_over", "alpha", "lab"), step(120, "received", "lab"), step(130, "examined", "lab"))
    assert (told.state, told.holder, told.awaited, told.breaks) == ("whole", "lab", "", ())


def test_the_order_of_entry_does_not_matter():
    steps = [step(110, "handed_over", "alpha", "lab"), step(120, "received", "lab"), step(130, "examined", "lab")]
    assert chain(*steps) == chain(*reversed(steps))


def test_a_chain_may_begin_before_the_exhibit_was_entered():
    told = chain(step(50, "received", "field office"), step(60, "handed_over", "field office", "alpha"),
                 step(70, "received", "alpha"))  # fmt: skip
    assert (told.state, told.holder) == ("whole", "alpha")


def test_what_has_not_arrived_is_open_and_no_gap():
    told = chain(step(110, "handed_over", "alpha", "lab"))
    assert (told.state, told.holder) == ("whole", "alpha")
    assert told.awaited == "handed over to lab, who has not said that it arrived"


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([step(110, "received", "lab")], "alpha has not said that it gave it away"),
        ([step(110, "handed_over", "alpha", "lab"), step(120, "received", "press")], "handed over to lab, and press"),
        ([step(110, "handed_over", "alpha", "lab"), step(120, "examined", "lab")], "has not said that it received it"),
        ([step(110, "stored", "alpha"), step(120, "copied", "press")], "press copied it, while alpha held it"),
        ([step(110, "destroyed", "alpha"), step(120, "stored", "alpha")], "after it was destroyed"),
    ],
)
def test_a_gap_is_said_in_words(steps, says):
    told = chain(*steps)
    assert told.state == "gap"
    assert says in told.breaks[0]


def test_another_fingerprint_breaks_a_chain_that_has_no_gap():
    told = chain(step(110, "examined", "alpha", sha256=PLAIN), step(120, "examined", "alpha", sha256=OTHER))
    assert told.state == "altered"
    assert len(told.breaks) == 1


def test_nobody_holds_what_was_lost():
    assert chain(step(110, "lost", "alpha")).holder == ""
