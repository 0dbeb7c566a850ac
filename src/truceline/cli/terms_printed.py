"""`check --coverage` for people: every term, what runs it or why nothing does, and the counts."""

from truceline.cli.printing import print_table, say
from truceline.compliance.terms_run import EXAMPLES_EACH, TermRun, TermsRun


def print_terms(terms: TermsRun) -> None:
    """A row for each term, then the counts."""
    print_table(("term", "runs", "as", "examples", "undecided", ""), [_row(one) for one in terms.by_term])
    say()
    say(
        f"{terms.terms} terms: {terms.run} run; {terms.not_run} do not, and it is said why; of {terms.silent} "
        f"nothing is said. {terms.shown} are shown by {EXAMPLES_EACH} examples or more, one of them undecided."
    )
    kinds = ", ".join(f"{one.kind} {one.obligations}" for one in terms.kinds)
    say(f"{terms.obligations} obligations ({kinds or 'none'}), {terms.exemptions} exemptions, {terms.steps} steps.")


def _row(one: TermRun) -> tuple[object, ...]:
    if one.state != "run":
        return one.term, "no", "", "", "", _why(one)
    runs = "yes" if one.shown else "yes, too few examples"
    steps = ("step",) if one.steps else ()
    return one.term, runs, ", ".join((*one.kinds, *steps)), one.examples, one.undecided, _why(one)


def _why(one: TermRun) -> str:
    if one.because is None:
        return "" if one.state == "run" else "nobody has said why"
    part = f"not {one.part['en']}: " if one.part else ""
    return f"{part}{one.because['en']} ({(one.rule or '').replace('_', ' ')})"
