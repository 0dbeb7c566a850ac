"""Acts on access, notices and performances are refused where they name what is not there, or cannot be."""

import json

import pytest

STEP = {
    "act": "access",
    "by": "secretariat",
    "at": "2025-03-20T09:00",
    "number": "C-1",
    "says": "asked",
    "because": ".",
}
NOTICE = {
    "act": "notice", "by": "alpha", "at": "2025-03-20T09:00", "number": "N-1", "says": "given", "party": "north",
    "what": "fortification", "start": "2025-03-21T09:00",
}  # fmt: skip
DONE = {
    "act": "performance", "by": "alpha", "at": "2025-03-20T09:00", "about": "relief_passes", "party": "north",
    "says": "done", "because": ".",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(office, tmp_path_factory):
    return office.Desk(tmp_path_factory.mktemp("conduct")).init()


def refused(desk, act):
    written = "".join(f"{key}: {json.dumps(value)}\n" for key, value in act.items())
    ran = desk.run("enter", desk.mission, desk.file("act.yaml", written))
    assert ran.code == 2
    return ran.err


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (STEP | {"party": "Nobody"}, "no party, actor or body"),
        (STEP | {"area": "the moon"}, "no area of this agreement"),
        (STEP | {"category": "theft"}, "no incident kind"),
        (STEP | {"says": "stopped", "people": 3}, "nobody is counted at 'stopped'"),
        (STEP | {"when": "2025-03-21T09:00"}, "after it was said"),
        (STEP | {"due": "soon"}, "no date or time"),
        (NOTICE | {"party": "Nobody"}, "no party, actor or body"),
        (NOTICE | {"what": "picnic"}, "no incident kind"),
        (NOTICE | {"to_body": "gamma"}, "no body of this agreement"),
        (NOTICE | {"end": "2025-03-21T08:00"}, "ends before it begins"),
        (NOTICE | {"place": {"position": "nowhere near"}}, "place"),
        ({key: value for key, value in NOTICE.items() if key != "start"}, "from when"),
        (DONE | {"about": "no_such"}, "no obligation and no step"),
        (DONE | {"party": "Nobody"}, "no party, actor or body"),
        (DONE | {"when": "2025-03-25"}, "after it was said"),
    ],
)
def test_what_is_not_there_or_cannot_be_is_refused_with_the_line_and_a_mend(desk, act, says):
    err = refused(desk, act)
    assert says in err
    assert "line " in err
    assert err.count("\n") >= 2


def test_names_in_any_language_and_areas_by_their_titles_are_known(desk):
    desk.act(**STEP, party="جيش الشمال", area="River Towns")
    desk.act(**NOTICE, place={"area": "river_towns", "position": "20.0, -40.0", "radius_m": 500})
    desk.act(**DONE)


def test_notices_are_told_with_who_has_them_and_no_position(office, tmp_path):
    desk = office.Desk(tmp_path).init()
    desk.act(
        **NOTICE | {"by": "north_command"}, place={"area": "river_towns", "position": "20.0, -40.0"}, to_body="alpha"
    )
    desk.act(act="notice", by="alpha", at="2025-03-20T09:30", number="N-1", says="acknowledged", party="north")
    [one] = desk.told("notices", "--as-of", "2025-03-20T12:00")["notices"]
    assert (one["state"], one["hours_before"], one["acknowledged"], one["area"]) == (
        "given",
        24,
        ["alpha"],
        "river_towns",
    )
    desk.act(act="notice", by="north_command", at="2025-03-20T20:00", number="N-1", says="withdrawn", party="north")
    [one] = desk.told("notices")["notices"]
    assert (one["state"], one["withdrawn"][:16]) == ("withdrawn", "2025-03-20T20:00")
    assert "20.0" not in desk.printed("notices")
    assert "A notice permits nothing by itself" in desk.printed("notices")
