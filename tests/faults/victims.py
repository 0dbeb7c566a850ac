"""Processes that are going to be killed: each runs commands, and writes down what every one of them acknowledged.

Run as a program, it imports once and forks a victim for every line of JSON on stdin. It knows commands only.
"""

import contextlib
import json
import os
import random
import runpy
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from truceline.store.mission_file import MissionFile

desk_module = runpy.run_path(str(Path(__file__).parents[1] / "desk.py")) if __name__ == "__main__" else {}


class Victims:
    """The program, for the tests: `begin` forks one victim, `kill` ends it and gives what it had written down."""

    def __init__(self):
        self._program = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._program.stdout.readline() == "ready\n"
        self._number = 0

    def begin(self, work, folder, **given):
        self._number += 1
        self._told = Path(folder) / f"told-{self._number}"
        self._asked({"work": work, "folder": str(folder), "told": str(self._told), **given})
        self.pid = int(self._program.stdout.readline())
        return self.pid

    def kill(self, signal=9):
        """The lines the victim wrote down, each as words; None where it had ended by itself."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal)
        self._asked({"wait": self.pid})
        ended = self._program.stdout.readline().strip()
        lines = self._told.read_text().splitlines() if self._told.exists() else []
        self._told.unlink(missing_ok=True)
        assert ended == str(signal), "\n".join([ended, *lines])
        return [line.split(" ") for line in lines]

    def _asked(self, asked):
        self._program.stdin.write(json.dumps(asked) + "\n")
        self._program.stdin.flush()

    def close(self):
        self._program.stdin.close()
        self._program.wait()
        self._program.stdout.close()


def entering(desk, run, draw, given):
    """Acts, tables, keys, releases, destructions, bundles and an exported log, in no order; after each, its head."""
    while True:
        luck = draw.random()
        name = draw.randbytes(6).hex()
        if luck < 0.4:
            acted = run("enter", desk.mission, desk.file("act.yaml", declared(name)), "--json")
            yield "act", acted.json()["acts"][0]["id"]
        elif luck < 0.7:
            table = desk.file(f"{name}.csv", rows(name, draw.randrange(1, 200)))
            taken = run("take-in", desk.mission, table, "--json").json()["totals"]
            assert taken["reports"] == taken["rows"] > 0
            yield "file", table.name
        elif luck < 0.76:
            made = run("key", "new", desk.mission, "--label", f"duty {name}", "--no-passphrase", "--json")
            yield "key", made.json()["key"]
        elif luck < 0.82:
            assert run("release", desk.mission, "--all", "--to", "all", "--because", name, "--json").json()["ids"]
        elif luck < 0.88:
            yield "gone", destroyed(desk, run, name)
        elif luck < 0.94:
            assert run("exchange", "bundle", desk.mission, desk.folder / "out.bundle").code == 0
            continue
        else:
            assert run("log", "export", desk.mission, desk.folder / "log").code == 0
            continue
        yield from head(desk, run)


def destroyed(desk, run, name):
    """A row whose source was destroyed; a table of its own, as its file goes with it."""
    desk.take_in(desk.file("going.csv", rows(name, 2)))
    with MissionFile.open(desk.mission) as mission:
        entry = mission.ids(mission.size - 2, mission.size - 1)[0]
    ran = run("destroy", desk.mission, entry, "--fields", "source", "--because", name, "--yes", "--json")
    assert ran.json()["fields"] == 1
    return entry


def accepting(desk, run, draw, given):
    """Bundles of the other holder, old and new, and now and then an act of one's own."""
    bundles = sorted(desk.folder.glob("*.bundle"))
    while True:
        ran = run("exchange", "accept", desk.mission, draw.choice(bundles), "--json")
        assert ran.code == 0, ran.err
        yield from held(desk, run)


def pulling(desk, run, draw, given):
    """What the other holder gives at its address, again and again."""
    while True:
        ran = run("exchange", "pull", desk.mission, given["url"], "--json")
        assert ran.code == 0, ran.err
        yield from held(desk, run)


def serving(desk, run, draw, given):
    """Answers whoever pushes: what it acknowledges, it tells them."""
    yield from head(desk, run)
    run("exchange", "serve", desk.mission, "--port", given["port"])


def making(desk, run, draw, given):
    """A new mission."""
    made = run("init", desk.mission, "--agreement", "example", "--exercise", "--reading", "strict", "--json").json()
    yield "cut", json.dumps(made["cut"], separators=(",", ":"))
    while True:
        yield from head(desk, run)


def taking_much(desk, run, draw, given):
    """One table so large that a second process reads it."""
    yield ("begun",)
    while True:
        run("take-in", desk.mission, desk.folder / "much.csv")


def head(desk, run):
    told = run("log", "head", desk.mission, "--json").json()
    yield "own", str(told["size"]), told["root"]


def held(desk, run):
    for log in run("exchange", "list", desk.mission, "--json").json()["logs"]:
        yield ("own" if log["side"] == "own" else log["name"]), str(log["size"]), log["root"]


def declared(because):
    """An act, as YAML."""
    return (
        "act: declaration\nby: alpha\nat: '2025-03-21T10:00'\nclock: seven_quiet_days\nsays: met\n"
        f"because: so {because}\n"
    )


def rows(name, number):
    """Reports, as CSV."""
    lines = (
        f"{name}-{n},patrol,2025-03-20,shelling,Northern Army,Front of the Plain,{n % 4},{name} {n}\n"
        for n in range(number)
    )
    return "report_id,source,when,kind,side_a,side_b,killed_best,words\n" + "".join(lines)


def forked(asked):
    """The victim: everything it acknowledges is one write to the file of what was told, before the next command."""
    draw = random.Random(asked["seed"])
    desk = desk_module["Desk"](Path(asked["folder"]))
    told = os.open(asked["told"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for words in globals()[asked["work"]](desk, desk_module["truceline"], draw, asked):
        os.write(told, (" ".join(words) + "\n").encode())


def warmed():
    """Everything is imported before anybody is forked."""
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_module["Desk"](Path(folder)).init()
        desk.take_in(desk.file("t.csv", rows("t", 3)))
        key = desk.run("log", "head", desk.mission, "--json").json()["key"]
        desk.run("exchange", "add", desk.mission, "x", "--key", key)
        desk.run("exchange", "bundle", desk.mission, desk.folder / "b")
        desk.run("exchange", "accept", desk.mission, desk.folder / "b")
        desk.run("exchange", "pull", desk.mission, "http://127.0.0.1:9/")
        desk.run("exchange", "list", desk.mission)
        desk.run("log", "export", desk.mission, desk.folder / "log")
        desk.run("enter", desk.mission, desk.folder / "t.csv")
    print("ready", flush=True)


def main():
    warmed()
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _, status = os.waitpid(asked["wait"], 0)
            said = os.WTERMSIG(status) if os.WIFSIGNALED(status) else f"ended {os.WEXITSTATUS(status)}"
        else:
            said = os.fork()
            if not said:
                try:
                    forked(asked)
                except Exception:  # noqa: BLE001 (it is told to whoever kills it)
                    Path(asked["told"]).write_text(traceback.format_exc())
                finally:
                    os._exit(1)
        print(said, flush=True)


if __name__ == "__main__":
    main()
