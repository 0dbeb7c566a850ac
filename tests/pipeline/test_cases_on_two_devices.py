"""Cases over several logs: what two devices say offline of one case becomes a rivalry that people settle."""

import json
from typing import Any

import pytest

AT = "2025-03-21T09:00"


@pytest.fixture
def devices(holders) -> Any:
    """Two devices of one holder, and another holder; all have read the same report and case."""
    nodes = holders(one="north", two="north", south="south")
    nodes.desks["one"].reports({"report_id": "1", "source": "patrol", "when": "2025-03-20T10:00"})
    nodes.release("one")
    nodes.meet()
    nodes.handle = case(nodes, "one", "open", "patrol/1", "--title", "The market")["case"]
    spread(nodes)
    return nodes


def case(nodes, name: str, verb: str, *words: str, by: str = "alpha", at: str = AT) -> Any:
    desk = nodes.desks[name]
    ran = desk.run("case", verb, desk.mission, *words, "--by", by, "--at", at, "--because", "So.", "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def move(nodes, name: str, to: str, **said: str) -> str:
    return str(case(nodes, name, "move", nodes.handle, to, **said)["acts"][0]["id"])


def shown(nodes, name: str) -> Any:
    desk = nodes.desks[name]
    return desk.run("case", "show", desk.mission, nodes.handle, "--as-of", "2025-06-01", "--json").json()["case"]


def spread(nodes) -> None:
    for name in nodes.desks:
        nodes.release(name)
    nodes.meet()


def test_a_case_is_moved_on_by_a_device_that_has_seen_where_it_stands(devices):
    move(devices, "two", "inquiry")
    spread(devices)
    move(devices, "one", "closed")
    spread(devices)
    for name in devices.desks:
        told = shown(devices, name)
        assert [one["stage"] for one in told["passages"]] == ["allegation", "inquiry"]
        assert [(one["by"], len(one["says"])) for one in told["words"]] == [("alpha", 1), ("beta", 0)]


def test_two_devices_that_move_one_case_offline_are_rivals_and_the_case_stays_until_one_takes_it_back(devices):
    first, second = move(devices, "one", "inquiry"), move(devices, "two", "closed")
    move(devices, "one", "investigation", by="beta")
    spread(devices)
    for name in devices.desks:
        told = shown(devices, name)
        assert (told["stage"], told["contested"]) == ("allegation", True)
        [alpha] = [one for one in told["words"] if one["by"] == "alpha"]
        assert {one["id"] for one in alpha["says"]} == {first, second}
    [rivalry] = devices.told("one", "rivals")["rivals"]
    assert (rivalry["by"], rivalry["act"]) == ("alpha", "move")
    case(devices, "two", "undo", second, at="2025-03-22T09:00")
    spread(devices)
    stages = [[one["stage"] for one in shown(devices, name)["passages"]] for name in devices.desks]
    assert stages == [["allegation", "inquiry", "investigation"]] * 3  # what had followed counts again
    assert devices.told("one", "rivals")["rivals"] == []


def test_two_holders_agree_to_a_move_from_their_own_logs(devices):
    move(devices, "one", "closed")
    move(devices, "south", "closed", by="beta")
    spread(devices)
    assert {shown(devices, name)["stage"] for name in devices.desks} == {"closed"}
    assert {json.dumps(shown(devices, name)["passages"]) for name in devices.desks} == {
        json.dumps(shown(devices, "one")["passages"])
    }


def test_cases_opened_on_two_devices_offline_have_two_handles(devices):
    handles = {
        case(devices, name, "open", "patrol/1", "--title", "Again", at="2025-03-22T09:00")["case"]
        for name in devices.desks
    }
    assert len(handles) == 3
    spread(devices)
    told = devices.told("south", "case", "list")["cases"]
    assert {one["case"] for one in told} == handles | {devices.handle}
    assert all(len(one["also_known_as"]) == 3 for one in told)


def test_what_all_holders_can_read_gives_all_of_them_the_same_case(devices):
    move(devices, "one", "inquiry")
    move(devices, "south", "closed", by="beta")
    spread(devices)
    told = []
    for name in devices.desks:
        desk = devices.desks[name]
        words = (devices.handle, "--as-of", "2025-06-01", "--view", "shared", "--json")
        told.append(desk.run("case", "show", desk.mission, *words).json()["case"])
    assert told[0] == told[1] == told[2]
    assert told[0]["stage"] == "inquiry"
