"""Kinds that may be two sources' words for one thing."""

from truceline.vocabulary.codes import codes
from truceline.vocabulary.kind_families import FAMILIES, kinds_may_be_one


def test_every_kind_has_a_family_and_no_family_an_unknown_kind():
    assert set().union(*FAMILIES) == set(codes("incident_kinds"))


def test_a_kind_that_is_not_said_may_be_any():
    assert kinds_may_be_one("", "detention")


def test_ucdps_kinds_may_be_shelling_or_gunfire_for_it_does_not_say_how():
    assert all(kinds_may_be_one("state_based_violence", kind) for kind in ("shelling", "sniper_fire", "air_strike"))


def test_an_air_strike_is_no_detention_and_no_single_shots():
    assert not kinds_may_be_one("air_strike", "detention")
    assert not kinds_may_be_one("air_strike", "sniper_fire")


def test_the_order_does_not_matter():
    kinds = list(codes("incident_kinds"))
    assert all(kinds_may_be_one(a, b) == kinds_may_be_one(b, a) for a in kinds for b in kinds)
