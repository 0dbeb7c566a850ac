"""Clauses that ask for something to be done, read slowly: what bodies said, act by act.

A body believes itself and those who write down what was done for both sides (secretariats, observers); what a party
or the other co-chair says is a claim. The last word of each counts.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from msgspec import UNSET

from truceline.vocabulary.act import ActHeld, Determination
from truceline.vocabulary.conduct import AccessStep, Notice, Performance, Referral

HOUR = 3_600_000_000
Judge = Callable[[Any, Any, str, tuple[int, int], str], str]


def judges(slow: ModuleType) -> dict[str, Judge]:
    """What follows, by the kind of the clause: of a small mission, an obligation, a party, a period and a body."""

    def acceptance(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
        due = slow.instant_of(one.rule["by"])
        if due >= min(period[1], small.as_of):
            return "not_in_force"
        since = accepted_since(slow, small, party, body)
        if since is None:
            return "undecided" if slow.registered(small, party, small.as_of) else "not_observed"
        disputed = slow.is_disputed(small, party, small.as_of)
        return "complied" if since <= due and not disputed else "undecided"

    def notification(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
        sorts = slow.sorted_out(small, one, party, period, body)
        if not sorts:
            return "complied" if slow.watched(small, one, period) else "not_observed"
        return worst([noticed(small, one, party, body, sort, matter) for sort, matter in sorts])

    def proportionality(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
        parts = [
            proportionate(small, one, matter, surely=sort != "maybe")
            for sort, matter in slow.sorted_out(small, one, party, period, body)
            if matter.body == body and matter.answers
        ]
        if not parts:
            return "complied" if slow.watched(small, one, period) else "not_observed"
        return worst(parts)

    def access(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
        begins = slow.window(small, one)[0]
        since = begins if begins != slow.EVER[0] else period[0]
        asked = Asked(small, one, party, period, body, slow.named_areas)
        parts = []
        if "rapid_days" in one.rule:
            parts.append(asked.rapid())
        if "unhindered_percent" in one.rule:
            parts.append(asked.unhindered())
        if "sustained_gap_days" in one.rule:
            parts.append(asked.sustained(since))
        if "safe_kinds" in one.rule:
            tally = slow.tallied(small, one, party, period, body)
            bound = slow.certain(small, one, party, period)
            found = slow.follows(tally, bound, slow.watched(small, one, period))
            told = asked.told_of_attacks() and found in ("complied", "not_observed")
            parts.append("undecided" if told else found)
        return worst(parts)

    return {
        "access": access, "milestone": milestone, "reciprocity": reciprocity, "duty_on_trigger": duty,
        "acceptance": acceptance, "notification": notification, "proportionality": proportionality,
    }  # fmt: skip


def worst(parts: list[str]) -> str:
    """Of several outcomes the worst that is sure, then what is open."""
    order = ("conflict", "breached", "undecided", "excused", "not_observed", "complied", "not_in_force")
    return min(parts, key=order.index, default="not_in_force")


def proportionate(small: Any, one: Any, matter: Any, *, surely: bool) -> str:
    """One response: what is held of each of the two elements, by itself or as of an exemption."""
    exempt = [unless.id for other in small.agreement.obligations for unless in other.unless]
    held = []
    for name in ("immediate_threat", "no_greater_than_required"):
        names = [name, f"self_defence.{name}", *(f"{unless}.{name}" for unless in exempt)]
        held.append(next((matter.elements[one] for one in names if one in matter.elements), ""))
    if "no" in held:
        return "breached" if surely else "undecided"
    return "complied" if held == ["yes", "yes"] else "undecided"


def noticed(small: Any, one: Any, party: str, body: str, sort: str, matter: Any) -> str:
    """One act that needs notice: what is only reported is open; else the best notice there is."""
    if sort == "excused":
        return "excused"
    if matter.body != body:
        return "undecided"
    best = max((covered(small, one, party, body, held, matter) for held in notices(small, "given")), default=0)
    if best == 0:
        return "undecided" if sort == "maybe" else "breached"
    return "complied" if best == 2 else "undecided"


def notices(small: Any, word: str) -> list[ActHeld]:
    """Words on notices, said by then."""
    return [
        held for held in small.acts
        if isinstance(held.act, Notice) and held.act.says == word and held.at <= small.as_of
    ]  # fmt: skip


def covered(small: Any, one: Any, party: str, body: str, held: ActHeld, matter: Any) -> int:
    """Whether this notice is of that act: by the party, of its kind, then, early enough, to them, and believed."""
    act: Any = held.act
    believed = {body, *(known.id for known in small.agreement.bodies if known.role in ("secretariat", "observer"))}
    back = [
        taken.at for taken in notices(small, "withdrawn")
        if (taken.act.number, taken.act.by) == (act.number, act.by) and taken.at >= held.at
    ]  # fmt: skip
    seen = {one.act.by for one in notices(small, "acknowledged") if one.act.number == act.number}
    start, end = us(act.start), us(act.end)
    owed = held.at + one.rule["hours"] * HOUR
    if act.party != party or matter.end <= start or end <= matter.start or matter.end - 1 < owed:
        return 0
    if any(taken <= matter.start for taken in back) or (act.what and matter.kind and act.what != matter.kind):
        return 0
    to = set(one.rule.get("to", ()))
    if to and act.to_body not in to and not seen & to and act.to_body:
        return 0
    surely = (
        not back, bool(act.what and matter.kind), start <= matter.start and matter.end <= end, owed <= matter.start,
        not to or act.to_body in to or bool(seen & to), act.by in believed or bool(seen & believed),
    )  # fmt: skip
    return 2 if all(surely) else 1


def milestone(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
    """By a time, or so many hours after a time or a step."""
    until = min(period[1], small.as_of)
    if "by" in one.rule:
        due = us(one.rule["by"])
    elif "after" in one.rule:
        due = us(one.rule["after"]) + one.rule["hours"] * HOUR
    else:
        step = next(step for step in small.agreement.steps if step.id == one.rule["step"])
        each = [performed(small, step.id, who, body) for who in step.obliged]
        missing = [state for state, _ in each if state != "done"]
        if missing:
            return "not_in_force" if missing[0] in ("not_said", "not_done", "discharged") else "undecided"
        due = max(when for _, when in each) + one.rule["hours"] * HOUR
    state, when = performed(small, one.id, party, body)
    if state == "discharged" and when <= until:
        return "not_in_force"
    if state == "done" and when <= due:
        return "complied"
    if due >= until:
        return "not_in_force"
    if state == "done":
        return "breached" if when > period[0] else "complied"
    return {"not_done": "breached", "not_said": "not_observed"}.get(state, "undecided")


def reciprocity(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
    """Owed once the other did its part."""
    theirs, since = performed(small, one.rule["if_of"], one.rule["if_party"], body)
    if theirs in ("not_said", "not_done", "discharged"):
        return "not_in_force"
    due = since + one.rule["then_within_hours"] * HOUR
    ours, when = performed(small, one.id, party, body)
    if ours == "discharged":
        return "not_in_force"
    if ours == "done" and (when <= due or when <= period[0]):
        return "complied"
    if theirs != "done":
        return "undecided"
    if due >= min(period[1], small.as_of):
        return "not_in_force"
    return {"done": "breached", "not_done": "breached", "not_said": "not_observed"}.get(ours, "undecided")


def duty(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
    """After every determination of the body of these categories, and every referral, a performance, within so long."""
    parts = []
    for held in small.acts:
        due = held.at + one.rule["within_hours"] * HOUR
        if not sets_going(one.rule["trigger"], held, party, body) or held.at > small.as_of:
            continue
        if not period[0] <= due < min(period[1], small.as_of):
            continue
        state, when = performed(small, one.id, party, body, since=held.at)
        if state == "done":
            parts.append("complied" if when <= due else "breached")
        else:
            says = {"discharged": "not_in_force", "not_done": "breached", "not_said": "not_observed"}
            parts.append(says.get(state, "undecided"))
    return worst(parts)


def sets_going(trigger: Any, held: ActHeld, party: str, body: str) -> bool:
    """A determination of the body, or its referral of the party."""
    act = held.act
    if act.by != body:
        return False
    if isinstance(act, Referral):
        return trigger.get("act") == "referral" and party in (act.party, act.to)
    return isinstance(act, Determination) and act.category in trigger.get("category", ())


def performed(small: Any, about: str, party: str, body: str, since: int | None = None) -> tuple[str, int]:
    """done, partly, claimed, open, not_done, discharged or not_said; and when."""
    words: dict[str, ActHeld] = {}
    for held in sorted(small.acts, key=lambda held: (held.at, held.seq)):
        act = held.act
        if isinstance(act, Performance) and (act.about, act.party) == (about, party):
            known = held.at <= small.as_of and held.when <= small.as_of
            if known and (since is None or held.when >= since):
                words[act.by] = held
    if not words:
        return "not_said", 0
    believed = {body, *(one.id for one in small.agreement.bodies if one.role in ("secretariat", "observer"))}
    own = [held for by, held in words.items() if by in believed]
    if not own:
        claims = [held.when for held in words.values() if said(held) == "done"]
        return ("claimed", min(claims)) if claims else ("open", 0)
    says = {said(held) for held in own}
    if len(says & {"done", "not_done", "discharged"}) > 1:
        return "open", max(held.when for held in own)
    for state in ("discharged", "not_done"):
        if state in says:
            return state, max(held.when for held in own)
    done = [held.when for held in own if said(held) == "done"]
    return ("done", min(done)) if done else ("partly", max(held.when for held in own))


def said(held: ActHeld) -> str:
    """The word of a performance."""
    assert isinstance(held.act, Performance)
    return held.act.says


def accepted_since(slow: ModuleType, small: Any, party: str, body: str) -> int | None:
    """Since when the party's acceptance stands in the body's own register, or in one that it attests."""
    kept = slow.register(small, party, small.as_of)
    words = slow.attested(small, party, small.as_of, kept)
    since = [
        slow.instant_of(act.at) for keeper, act in kept.items()
        if act.says == "accepted" and (keeper == body or words.get((body, keeper)) == "attested")
    ]  # fmt: skip
    return min(since, default=None)


def us(text: str) -> int:
    """An instant as a pack writes it."""
    from truceline.vocabulary.when import read_instant

    return read_instant(text)


class Asked:
    """The requests for access that may be the party's, as one body holds them; and what is measured of them."""

    def __init__(
        self, small: Any, one: Any, party: str, period: tuple[int, int], body: str, named_areas: Callable[..., set[str]]
    ) -> None:
        self.small, self.one, self.party, self.period = small, one, party, period
        self.until = min(period[1], small.as_of)
        self.believed = {body, *(b.id for b in small.agreement.bodies if b.role in ("secretariat", "observer"))}
        wanted = set().union(*(named_areas(small.agreement, area) for area in one.rule.get("areas") or one.areas))
        by_number: dict[str, list[ActHeld]] = {}
        for held in sorted(small.acts, key=lambda held: (held.when, held.seq)):
            if isinstance(held.act, AccessStep) and max(held.at, held.when) <= small.as_of:
                by_number.setdefault(held.act.number, []).append(held)
        self.every = [
            steps for _, steps in sorted(by_number.items())
            if self.is_asked_of(steps) and self.is_there(steps, wanted)
        ]  # fmt: skip
        self.cohort = [
            steps for steps in self.every
            if (first := self.first(steps, "asked")) is not None and period[0] <= first.when < self.until
        ]  # fmt: skip

    def is_there(self, steps: list[ActHeld], wanted: set[str]) -> bool:
        areas = {held.act.area for held in steps if held.act.area}  # type: ignore[union-attr]
        return not wanted or not areas or bool(areas & wanted)

    def is_asked_of(self, steps: list[ActHeld]) -> int:
        for says in (("asked", "acknowledged", "notified"), ("approved", "refused", "letter")):
            named = {act.party for held in steps if (act := self.step(held)).says in says and act.party}
            if named:
                return 0 if self.party not in named else 2 if named == {self.party} else 1
        return 1

    def rapid(self) -> str:
        parts = []
        for steps in self.cohort:
            due = self.first(steps, "asked").when + self.one.rule["rapid_days"] * 24 * HOUR  # type: ignore[union-attr]
            delivered = self.first(steps, "delivered", surely=True)
            if delivered is not None and delivered.when <= due:
                parts.append("complied")
            elif delivered is not None:
                parts.append("breached" if self.is_asked_of(steps) == 2 or self.hindered(steps) else "undecided")
            elif self.hindered(steps, ("refused",)):
                parts.append("breached")
            elif due < self.small.as_of:
                parts.append("undecided")
        return worst(parts) if parts else "not_observed"

    def unhindered(self) -> str:
        low = high = asked_low = asked_high = 0
        hindered = False
        for steps in self.cohort:
            asked, reached = self.people(steps, "asked"), self.people(steps, "delivered")
            ended = [
                self.step(held).says for held in steps
                if self.is_sure(held) and self.step(held).says in ("delivered", "refused", "aborted")
            ]  # fmt: skip
            if not reached and ended and ended[0] != "delivered":
                reached = [0]
            if asked and reached and min(asked):
                asked_low, asked_high = asked_low + min(asked), asked_high + max(asked)
                low, high = low + min(min(reached), min(asked)), high + min(max(reached), max(asked))
                hindered = hindered or self.hindered(steps)
        if not asked_high:
            return "not_observed"
        owed = self.one.rule["unhindered_percent"]
        if 100 * low >= owed * asked_high:
            return "complied"
        return "breached" if 100 * high < owed * asked_low and hindered else "undecided"

    def sustained(self, since: int) -> str:
        told = [held for steps in self.every for held in steps if self.step(held).says == "delivered"]
        gap = self.longest([held.when for held in told if self.is_sure(held)], since)
        if gap is None:
            return "not_observed"
        most = self.one.rule["sustained_gap_days"] * 24 * HOUR
        if gap[1] - gap[0] <= most:
            return "complied"
        inside = [[held for held in steps if gap[0] <= held.when < gap[1]] for steps in self.every]
        if any(self.hindered(steps) for steps in inside):
            claimed = self.longest([held.when for held in told], since)
            return "undecided" if claimed and claimed[1] - claimed[0] <= most else "breached"
        firsts = [self.first(steps, "asked") for steps in self.every]
        return "undecided" if any(one and gap[0] <= one.when < gap[1] for one in firsts) else "not_observed"

    def longest(self, deliveries: list[int], since: int) -> tuple[int, int] | None:
        instants = [at for at in (since, *sorted(at for at in deliveries if at > since)) if at < self.until]
        gaps = [gap for gap in zip(instants, [*instants[1:], self.until], strict=True) if gap[1] > self.period[0]]
        longest = max((gap[1] - gap[0] for gap in gaps), default=0)
        return next((gap for gap in gaps if gap[1] - gap[0] == longest), None)

    def told_of_attacks(self) -> bool:
        return any(
            self.step(held).says == "attacked" and self.step(held).party == self.party
            and self.period[0] <= held.when < self.until
            for steps in self.every for held in steps
        )  # fmt: skip

    def hindered(
        self,
        steps: list[ActHeld],
        says: tuple[str, ...] = ("refused", "stopped", "delayed", "load_removed", "attacked"),
    ) -> bool:
        own = [held for held in steps if self.step(held).party == self.party and self.is_sure(held)]
        return any(self.step(held).says in says for held in own)

    def people(self, steps: list[ActHeld], says: str) -> list[int]:
        given = [held for held in steps if self.step(held).says == says and self.step(held).people is not UNSET]
        sure = [held for held in given if self.is_sure(held)]
        return [int(self.step(held).people) for held in sure or given]  # type: ignore[arg-type]

    def first(self, steps: list[ActHeld], says: str, *, surely: bool = False) -> ActHeld | None:
        found = [held for held in steps if self.step(held).says == says and (not surely or self.is_sure(held))]
        return found[0] if found else None

    def is_sure(self, held: ActHeld) -> bool:
        return held.act.by in self.believed

    def step(self, held: ActHeld) -> AccessStep:
        assert isinstance(held.act, AccessStep)
        return held.act
