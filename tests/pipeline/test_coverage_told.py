"""`coverage` through the command line: duties, gaps, who stopped monitors, and days nobody could see."""

AREA = "hudaydah"
DAYS = ("--from", "2019-01-10", "--to", "2019-01-13")


def test_a_duty_that_was_never_taken_up_and_days_that_nobody_saw(desk):
    desk.init("hudaydah-2018", "strict")
    told = desk.told("coverage", *DAYS)
    [post] = [one for one in told["watchers"] if one["area"] == AREA]
    assert post["states"]["never_set_up"] == 4
    [area] = [one for one in told["areas"] if one["area"] == AREA]
    assert area["not_observed"] == ["2019-01-10", "2019-01-11", "2019-01-12", "2019-01-13"]
    assert "never set up" in desk.printed("coverage", *DAYS)


def test_whoever_is_kept_from_watching_is_stopped_and_not_silent(desk):
    desk.init("hudaydah-2018", "strict")
    desk.coverage(
        {"source": "observation_posts", "area": AREA, "from": "2019-01-10", "to": "2019-01-13"},
        {"source": "observation_posts", "area": AREA, "from": "2019-01-11T00:00", "to": "2019-01-13T00:00",
         "status": "stopped", "stopped_by": "a roadblock"},
    )  # fmt: skip
    told = desk.told("coverage", "--area", AREA, *DAYS)
    [post] = told["watchers"]
    assert [one["state"] for one in post["days"]] == ["reported", "stopped", "stopped", "reported"]
    assert post["stopped"] == [{"by": "a roadblock", "times": 1, "hours": 48}]
    assert "stopped by a roadblock: 1 times, 48 hours" in desk.printed("coverage", "--area", AREA, *DAYS)


def test_nobody_watches_and_an_area_that_is_none(desk):
    desk.init()
    assert "Nobody has a duty to watch here" in desk.printed("coverage")
    ran = desk.run("coverage", desk.mission, "--area", "the moon")
    assert (ran.code, ran.out) == (2, "")
    assert "is no area of this agreement" in ran.err


def _ceasefire(desk):
    told = desk.told("assess", "--obligation", "ceasefire", "--from", "2019-01-10", "--to", "2019-01-12")
    return {one["outcome"] for one in told["assessments"]}


def test_a_day_on_which_the_watcher_failed_its_duty_makes_quiet_days_not_observed(desk):
    desk.init("hudaydah-2018", "strict")
    others = [
        {"source": "ngo", "area": area, "from": "2019-01-10", "to": "2019-01-12"} for area in ("salif", "ras_issa")
    ]
    desk.coverage(
        *others,
        {"source": "ngo", "area": AREA, "from": "2019-01-11", "to": "2019-01-11"},
        {"source": "observation_posts", "area": AREA, "from": "2018-12-18", "to": "2019-01-09"},
        {"source": "observation_posts", "area": AREA, "from": "2019-01-10T00:00", "to": "2019-01-10T14:00"},
        {"source": "observation_posts", "area": AREA, "from": "2019-01-12", "to": "2019-01-13"},
    )
    assert _ceasefire(desk) == {"not_observed"}, "silent for 34 hours, from 14:00 on the first day"
    desk.coverage({"source": "observation_posts", "area": AREA, "from": "2019-01-11T12:00", "to": "2019-01-11T13:00"})
    assert _ceasefire(desk) == {"complied"}, "22 hours of silence, then 11: within its duty"
