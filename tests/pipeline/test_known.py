"""`--known`: what was known at a cut gives the earlier answer, byte for byte. `--as-of`: the world up to an instant."""

import pytest

AS_OF = ("--as-of", "2025-04-20T00:00")
COMMANDS = ("ledger", "clocks", "evaluate")


def answers(desk, *options):
    return {command: desk.run(command, desk.mission, "--json", *AS_OF, *options).out for command in COMMANDS}


def test_every_earlier_size_gives_the_answer_given_then(desk):
    desk.init()
    then = []

    def remember():
        [(size, root)] = desk.told("audit")["cut"].values()
        then.append((size, root, answers(desk)))

    remember()
    desk.reports({"report_id": "1", "source": "ngo", "when": "2025-03-20", "area": "river_towns"})
    remember()
    desk.watched("2025-03-15", "2025-04-15")
    remember()
    desk.reports({"report_id": "1", "source": "ngo", "when": "2025-03-25", "area": "southern_plain"})
    remember()
    for by, says in (("alpha", "met"), ("beta", "not_met")):
        desk.act(act="declaration", by=by, at="2025-04-01T10:00", clock="seven_quiet_days", says=says, because="So.")
    remember()
    act = desk.told("acts")["acts"][0]
    desk.act(act="withdrawal", by="alpha", at="2025-04-02T10:00", of=act["id"], because="Said too soon.")
    remember()
    desk.act(act="reading", by="secretariat", at="2025-04-03T10:00", reading="lenient", because="Agreed.")
    remember()
    assert len({answer["ledger"] for _, _, answer in then}) == len(then)
    for size, root, answer in then:
        assert answers(desk, "--known", size) == answer
        assert answers(desk, "--known", f"{size}:{root[:12]}") == answer


def test_a_cut_of_another_record_is_refused(desk):
    desk.init()
    ran = desk.run("ledger", desk.mission, "--known", "1:0123456789abcdef")
    assert ran.code == 2
    assert "the root of this record is" in ran.err


@pytest.mark.parametrize("known", ["9999", "yesterday", "2025-03-20T10:00", "-1"])
def test_what_is_no_cut_is_refused(desk, known):
    desk.init()
    ran = desk.run("ledger", desk.mission, f"--known={known}")
    assert ran.code == 2
    assert ran.err and "Traceback" not in ran.err


def test_before_the_agreement_there_is_no_answer(desk):
    desk.init()
    ran = desk.run("ledger", desk.mission, "--known", "0")
    assert (ran.code, "no agreement at that cut" in ran.err) == (2, True)


def test_what_begins_at_the_as_of_instant_or_later_is_left_out(desk):
    desk.init()
    desk.reports(
        {"when": "2025-03-20T10:00", "area": "river_towns"}, {"when": "2025-03-20T12:00", "area": "river_towns"}
    )
    day = ("between_parties", "river_towns", "2025-03-20")
    assert [
        desk.cell(*day, "--as-of", f"2025-03-20T{time}")["low"] for time in ("10:00", "10:01", "12:00", "12:01")
    ] == [0, 1, 1, 2]  # fmt: skip


def test_a_day_that_is_not_over_is_not_covered(desk):
    desk.init()
    desk.watched("2025-03-19", "2025-03-21")
    day = ("between_parties", "river_towns", "2025-03-20")
    early, late = (desk.cell(*day, "--as-of", f"2025-03-{time}") for time in ("20T23:59", "21T00:00"))
    assert (early["verdict"], late["verdict"]) == ("cannot_tell", "quiet")
    assert any("was not over" in reason for reason in early["reasons"])


def test_days_that_have_not_begun_are_not_in_the_ledger(desk):
    desk.init()
    days = {day for _, day in desk.cells("between_parties", "--as-of", "2025-03-05T00:00")}
    assert sorted(days) == ["2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04"]


def test_an_as_of_time_is_local_unless_it_carries_its_zone(desk):
    desk.init()
    local, zoned = (desk.told("clocks", "--as-of", text)["as_of"] for text in ("2025-03-20T10:00", "2025-03-20T08:00Z"))
    assert local == zoned == "2025-03-20T08:00:00Z"


def test_the_reading_chosen_by_an_act_is_the_registered_one_from_then_on(desk):
    desk.init("example", None)
    ran = desk.run("ledger", desk.mission)
    assert (ran.code, "No reading is chosen" in ran.err) == (2, True)
    desk.act(act="reading", by="secretariat", at="2025-03-14T10:00", reading="shifted", because="Agreed.")
    told = desk.told("ledger", "--from", "2025-03-20", "--to", "2025-03-20")
    assert (told["reading"], told["registered"], told["day_boundary"]) == ("shifted", True, "19:30")
    other = desk.told("ledger", "--reading", "strict", "--from", "2025-03-20", "--to", "2025-03-20")
    assert (other["reading"], other["registered"]) == ("strict", False)
