"""Small random missions: agreements of few clauses, findings of two bodies, reports, coverage, in random order.

The same seed gives the same mission. Points lie so that no answer hangs on a metre: in the middle of an area, beside a
border with a radius that reaches well across it, or far from all of them.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from types import ModuleType
from typing import Any

import msgspec
import numpy as np

from truceline.compliance.lines.drawn import DrawnLine
from truceline.vocabulary.act import Acceptance, ActHeld, Attestation, Declaration, Determination, Finding
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Watch
from truceline.vocabulary.conduct import AccessStep, Notice, Performance, Referral
from truceline.vocabulary.finding import Element
from truceline.vocabulary.matters import REPORTED, MatterColumns
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.when import iso, read_instant

SECOND, HOUR = 1_000_000, 3_600_000_000
BEGIN = read_instant("2025-03-01T00:00Z")
SPAN = 10 * 24
"""Hours in which everything lies."""
CITED = {"source": "tests", "tag": "invented"}
KINDS = ("shelling", "air_strike", "small_arms_fire", "fortification")
WEAPONS = ("mortar", "tank")
SIDE = 1_000_000
"""A tenth of a degree."""
SOUTH, WEST = 200_000_000, -400_000_000
LINES = {
    "first_line": ((SOUTH, WEST), (SOUTH + SIDE, WEST)),
    "second_line": ((SOUTH + SIDE // 2, WEST - SIDE), (SOUTH + SIDE // 2, WEST), (SOUTH, WEST + SIDE)),
}
CATEGORIES = ("serious_violation", "not_an_incident")
STEPS = ("approved", "refused", "letter", "stopped", "delayed", "load_removed", "attacked", "aborted", "notified")
JUDGED = ("milestone", "reciprocity", "duty_on_trigger", "acceptance", "best_effort", "reports_due")
PRECISIONS = (0, 200, 1_000)
DISTANCES = (1_500, 3_500, 8_000)
BODIES = ("alpha", "beta")
ELEMENTS = ("deliberate", "defence.threat", "defence.measured", "immediate_threat", "defence.no_greater_than_required")
HELD = ("yes", "no", "undetermined", "no_evidence")


def at(hours: int) -> str:
    """An instant of the small world as a pack writes it."""
    return iso(BEGIN + hours * HOUR)


def held(seq: int, act: Any, hour: int) -> ActHeld:
    """An act as the record holds it."""
    us = BEGIN + hour * HOUR
    return ActHeld(f"{seq:064x}", seq, act, us, us, None)


def finding(one: Any) -> ActHeld:
    """The finding that a matter is, as an act: said before anything else."""
    words = {2: "happened", 1: "undetermined", 0: "did_not_happen"}
    elements = tuple(Element(name, says, "So.") for name, says in one.elements.items())
    who = {"attributed_to": one.by[0], "attribution": "single_side_a"} if one.by and one.by_held == 2 else {}
    act = Finding(
        by=one.body, at=at(0), about="x", held=words[one.held], what="So.", because="So.",
        when=f"{iso(one.start)}/{iso(one.end - SECOND)}", elements=elements, **({"kind": one.kind} if one.kind else {}),
        **({"answers": one.answers} if one.answers else {}), **who,
    )  # fmt: skip
    return ActHeld(one.id, 0, act, BEGIN, BEGIN, None)


def replace_when(one: ActHeld, when: int) -> ActHeld:
    """The same act about an earlier time."""
    return msgspec.structs.replace(one, when=when)


class Drawn:
    """One mission, drawn."""

    def __init__(self, seed: int, slow: ModuleType, kinds: Sequence[str]) -> None:
        self.dice = Random(seed)
        self._slow = slow
        self._clauses = kinds
        self.parties = [f"party_{n}" for n in range(self.dice.randint(2, 4))]
        self.areas = [f"area_{n}" for n in range(self.dice.randint(1, 3))]
        self.actors = self._actors()
        self.names = [named["name"] for actor in self.actors for named in actor["names"]]
        self.boxes = {
            area: (SOUTH, WEST + n * SIDE, SOUTH + SIDE, WEST + (n + 1) * SIDE) for n, area in enumerate(self.areas)
        }

    def small(self) -> Any:
        """As the slow interpreter takes it."""
        agreement = self._agreement()
        periods = []
        for _ in range(self.dice.randint(1, 3)):
            first = self.dice.randrange(SPAN - 24)
            periods.append((self._us(first), self._us(first + self.dice.choice((12, 24, 30, 48, 96)))))
        matters = self._matters(agreement, periods)
        self.dice.shuffle(matters)
        acts = [*self._acts(), *(finding(one) for one in matters if one.body is not None)]
        acts += self._said(len(acts), agreement)
        asked = self.dice.choice((SPAN + 240, self.dice.randint(60, SPAN + 48)))
        as_of = max(max(start for start, _ in periods) + HOUR, self._us(asked))
        return self._slow.Small(
            agreement, self.boxes, agreement.readings[0], matters, acts, self._watches(), periods, BODIES,
            as_of, LINES,
        )  # fmt: skip

    # --- the agreement ---------------------------------------------------------------------------

    def _agreement(self) -> Agreement:
        text = {"en": "x"}
        return msgspec.convert(
            {
                "pack": "small", "version": "1", "title": text, "summary": text, "zone": "UTC",
                "period": {"from": "2025-03-01", "to": "2025-03-12"},
                "parties": [{"id": party, "name": {"en": party}} for party in self.parties],
                "actors": self.actors,
                "bodies": [{"id": body, "name": {"en": body}, "role": "co_chair"} for body in BODIES]
                + [{"id": "desk", "name": {"en": "Desk"}, "role": "secretariat"}]
                + [{"id": "command", "name": {"en": "Command"}, "role": "party"}],
                "instruments": self._instruments(),
                "terms": [],
                "areas": [{"id": area, "name": {"en": area}, "names": [area.replace("_", " ")]} for area in self.areas],
                "areas_cited": CITED,
                "area_groups": [{"id": "everywhere", "name": {"en": "Everywhere"}, "areas": self.areas}],
                "indicators": [],
                "readings": [self._reading()],
                "clocks": [self._clock()] if "recommitment" in self._clauses else [],
                "steps": [{"id": "first_step", "title": text, "obliged": [self.parties[-1]], "verifiers": BODIES,
                           "cited": CITED}],
                "lines": [
                    {"id": line, "name": text, "cited": CITED, "precision_m": self.dice.choice(PRECISIONS)}
                    for line in LINES
                ],
                "obligations": self._obligations(),
            },
            Agreement,
        )  # fmt: skip

    def _actors(self) -> list[dict[str, Any]]:
        text = {"en": "x"}
        found: list[dict[str, Any]] = [
            {"id": "civilians", "name": text, "status": "civilians", "names": [{"name": "Residents"}]},
            {"id": "third", "name": text, "status": "third", "names": [{"name": "Coast guard"}]},
        ]
        for n, party in enumerate(self.parties):
            found.append({"id": f"army_{n}", "name": text, "status": "bound", "party": party,
                          "names": [{"name": f"Army {n}"}, {"name": f"Force {n}"}]})  # fmt: skip
            if self.dice.random() < 0.4:
                changed = self._hour()
                found.append({"id": f"guard_{n}", "name": text, "status": "bound", "party": party,
                              "names": [{"name": f"Old guard {n}", "to": changed},
                                        {"name": f"New guard {n}", "from": changed}]})  # fmt: skip
            if self.dice.random() < 0.4:
                status = self.dice.choice(("umbrella", "unconfirmed"))
                found.append({"id": f"band_{n}", "name": text, "status": status, "party": party,
                              "names": [{"name": f"Band {n}"}]})  # fmt: skip
        return found

    def _instruments(self) -> list[dict[str, Any]]:
        found = []
        for which in ("text", "annex"):
            made: dict[str, Any] = {"id": which, "title": {"en": which}, "dated": "2025-03-01",
                                    "publicity": "invented", "cited": CITED}  # fmt: skip
            self._dated(made, "in_force", "until")
            found.append(made)
        found[0]["exclusions"] = [
            self._dated({"actor": self.dice.choice(self.actors[1:])["id"], "cited": CITED,
                         "outcome": self.dice.choice(("excluded", "excluded", "disputed"))})
            for _ in range(self.dice.choice((0, 0, 1, 2)))
        ]  # fmt: skip
        return found

    def _reading(self) -> dict[str, Any]:
        return {
            "id": "strict", "title": {"en": "x"}, "author": "x", "dated": "2025-03-01", "note": {"en": "x"},
            "day_boundary": "00:00", "zone": "UTC", "exclusions": "text", "threshold": 0,
            "umbrella": self.dice.choice(("presumed_bound", "undetermined")),
            "counting": "each_report_unless_it_repeats", "unknown_day": "undecided",
            "coverage": {"sources": self.dice.randint(1, 2), "hours": self.dice.choice((0, 1, 6, 12, 24))},
        }  # fmt: skip

    def _clock(self) -> dict[str, Any]:
        extension = {"extension": {"by": self._some(BODIES, 1)}} if self.dice.random() < 0.5 else {}
        return {
            "id": "some_hours", "title": {"en": "x"}, "start": at(self.dice.randrange(SPAN // 2)), "indicator": "x",
            "hours": self.dice.choice((6, 24, 48, 96)), "areas": [], "deciders": BODIES, "cited": CITED,
            "reset": "none", **extension,
        }  # fmt: skip

    def _obligations(self) -> list[dict[str, Any]]:
        made = [self._obligation(n) for n in range(self.dice.randint(1, 5))]
        free = [one for one in made if one["kind"] != "recommitment"]
        for one in made:
            if one["kind"] == "recommitment" and free and self.dice.random() < 0.8:
                taken = [free.pop() for _ in range(self.dice.randint(1, len(free)))]
                one["rule"]["holds"] = [other["id"] for other in taken]
        return made

    def _obligation(self, n: int) -> dict[str, Any]:
        kind = self.dice.choice(self._clauses)
        made: dict[str, Any] = {
            "id": f"clause_{n}", "title": {"en": "x"}, "instrument": self.dice.choice(("text", "text", "annex")),
            "terms": ["X01"], "obliged": self._some(self.parties[:2], 1), "kind": kind, "cited": CITED,
            "rule": self._rule(kind),
        }  # fmt: skip
        if self.dice.random() < 0.25:
            made["binds"] = "accepted"
        if self.dice.random() < 0.3:
            self._dated(made)
        if kind == "recommitment":
            return made | {"obliged": self._some(BODIES, 1)}
        if kind not in ("zone_rule", "best_effort") and self.dice.random() < 0.4:
            made["areas"] = self._areas()
        if kind != "permission" and self.dice.random() < 0.6:
            made["unless"] = [self._unless()]
        if kind == "permission" and self.dice.random() < 0.6:
            made |= {"rule": {}, "obliged": self.parties[:2], "binds": "named", "instrument": "annex", "areas": []}
        if n and self.dice.random() < 0.4:
            made["yields_to"] = [f"clause_{self.dice.randrange(n)}"]
        return made

    def _rule(self, kind: str) -> dict[str, Any]:
        hours = self.dice.choice((0, 6, 24, 72))
        if kind == "acceptance":
            return {"by": self._hour()}
        if kind == "recommitment":
            return {"clock": "some_hours"} | self.dice.choice(({}, {}, {"by": self._some(BODIES, 1)})) | (
                {"asked": "always"} if self.dice.random() < 0.5 else {}
            )  # fmt: skip
        if kind == "reports_due":
            return {"first": self._hour(), "days": self.dice.randint(0, 3)}
        if kind == "best_effort":
            return self._effort()
        if kind == "milestone":
            after: dict[str, Any] = self.dice.choice(({"after": self._hour()}, {"step": "first_step"}))
            return {"by": self._hour()} if self.dice.random() < 0.4 else {**after, "hours": hours}
        if kind == "reciprocity":
            return {"if_party": self.parties[-1], "if_of": "first_step", "then_within_hours": hours}
        if kind == "duty_on_trigger":
            either: dict[str, Any] = {"category": self._some(CATEGORIES, 1), "act": "referral"}
            trigger = {name: either[name] for name in self._some(list(either), 1)}
            return {"trigger": trigger, "then": {"act": "performance"}, "within_hours": hours}
        rule: dict[str, Any] = {"kinds": self._some(KINDS, 1)} if self.dice.random() < 0.8 else {}
        if self.dice.random() < 0.3:
            rule["weapons"] = self._some(WEAPONS, 1)
        if kind == "access":
            asked = {"rapid_days": self.dice.randint(0, 4), "unhindered_percent": self.dice.choice((0, 50, 90, 100)),
                     "sustained_gap_days": self.dice.randint(0, 6), "safe_kinds": self._some(KINDS, 1)}  # fmt: skip
            return {name: asked[name] for name in self._some(list(asked), 1)}
        if kind == "proportionality":
            return {"kinds": rule["kinds"]} if "kinds" in rule else {}
        if kind == "notification":
            to = {"to": self._some(BODIES, 1)} if self.dice.random() < 0.5 else {}
            return {"kinds": rule.get("kinds", list(KINDS)), "hours": hours, **to}
        if kind == "withdrawal":
            rings = [self._ring() for _ in range(self.dice.randint(1, 2))]
            return {"kinds": rule.get("kinds", list(KINDS)), "rings": rings}
        if kind in ("freeze", "territory_gain"):
            rule.pop("weapons" if kind == "territory_gain" else "", None)
            rule = {"kinds": self._some(KINDS, 1)} | rule
        if kind == "freeze":
            return rule
        if kind == "zone_rule":
            return {"kinds": self._some(KINDS, 1)} | rule | {"inside": self._areas()}
        if self.dice.random() < 0.4:
            rule["against"] = self._some((*self.parties, "civilians"), 1)
        return rule

    def _effort(self) -> dict[str, Any]:
        first = self.dice.randrange(SPAN // 2)
        baseline = [at(first), at(first + self.dice.choice((24, 48, 100, SPAN)))]
        if self.dice.random() < 0.3:
            return {"performance": True, "baseline": baseline}
        return {"kinds": self._some(KINDS, 1), "baseline": baseline, "aim": self.dice.choice(("fewer", "more"))}

    def _ring(self) -> dict[str, Any]:
        parties = self._some(self.parties, 1)
        lines = {party: self.dice.choice(list(LINES)) for party in parties}
        due = self.dice.choice((0, self.dice.randrange(SPAN)))
        made: dict[str, Any] = {"distance_m": self.dice.choice(DISTANCES), "lines": lines, "complete_by": at(due)}
        if self.dice.random() < 0.5:
            made["weapons"] = self._some(WEAPONS, 1)
        if self.dice.random() < 0.3:
            made["to"] = at(due + self.dice.randint(1, SPAN))
        return made

    def _unless(self) -> dict[str, Any]:
        shown = self.dice.choice((["threat"], ["threat", "measured"]))
        made: dict[str, Any] = {
            "id": "defence", "paraphrase": {"en": "x"}, "cited": CITED,
            "shown": [{"id": one, "paraphrase": {"en": "x"}} for one in shown],
        }  # fmt: skip
        if self.dice.random() < 0.3:
            made["by"] = self._some(self.parties, 1)
        return made

    def _acts(self) -> list[ActHeld]:
        """Who accepted, and what the co-chairs attest, in random order."""
        found: list[ActHeld] = []
        hours = iter(self.dice.sample(range(SPAN // 2), 3 * len(self.parties)))
        for party in self.parties:
            for _ in range(self.dice.choice((0, 1, 2, 3))):
                hour, by, other = next(hours), *self.dice.sample(BODIES, 2)
                if self.dice.random() < 0.6:
                    says = self.dice.choice(("accepted", "accepted", "accepted", "declined", "withdrawn"))
                    found.append(held(len(found), Acceptance(by, at(hour), party, says, "So."), hour))
                else:
                    word = self.dice.choice(("attested", "attested", "not_attested", "objected"))
                    act = Attestation(by, at(hour), word, "So.", party=party, register=other)
                    found.append(held(len(found), act, hour))
        self.dice.shuffle(found)
        return found

    def _said(self, seq: int, agreement: Agreement) -> Iterator[ActHeld]:
        """Performances, by whomever, and determinations; each at an hour of its own."""
        about = ["first_step", *(one.id for one in agreement.obligations if one.kind in JUDGED)]
        hours = iter(self.dice.sample(range(SPAN), 60))
        if any(one.kind == "notification" for one in agreement.obligations):
            for _ in range(self.dice.choice((2, 6, 12))):
                hour = next(hours)
                yield held(seq, self._notice(hour), hour)
                seq += 1
        if any(one.kind == "recommitment" for one in agreement.obligations):
            for _ in range(self.dice.choice((0, 3, 6))):
                hour = next(hours)
                yield held(seq, self._declaration(hour), hour)
                seq += 1
        if any(one.kind == "access" for one in agreement.obligations):
            for _ in range(self.dice.choice((3, 8, 16))):
                hour = next(hours)
                yield held(seq, self._step(hour), hour)
                seq += 1
        for _ in range(self.dice.choice((0, 5, 9, 14, 20)) if len(about) > 1 else 0):
            hour = next(hours)
            if self.dice.random() < 0.1:
                to, party = self.dice.choice(("command", *self.parties[:2])), self.dice.choice(self.parties[:2])
                yield held(seq, Referral(self.dice.choice(BODIES), at(hour), party, to, "So."), hour)
            elif self.dice.random() < 0.25:
                category = self.dice.choice(CATEGORIES)
                yield held(seq, Determination(self.dice.choice(BODIES), at(hour), "x", category, "So."), hour)
            else:
                by = self.dice.choice((*BODIES, "alpha", "desk", "command"))
                says = self.dice.choice(("done", "done", "done", "partly", "not_done", "begun", "discharged"))
                when = max(0, hour - self.dice.choice((0, 0, 5, 30)))
                owed = self.dice.choice(about)
                party = self.parties[-1] if owed == "first_step" else self.dice.choice(self.parties[:2])
                act = Performance(by, at(hour), owed, party, says, "So.", at(when))
                yield replace_when(held(seq, act, hour), BEGIN + when * HOUR)
            seq += 1

    def _declaration(self, hour: int) -> Declaration:
        says = self.dice.choice(("extended", "extended", "extended", "extended", "ended", "not_met"))
        until = at(hour + self.dice.choice((-6, 6, 24, 48, 100))) if says == "extended" else None
        by = self.dice.choice((*BODIES, *BODIES, "desk"))
        return Declaration(by, at(hour), "some_hours", says, "So.", until)

    def _notice(self, hour: int) -> Notice:
        dice = self.dice
        by, number, party = dice.choice((*BODIES, "desk", "command")), f"n{dice.randrange(4)}", self.parties[0]
        if dice.random() < 0.3:
            return Notice(by, at(hour), number, dice.choice(("acknowledged", "withdrawn")), party)
        start = hour + dice.choice((-6, 0, 6, 24))
        more: dict[str, Any] = {"to_body": dice.choice(BODIES)} if dice.random() < 0.7 else {}
        if dice.random() < 0.8:
            more["what"] = dice.choice(KINDS)
        end = start + dice.choice((24, 96, 240))
        return Notice(by, at(hour), number, "given", party, start=at(start), end=at(end), **more)

    def _step(self, hour: int) -> AccessStep:
        """A step of one of three requests."""
        dice = self.dice
        says = dice.choice(("asked", "asked", "asked", "delivered", "delivered", "delivered", *STEPS))
        more: dict[str, Any] = {}
        if dice.random() < 0.7:
            more["party"] = dice.choice((self.parties[0], self.parties[0], self.parties[1]))
        if dice.random() < 0.7:
            more["people"] = dice.choice((0, 40, 90, 100, 100))
        if dice.random() < 0.3:
            more["area"] = dice.choice(self.areas)
        by = dice.choice((*BODIES, "desk", "desk", "command"))
        return AccessStep(by, at(hour), f"c{dice.randrange(3)}", says, "So.", **more)

    # --- what happened ---------------------------------------------------------------------------

    def _matters(self, agreement: Agreement, periods: Sequence[tuple[int, int]]) -> list[Any]:
        found = []
        for n in range(self.dice.choice((0, 1, 3, 5, 8, 12))):
            bare = self._matter(f"r{n}")
            if self.dice.random() < 0.8:
                bare = self._aimed(bare, self.dice.choice(agreement.obligations), self.dice.choice(periods))
            finders = [body for body in BODIES if self.dice.random() < 0.5]
            if self.dice.random() < 0.9:
                found.append(replace(bare, found_on=frozenset(finders), held=1))
            for body in finders:
                own = self._matter(f"{body}{n}") if self.dice.random() < 0.3 else replace(bare, id=f"{body}{n}")
                held = self.dice.choice((0, 1, 2, 2, 2))
                answers = "ngo/1" if self.dice.random() < 0.5 else ""
                found.append(replace(own, body=body, held=held, elements=self._elements(), answers=answers))
        return found

    def _matter(self, name: str) -> Any:
        dice = self.dice
        first = dice.randrange(SPAN)
        names = [*self.names, "Masked men"]
        by = tuple(dice.sample(names, dice.choice((0, 1, 1, 1, 1, 2))))
        against = tuple(dice.sample(names, dice.choice((0, 1, 1, 2))))
        kind = ";".join(dice.sample(KINDS, dice.choice((0, 1, 1, 1, 1, 2))))
        place = {} if dice.random() < 0.1 else self._place()
        return self._slow.Matter(
            name, None, self._us(first), self._us(first + dice.choice((1, 1, 2, 24, 72))), kind=kind,
            weapon=dice.choice(("", *WEAPONS)), by=by, by_held=dice.choice((1, 2, 2)), against=against, **place,
        )  # fmt: skip

    def _aimed(self, matter: Any, one: Obligation, period: tuple[int, int]) -> Any:
        """The same, so that it mostly counts against a clause in a period."""
        dice, rule = self.dice, one.rule
        changed: dict[str, Any] = {}
        if dice.random() < 0.9:
            hours = (period[1] - period[0]) // HOUR
            start = period[0] + dice.randrange(hours) * HOUR
            changed |= {"start": start, "end": start + dice.choice((1, 1, 1, 2)) * HOUR}
        if dice.random() < 0.9 and one.kind != "recommitment":
            party = dice.choice(one.obliged)
            changed |= {"by": (f"Army {self.parties.index(party)}",), "by_held": dice.choice((1, 2, 2, 2))}
        if "kinds" in rule and dice.random() < 0.9:
            changed["kind"] = dice.choice(rule["kinds"])
        if "weapons" in rule and dice.random() < 0.9:
            changed["weapon"] = dice.choice(rule["weapons"])
        if "against" in rule and dice.random() < 0.9:
            party = dice.choice(rule["against"])
            changed["against"] = ("Residents" if party == "civilians" else f"Army {self.parties.index(party)}",)
        areas = rule.get("inside") or one.areas
        if areas and dice.random() < 0.9:
            changed |= {"area": dice.choice(areas), "point": None}
        return replace(matter, **changed)

    def _place(self) -> dict[str, Any]:
        dice = self.dice
        place: dict[str, Any] = {}
        if dice.random() < 0.5:
            place["area"] = dice.choice((*self.areas, "everywhere", "the hills", f"Area {dice.randrange(3)}"))
        if dice.random() < 0.6 or not place:
            south, west, north, east = self.boxes[dice.choice(self.areas)]
            middle, lon, radius = (south + north) // 2, (west + east) // 2, dice.choice((0, 300, 1_000))
            if dice.random() < 0.3:
                lon, radius = dice.choice((west, east)) + dice.choice((-10_000, 10_000)), 4_000
            elif dice.random() < 0.2:
                lon += 50_000_000
            place["point"] = (middle, lon, radius) if dice.random() < 0.6 else self._near_a_line()
        return place

    def _near_a_line(self) -> tuple[int, int, int]:
        """A point whose answers hang on no metre: not by a ring's distance, not with a border at the circle's edge."""
        while True:
            lat = SOUTH + self.dice.randrange(SIDE)
            lon, radius = WEST + self.dice.randrange(-SIDE, SIDE), self.dice.choice((0, 300, 1_000))
            ways = [self._slow.metres_to(line, lat, lon) for line in LINES.values()]
            slacks = [sign * (radius + precision) for sign in (1, -1) for precision in PRECISIONS]
            offs = [(lat - SOUTH) % SIDE, (SOUTH - lat) % SIDE, (lon - WEST) % SIDE, (WEST - lon) % SIDE]
            clear = not any(80 * radius - 1_000 < off < 110 * radius + 1_000 for off in offs)
            if clear and all(abs(way + slack - one) > 60 for way in ways for slack in slacks for one in DISTANCES):
                return lat, lon, radius

    def _elements(self) -> dict[str, str]:
        if self.dice.random() < 0.4:
            return {}
        if self.dice.random() < 0.4:
            return dict.fromkeys(ELEMENTS, "yes")
        most = self.dice.choice(("yes", "yes", *HELD))
        return {one: self.dice.choice((most, most, *HELD)) for one in ELEMENTS if self.dice.random() < 0.8}

    def _watches(self) -> list[Any]:
        found = []
        for _ in range(self.dice.choice((0, 1, 2, 4, 8))):
            source = self.dice.choice(("patrol", "ngo", "camera"))
            first = self.dice.choice((0, 0, self.dice.randrange(SPAN)))
            found.append(self._slow.Watch(
                source, {"camera": "patrol"}.get(source, "") if self.dice.random() < 0.5 else "",
                self.dice.choice((*self.areas, "everywhere", "everywhere", "the hills")), self._us(first),
                self._us(first + self.dice.choice((6, 24, 24 * 14, 24 * 14))),
                self.dice.choice(("reported", "reported", "reported", "reported", "stopped", "silent")),
            ))  # fmt: skip
        return found

    # --- draws -----------------------------------------------------------------------------------

    def _us(self, hours: int) -> int:
        return BEGIN + hours * HOUR

    def _hour(self) -> str:
        return at(self.dice.randrange(SPAN))

    def _some(self, of: Sequence[str], least: int) -> list[str]:
        return self.dice.sample(list(of), self.dice.randint(least, len(of)))

    def _areas(self) -> list[str]:
        return ["everywhere"] if self.dice.random() < 0.2 else self._some(self.areas, 1)

    def _dated(self, made: dict[str, Any], first: str = "from", stop: str = "to") -> dict[str, Any]:
        hours = sorted(self.dice.sample(range(SPAN), 2))
        if self.dice.random() < 0.3:
            made[first] = at(hours[0])
        if self.dice.random() < 0.3:
            made[stop] = at(hours[1])
        return made


def columns_of(small: Any) -> MatterColumns:
    """The matters as the engine takes them."""
    position = {body.id: n for n, body in enumerate(small.agreement.bodies)}
    rows = small.matters

    def ints(values: Any) -> Any:
        return np.array(list(values), np.int64)

    points = [one.point or (0, 0, 0) for one in rows]
    return MatterColumns(
        id=[one.id for one in rows],
        body=ints(REPORTED if one.body is None else position[one.body] for one in rows),
        found_on=ints(sum(1 << position[body] for body in one.found_on) for one in rows),
        held=np.array([one.held for one in rows], np.int8),
        start=ints(one.start for one in rows),
        end=ints(one.end for one in rows),
        has_point=np.array([one.point is not None for one in rows], np.bool_),
        lat_e7=ints(point[0] for point in points),
        lon_e7=ints(point[1] for point in points),
        radius_m=ints(point[2] for point in points),
        place=["" for _ in rows],
        area=[one.area for one in rows],
        kind=[one.kind for one in rows],
        weapon=[one.weapon for one in rows],
        by=[json.dumps(one.by) for one in rows],
        by_held=np.array([one.by_held for one in rows], np.int8),
        against=[json.dumps(one.against) for one in rows],
        elements=[json.dumps(dict(one.elements)) if one.elements else "" for one in rows],
    )


def lines_of(small: Any) -> dict[str, DrawnLine]:
    """The lines as the engine takes them."""
    return {
        known.id: DrawnLine(known.id, (np.array(small.lines[known.id], np.int64),), known.precision_m)
        for known in small.agreement.lines
    }


def geometry_of(small: Any) -> dict[str, list[list[Any]]]:
    """The boxes as the engine takes them."""
    found = {}
    for area, (south, west, north, east) in small.boxes.items():
        ring = np.array([(south, west), (south, east), (north, east), (north, west), (south, west)], np.int64)
        found[area] = [[ring]]
    return found


def watches_of(small: Any) -> list[Watch]:
    """The coverage as the engine takes it."""
    return [Watch(one.source, one.origin, one.area, one.start, one.end, one.status) for one in small.watches]
