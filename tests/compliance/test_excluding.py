"""Exclusion is a rule of each instrument, for an actor at a time: excluded, not excluded, disputed or unknown."""

from importlib import resources
from itertools import permutations
from typing import Any

import msgspec
import pytest

from truceline.compliance.excluding import Exclusions
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.agreement import Agreement, Cited, Designated
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.plain_yaml import read_yaml
from truceline.vocabulary.when import read_as_of, read_instant

PACK = resources.files("truceline") / "agreements" / "example" / "agreement.yaml"
EXAMPLE = msgspec.convert(read_yaml(PACK.read_bytes()).value, Agreement)
ZONE = EXAMPLE.zone
TEXT, ANNEX = "truce_text", "exclusion_annex"
DAY, LATER = "2025-03-20", "2025-04-20"
INVENTED = Cited("Written for this test", "invented")


def us(text: str) -> int:
    return read_instant(text, ZONE)


def held(*acts: dict[str, Any]) -> list[ActHeld]:
    read: list[Act] = [msgspec.convert({"because": "", **act}, Act) for act in acts]
    return [ActHeld(f"{n:064x}", n, act, us(act.at), us(act.at)) for n, act in enumerate(read)]


def follows(associated: bool = False) -> Agreement:
    """The example, whose text follows a list."""
    rule = Designated("un_sc", INVENTED, associated)
    stack = [msgspec.structs.replace(one, designated=rule) if one.id == TEXT else one for one in EXAMPLE.instruments]
    return msgspec.structs.replace(EXAMPLE, instruments=tuple(stack))


def asked(
    name: str, *acts: dict[str, Any], on: str = DAY, of: str = TEXT, as_of: str = "2026-12-01",
    body: str | None = None, agreement: Agreement = EXAMPLE,
) -> Any:  # fmt: skip
    return Exclusions(agreement, held(*acts), read_as_of(as_of, ZONE)).held(name, of, us(on), body)


def excludes(by: str, at: str = "2025-03-18", says: str = "excluded", **more: Any) -> dict[str, Any]:
    return {"act": "exclusion", "by": by, "at": at, "actor": "Hill Company", "instrument": TEXT, "says": says} | more


def named(by: str = "alpha", at: str = "2025-03-18", says: str = "same", **more: Any) -> dict[str, Any]:
    said = {"act": "name", "by": by, "at": at, "name": "Dune Riders", "list": "un_sc", "says": says}
    return said | {"version": "2025-03-01", "entry": "QDe.137"} | more


def version(made: str, *entries: str, at: str = "2026-03-10") -> dict[str, Any]:
    on = dict.fromkeys(entries, "2014-05-14")
    return {"act": "list", "by": "alpha", "at": at, "list": "un_sc", "version": made, "digest": "0" * 64,
            "entries": on or {"XXe.001": "2000-01-01"}}  # fmt: skip


def linked(by: str, says: str = "associated", of: str = "Order of the Ridge", **more: Any) -> dict[str, Any]:
    return {"act": "association", "by": by, "at": "2025-03-16", "force": "Hill Company", "of": of, "says": says} | more


class TestByTheText:
    def test_the_text_excludes_by_name_from_its_own_day_on(self):
        assert asked("Order of the Ridge").answer == "excluded"
        assert asked("Order of the Ridge", on="2025-03-14").answer == "unknown"

    def test_whoever_is_bound_is_not_excluded(self):
        found = asked("Northern Army")
        assert (found.answer, found.certain) == ("not_excluded", NO)

    @pytest.mark.parametrize("name", ["Southern factions", "Hill Company", "Island Guard", "Nobody Knows Them"])
    def test_of_all_others_nothing_is_presumed(self, name):
        found = asked(name)
        assert (found.answer, found.certain) == ("unknown", NO)

    def test_instruments_answer_apart(self):
        acts = [excludes("alpha"), excludes("beta")]
        assert asked("Hill Company", *acts).answer == "excluded"
        assert asked("Hill Company", *acts, of=ANNEX).answer == "unknown"


class TestByDecision:
    def test_both_co_chairs_hold_it(self):
        found = asked("Hill Company", excludes("alpha"), excludes("beta"))
        assert (found.answer, found.certain) == ("excluded", SURELY)

    def test_one_co_chair_alone_makes_it_disputed_jointly_and_leaves_the_other_where_it_was(self):
        acts = [excludes("alpha")]
        assert asked("Hill Company", *acts).answer == "disputed"
        assert asked("Hill Company", *acts).certain == MAYBE
        assert asked("Hill Company", *acts, body="alpha").answer == "excluded"
        assert asked("Hill Company", *acts, body="beta") == asked("Hill Company", body="beta")

    def test_a_secretariat_writes_down_what_was_decided_for_both(self):
        found = asked("Hill Company", excludes("secretariat"))
        assert (found.answer, found.certain) == ("excluded", SURELY)

    def test_a_party_excludes_nobody(self):
        assert asked("Hill Company", excludes("north_command")) == asked("Hill Company")

    def test_a_body_that_holds_against_the_text_disputes_it(self):
        against = excludes("alpha", says="not_excluded", actor="Order of the Ridge", **{"from": "2025-03-15"})
        assert asked("Order of the Ridge", against, body="alpha").answer == "disputed"
        assert asked("Order of the Ridge", against, body="beta").answer == "excluded"
        assert asked("Order of the Ridge", against).answer == "disputed"

    def test_the_last_word_counts_where_it_holds(self):
        first = excludes("secretariat", **{"from": "2025-03-18"})
        ended = excludes("secretariat", at="2025-04-10", says="not_excluded", **{"from": "2025-04-10"})
        assert asked("Hill Company", first, ended, on=LATER).answer == "not_excluded"
        assert asked("Hill Company", first, ended).answer == "excluded"

    def test_a_decision_for_persistent_non_compliance_holds_from_then_on_only(self):
        act = excludes("secretariat", at="2025-03-25", persistent=True, **{"from": "2025-03-15"})
        assert asked("Hill Company", act, on="2025-03-24T23:00").answer == "unknown"
        assert asked("Hill Company", act, on="2025-03-25T00:00").answer == "excluded"

    def test_what_is_said_later_was_not_known_before(self):
        act = excludes("secretariat", at="2025-04-01", **{"from": "2025-03-15"})
        assert asked("Hill Company", act, as_of="2025-03-30").answer == "unknown"
        assert asked("Hill Company", act, as_of="2025-04-02").answer == "excluded"


class TestByAList:
    def test_a_dated_decision_answers_for_its_time_and_no_list_of_today_does(self):
        decision = named("secretariat", **{"from": "2025-03-15", "to": "2025-03-31"})
        today = version("2026-02-27", "QDe.137")
        for acts in ([decision], [decision, today]):
            assert asked("Dune Riders", *acts, agreement=follows()).answer == "excluded"
            assert asked("Dune Riders", *acts, agreement=follows(), on=LATER).answer == "unknown"

    def test_it_stays_so_when_the_entry_is_gone(self):
        decision = named("secretariat", **{"from": "2025-03-15"})
        acts = [decision, version("2026-02-27", "QDe.137"), version("2026-03-01")]
        assert asked("Dune Riders", *acts, agreement=follows()).answer == "excluded"
        assert asked("Dune Riders", *acts, agreement=follows(), on="2026-03-05").answer == "unknown"

    def test_a_later_list_alone_answers_nothing(self):
        undated = named("secretariat")
        found = asked("Dune Riders", undated, version("2026-02-27", "QDe.137"), agreement=follows())
        assert (found.answer, found.certain) == ("unknown", MAYBE)

    def test_an_undated_decision_and_the_versions_around_that_time(self):
        around = [version("2025-03-01", "QDe.137"), version("2025-06-01", "QDe.137")]
        assert asked("Dune Riders", named("secretariat"), *around, agreement=follows()).answer == "excluded"
        gone = [version("2025-03-01", "QDe.137"), version("2025-06-01")]
        assert asked("Dune Riders", named("secretariat"), *gone, agreement=follows()).certain == MAYBE

    def test_listed_anew_on_another_day_it_may_have_been_off_the_list_between(self):
        again = version("2025-06-01", "QDe.137") | {"entries": {"QDe.137": "2025-05-01"}}
        acts = [named("secretariat"), version("2025-03-01", "QDe.137"), again]
        assert asked("Dune Riders", *acts, agreement=follows()).certain == MAYBE

    def test_as_known_then_no_later_version_is_used(self):
        acts = [named("secretariat"), version("2025-03-01", "QDe.137", at="2025-03-02"), version("2025-06-01")]
        known = asked("Dune Riders", *acts, agreement=follows(), as_of="2025-04-01")
        assert (known.answer, known.certain) == ("excluded", SURELY)

    def test_another_name_an_unsure_one_and_an_instrument_that_follows_no_list(self):
        dated = {"from": "2025-03-15"}
        assert asked("Dune Riders", named("secretariat", says="different", **dated), agreement=follows()).certain == NO
        assert asked("Dune Riders", named("secretariat", says="unsure", **dated), agreement=follows()).certain == MAYBE
        assert asked("Dune Riders", named("secretariat", **dated)).answer == "unknown"

    def test_that_a_name_is_not_an_entry_s_does_not_undo_what_the_text_says(self):
        other = named("secretariat", name="Order of the Ridge", says="different", **{"from": "2025-03-01"})
        assert asked("Order of the Ridge", other, agreement=follows()).answer == "excluded"


class TestByAssociation:
    def test_association_excludes_only_where_the_instrument_says_so(self):
        acts = [linked("alpha"), linked("beta")]
        assert asked("Hill Company", *acts).answer == "unknown"
        assert asked("Hill Company", *acts, agreement=follows()).answer == "unknown"
        assert asked("Hill Company", *acts, agreement=follows(associated=True)).answer == "excluded"

    def test_what_one_side_claims_is_disputed(self):
        assert asked("Hill Company", linked("alpha"), agreement=follows(associated=True)).answer == "disputed"
        assert asked("Hill Company", linked("north_command"), agreement=follows(associated=True)).certain == NO

    def test_association_with_nobody_excluded_excludes_nobody(self):
        acts = [linked("alpha", of="Northern Army"), linked("beta", of="Northern Army")]
        assert asked("Hill Company", *acts, agreement=follows(associated=True)).answer == "unknown"

    def test_two_forces_said_to_be_each_other_s_come_to_an_end(self):
        round_ = [
            linked("secretariat", of="Dune Riders"),
            linked("secretariat", of="Hill Company", force="Dune Riders"),
        ]
        assert asked("Hill Company", *round_, agreement=follows(associated=True)).answer == "unknown"


def test_over_a_span_it_is_sure_only_where_nothing_changes():
    of = Exclusions(EXAMPLE, held(excludes("secretariat", to="2025-03-31")), us("2025-05-01"))
    assert of.certain("Hill Company", TEXT, (us("2025-03-19"), us("2025-03-25"))) == SURELY
    assert of.certain("Hill Company", TEXT, (us("2025-03-30"), us("2025-04-02"))) == MAYBE
    assert of.certain("Hill Company", TEXT, (us("2025-04-01"), us("2025-04-02"))) == NO
    assert us("2025-04-01") in of.dates(TEXT)


def test_any_order_of_entries_gives_the_same():
    acts = held(
        excludes("alpha"), excludes("beta", says="not_excluded"), linked("alpha"), named(**{"from": "2025-03-15"})
    )
    instants = [us(day) for day in ("2025-03-14", "2025-03-17", DAY, LATER)]
    seen = {
        tuple(
            Exclusions(follows(associated=True), order, us("2025-05-01")).held(name, TEXT, at).answer
            for name in ("Hill Company", "Dune Riders", "Order of the Ridge")
            for at in instants
        )
        for order in permutations(acts)
    }
    assert len(seen) == 1


@pytest.mark.parametrize("name", [actor.id for actor in EXAMPLE.actors])
def test_the_pack_s_own_rule_is_that_of_the_ledger(name):
    """`Standing`, which the day ledger asks, and this hold the same of what the text says."""
    of = Exclusions(EXAMPLE, [], us("2026-01-01"))
    excluded = {one.actor for rule in EXAMPLE.instruments if rule.id == TEXT for one in rule.exclusions}
    assert (of.certain(name, TEXT, (us(DAY), us(DAY) + 1)) == SURELY) == (name in excluded)
