"""Which terms of a pack run, are shown by examples, or do not run, and why."""

import msgspec
import pytest

from truceline.compliance.examples import Example, Expected, Given
from truceline.compliance.terms_run import TermRun, terms_run
from truceline.pipeline.packs import find_pack
from truceline.vocabulary.agreement import Agreement, NotRun
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Cited


def _agreement(*obligations: Obligation, not_run: tuple[NotRun, ...] = ()) -> Agreement:
    whole = find_pack("example").agreement
    return msgspec.structs.replace(whole, obligations=obligations, steps=(), not_run=not_run)


def _obligation(name: str, *terms: str) -> Obligation:
    said = Cited("Written for a test", "invented")
    return Obligation(name, {"en": name}, "truce_text", terms, ("north",), "prohibition", said)


def _example(n: int, obligation: str, outcome: Outcome, terms: tuple[str, ...] = ()) -> Example:
    given = Given("strict", obligation=obligation, party="north", from_="2025-03-16", to="2025-03-17")
    return Example(f"Example {n}", given, Expected(outcome=outcome), terms)


def _term(agreement: Agreement, term: str, *examples: Example) -> TermRun:
    return next(one for one in terms_run(agreement, examples).by_term if one.term == term)


def test_a_term_that_an_obligation_names_runs_and_three_examples_with_one_undecided_show_it() -> None:
    agreement = _agreement(_obligation("no_fire", "E1"))
    outcomes = (Outcome.BREACHED, Outcome.COMPLIED, Outcome.UNDECIDED)
    examples = [_example(n, "no_fire", outcome) for n, outcome in enumerate(outcomes)]
    found = _term(agreement, "E1", *examples)
    assert (found.state, found.shown, found.examples, found.undecided) == ("run", True, 3, 1)
    assert (found.kinds, found.obligations) == (("prohibition",), ("no_fire",))


@pytest.mark.parametrize("outcomes", [(Outcome.BREACHED, Outcome.UNDECIDED), (Outcome.BREACHED,) * 3])
def test_two_examples_or_three_decided_ones_do_not_show_a_term(outcomes: tuple[Outcome, ...]) -> None:
    agreement = _agreement(_obligation("no_fire", "E1"))
    examples = [_example(n, "no_fire", outcome) for n, outcome in enumerate(outcomes)]
    assert not _term(agreement, "E1", *examples).shown


def test_a_term_nobody_runs_is_not_run_with_its_reason_or_silent() -> None:
    why = NotRun("E2", {"en": "It was not read again."}, "recalled")
    agreement = _agreement(not_run=(why,))
    assert (_term(agreement, "E2").state, _term(agreement, "E2").rule) == ("not_run", "recalled")
    assert _term(agreement, "E1").state == "silent"


def test_a_part_of_a_term_that_runs_may_be_left_out() -> None:
    part = NotRun("E1", {"en": "Never derived."}, "never", {"en": "what it permits"})
    found = _term(_agreement(_obligation("no_fire", "E1"), not_run=(part,)), "E1")
    assert (found.state, found.part) == ("run", {"en": "what it permits"})


def test_an_example_of_a_cell_says_which_term_it_shows() -> None:
    given = Given("strict", indicator="between_parties", area="river_towns", day="2025-03-20")
    examples = [Example("A day", given, Expected(low=0), ("E7",))]
    found = _term(_agreement(), "E7", *examples)
    assert (found.state, found.examples) == ("run", 1)  # E7 excludes, and its instrument names whom


def test_the_counts_add_up() -> None:
    agreement = _agreement(_obligation("no_fire", "E1", "E2"), _obligation("no_mines", "E2"))
    told = terms_run(agreement, ())
    assert told.run + told.not_run + told.silent == told.terms == len(agreement.terms)
    assert [(one.kind, one.obligations) for one in told.kinds] == [("prohibition", 2)]
