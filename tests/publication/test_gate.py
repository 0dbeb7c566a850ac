"""The gate by itself: the default is nobody, and no word but a clearance opens anything."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.publication.gate import LADDER, Why, reaches, seen
from truceline.vocabulary.clearance import CELLS_M, GROUPS, OF_THE_SOURCE, Clearance, Group, Marking
from truceline.vocabulary.marking import INTERNAL, Audience, Reader, Role

OUTSIDE = tuple(LADDER[1:])
INSIDE = (Role.ANALYST, Role.DUTY_OFFICER, Role.HEAD_OF_CELL, Role.CO_CHAIR)
groups = st.sampled_from(GROUPS)
audiences = st.sampled_from(OUTSIDE)
clearances = st.builds(
    Clearance, by=st.just("alpha"), at=st.just("2025-05-01"), to=audiences,
    fields=st.lists(groups, min_size=1, max_size=6).map(tuple), because=st.just(""), reports=st.just(("a/1",)),
    cell_m=st.sampled_from(CELLS_M), days=st.booleans(), consent=st.sampled_from(("given", "not_needed", "withheld")),
)  # fmt: skip
markings = st.builds(
    Marking, by=st.just("alpha"), at=st.just("2025-05-01"), reports=st.just(("a/1",)),
    fields=st.lists(groups, min_size=1, max_size=6).map(tuple), because=st.just(""),
    roles=st.lists(st.sampled_from(list(Role)), min_size=1, max_size=7).map(tuple),
)  # fmt: skip


def reader(audience: Audience) -> Reader:
    return Reader(audience, role=Role.READER)


@pytest.mark.parametrize("group", GROUPS)
def test_by_default_nobody_outside_sees_anything(group: Group) -> None:
    for audience in OUTSIDE:
        assert seen(reader(audience), group, (), ()).why is Why.NOT_CLEARED
    for role in (Role.REPORTER, Role.AUDITOR, Role.READER):
        assert not seen(Reader(Audience.INTERNAL, role=role), group, (), ()).shown
    for role in INSIDE:
        assert seen(Reader(Audience.INTERNAL, role=role), group, (), ()).shown
    assert seen(INTERNAL, group, (), ()).shown


def test_what_is_cleared_to_an_audience_is_cleared_to_the_narrower_ones_alone() -> None:
    for to, who in itertools.product(OUTSIDE, OUTSIDE):
        assert reaches(to, who) == (LADDER.index(who) <= LADDER.index(to))
    assert not any(reaches(to, Audience.INTERNAL) for to in OUTSIDE)


@given(audiences, groups, st.lists(markings, max_size=3), st.lists(clearances, max_size=4))
def test_nothing_is_shown_that_no_clearance_names(
    audience: Audience, group: Group, marked: list[Marking], cleared: list[Clearance]
) -> None:
    looks = seen(reader(audience), group, marked, cleared)
    named = [one for one in cleared if group in one.fields and reaches(one.to, audience)]
    if looks.shown:
        assert named
        assert all(Role.READER in one.roles for one in marked if group in one.fields)
        assert looks.cell_m in {one.cell_m for one in named}


@given(audiences, st.sampled_from(sorted(OF_THE_SOURCE)), st.lists(clearances, max_size=4))
def test_a_source_that_refused_is_not_shown_whatever_else_is_cleared(
    audience: Audience, group: Group, cleared: list[Clearance]
) -> None:
    heard = [one for one in cleared if reaches(one.to, audience)]
    if any(one.consent == "withheld" for one in heard):
        assert not seen(reader(audience), group, (), cleared).shown
    if not any(one.consent == "given" for one in heard):
        assert not seen(reader(audience), group, (), cleared).shown


@given(audiences, groups, st.lists(clearances, min_size=1, max_size=4), clearances)
def test_one_more_clearance_without_a_refusal_never_closes_and_never_coarsens(
    audience: Audience, group: Group, cleared: list[Clearance], more: Clearance
) -> None:
    before, after = seen(reader(audience), group, (), cleared), seen(reader(audience), group, (), [*cleared, more])
    if before.shown and more.consent != "withheld":
        assert after.shown
        assert after.cell_m <= before.cell_m


@given(groups, st.lists(markings, min_size=1, max_size=3), st.sampled_from(INSIDE))
def test_a_marking_narrows_to_its_roles_and_to_nobody_outside(group: Group, marked: list[Marking], role: Role) -> None:
    shown = seen(Reader(Audience.INTERNAL, role=role), group, marked, ()).shown
    assert shown == all(role in one.roles for one in marked if group in one.fields)
