"""Several holders' desks that know each other, and what they carry to one another on a stick: by the command line."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any


@dataclass
class Nodes:
    """Desks by name, each with its own mission. sides: name to side; desks of one side are devices of one holder."""

    office: ModuleType
    folder: Path
    sides: dict[str, str]
    desks: dict[str, Any] = field(default_factory=dict)
    sticks: int = 0

    def begin(self, agreement: str = "example", reading: str = "strict") -> "Nodes":
        """Make the missions, and give each the keys of all others."""
        for name in self.sides:
            (self.folder / name).mkdir()
            self.desks[name] = self.office.Desk(self.folder / name).init(agreement, reading)
        keys = {name: self.told(name, "log", "head")["key"] for name in self.desks}
        for name in self.sides:
            for other in self.sides:
                if other != name:
                    side = "own" if self.sides[other] == self.sides[name] else self.sides[other]
                    self.run(name, "exchange", "add", "--", other, words=("--key", keys[other], "--side", side))
        return self

    def run(self, name: str, *command: str, words: tuple[object, ...] = ()) -> Any:
        """Run a command on a desk's mission: command words before `--`, then the mission, then the rest."""
        at = command.index("--") if "--" in command else len(command)
        ran = self.desks[name].run(*command[:at], self.desks[name].mission, *command[at + 1 :], *words)
        assert ran.code == 0, (command, ran.out, ran.err)
        return ran

    def told(self, name: str, *command: str, words: tuple[object, ...] = ()) -> Any:
        """The same with --json; what it printed."""
        return json.loads(self.run(name, *command, words=(*words, "--json")).out)

    def carry(self, giver: str, taker: str) -> Path:
        """One stick from one desk to another; the file that was on it."""
        self.sticks += 1
        stick = self.folder / f"{self.sticks}-{giver}-{taker}.bundle"
        self.run(giver, "exchange", "bundle", "--", str(stick), words=("--for", taker))
        self.run(taker, "exchange", "accept", "--", str(stick))
        return stick

    def meet(self, *names: str) -> None:
        """Sticks between all of these desks (all there are, if none is named), there and back, twice."""
        some = names or tuple(self.sides)
        for _ in range(2):
            for giver in some:
                for taker in some:
                    if giver != taker:
                        self.carry(giver, taker)

    def release(self, name: str, *ids: str, to: str = "all", **more: str) -> Any:
        """Open entries, or everything where none is named."""
        options = [word for key, value in more.items() for word in (f"--{key}", value)]
        what = ids or ("--all",)
        return self.told(name, "release", "--", *what, words=("--to", to, "--because", "agreed", *options))

    def act(self, name: str, **fields: Any) -> str:
        """Enter an act; its id."""
        entered: str = self.desks[name].act(**fields)["id"]
        assert re.fullmatch("[0-9a-f]{64}", entered)
        return entered
