"""Bursts and floods are flags with their numbers."""

from truceline.verification.bursts import Echoed, bursts, masses


def of_source(**told):
    return list(bursts("source", told))


def test_a_source_that_sends_far_more_than_before_is_flagged_with_the_numbers():
    quiet = [day for day in range(20) for _ in range(2)]
    [flag] = of_source(ngo=[*quiet, *[20] * 40])
    assert (flag.who, flag.day, flag.number, flag.median, flag.deviation, flag.limit) == ("ngo", 20, 40, 2, 0, 11)


def test_the_usual_is_no_burst_however_much():
    assert of_source(ngo=[day for day in range(60) for _ in range(200 + day % 3)]) == []


def test_a_few_more_are_no_burst():
    assert of_source(ngo=[*range(20), *[20] * 9]) == []


def test_a_source_without_a_past_has_nothing_to_be_held_against():
    assert of_source(ngo=[0] * 500) == []
    assert of_source(ngo=[*range(6), *[6] * 500]) == []


def test_days_without_a_report_are_part_of_the_past():
    [flag] = of_source(ngo=[0, *[30] * 12])
    assert (flag.median, flag.number) == (0, 12)


def test_one_source_with_one_text_many_times():
    [flag] = masses([Echoed(("a/1", *(f"b/{n}" for n in range(6))), ("a", *"b" * 6), (9,) * 7)], {"a": 0, "b": 0})
    assert (flag.kind, flag.who, flag.number) == ("one_text", "b", 6)


def flood(fresh, number=6, day=30):
    names = [f"s{n}" for n in range(number)]
    first = {name: day if n < fresh else 1 for n, name in enumerate(names)}
    return list(
        masses([Echoed(tuple(f"{name}/1" for name in names), tuple(names), (day,) * number)], first | {"old": 0})
    )


def test_many_new_sources_with_one_text_are_a_flood():
    [flag] = flood(fresh=4)
    assert (flag.kind, flag.who, flag.sources, flag.fresh, len(flag.reports)) == ("flood", "s0", 6, 4, 6)


def test_known_sources_with_one_text_are_none():
    assert flood(fresh=2) == []


def test_on_the_first_days_of_a_record_every_source_is_new():
    assert flood(fresh=6, day=3) == []
