"""Three holders with five devices in one process, and everything that happens to what they send each other.

They also open things to each other, to one or to all: `readable` is what each may read of each in the end.
"""

import io
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from truceline.errors import ExchangeRefused
from truceline.exchange.bundle import Bundle
from truceline.exchange.judging import Judgement
from truceline.exchange.releases import EVERY, OPENED, WITHHELD, Release
from truceline.intake.layout import payload
from truceline.intake.reading import read_file
from truceline.pipeline.exchanging import bundle_for, received
from truceline.pipeline.missions import AGREEMENT, agreement_fields, agreement_row
from truceline.pipeline.packs import find_pack
from truceline.pipeline.receiving import announce
from truceline.pipeline.releasing import enter_release
from truceline.pipeline.shared_view import shared_view
from truceline.record.canonical import canonical
from truceline.record.misbehaviour import checked, read_misbehaviour
from truceline.record.sign import verifier_key
from truceline.store.mission_file import MissionFile

SIDES = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "c1": "c"}
START_US = 1_456_574_400_000_000


@dataclass
class Device:
    """One device: its mission, and the ids it has acknowledged to whoever wrote them."""

    name: str
    mission: MissionFile
    acknowledged: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.mission.origin


@dataclass
class Crowd:
    """The devices, what is under way between them, and chance."""

    folder: Path
    draw: random.Random
    now_us: int = START_US
    devices: dict[str, Device] = field(default_factory=dict)
    under_way: list[tuple[str, bytes]] = field(default_factory=list)
    twofaced: set[str] = field(default_factory=set)
    copies: dict[str, tuple[bytes, int]] = field(default_factory=dict)

    def begin(self) -> "Crowd":
        for name in SIDES:
            self.devices[name] = Device(name, self.made(name))
        pack = find_pack("syria-2016")
        for device in self.devices.values():
            with device.mission.pen(self.tick(), self.chance) as pen:
                seq, entry_id = pen.enter(AGREEMENT, agreement_fields(pack, None), {})
                pen.insert(AGREEMENT, [agreement_row(seq, entry_id, pack, None)])
                device.mission.others.prepare()
                for other in self.devices.values():
                    if other is not device:
                        self.introduce(device, other, pen)
                announce(device.mission, pen)
        return self

    def made(self, name: str) -> MissionFile:
        seed, secret = self.chance(32), self.chance(32)
        mission = MissionFile.create(
            self.folder / name, exercise=True, origin=f"example.org/{name}", seed=seed, fingerprint_secret=secret
        )
        return quick(mission)

    def introduce(self, device: Device, other: Device, pen) -> None:
        side = "own" if SIDES[other.name] == SIDES[device.name] else SIDES[other.name]
        key = verifier_key(other.origin, other.mission.public_key)
        said = {"how": "", "key": key, "name": other.name, "side": side, "what": "peer"}
        seq, _ = pen.enter("note", [("exchange", canonical(said))], {})
        device.mission.others.add(other.origin, other.mission.public_key, other.name, side, "", seq)

    def chance(self, number: int) -> bytes:
        return self.draw.randbytes(number)

    def tick(self) -> int:
        self.now_us += self.draw.randrange(1, 3_000) * 1_000_000
        return self.now_us

    def write(self, device: Device) -> None:
        with device.mission.pen(self.tick(), self.chance) as pen:
            ids = []
            for _ in range(self.draw.randrange(1, 4)):
                if self.draw.random() < 0.5:
                    ids.append(pen.enter("act", [("act", self.chance(9))], {})[1])
                else:
                    table = read_file("reports.csv", self.reports())
                    layout = pen.enter("layout", [("layout", canonical(table.layout.plain()))], {})[1]
                    rows = pen.rows([payload(row, table.layout) for row in table.rows], layout)
                    ids += [layout, *(one for _, one in rows), pen.submission(rows[0][0], [], {})[1]]
        device.acknowledged += ids

    def reports(self) -> bytes:
        """Reports of a shelling; one row of one source comes to several, now and then in another edition."""
        some = range(self.draw.randrange(1, 40))
        lines = [
            f"r{self.draw.randrange(200)},patrol,2016-03-{self.draw.randrange(1, 8):02d},shelling,a,b" for _ in some
        ]
        return "\n".join(["report_id,source,when,kind,side_a,side_b", *lines, ""]).encode()

    def release(self, device: Device) -> None:
        """Some entries, some fields of them, to one other or to all; now and then it says that they are withheld."""
        size = device.mission.size
        first = self.draw.randrange(1, size) if size > 1 else 0
        count = self.draw.randrange(1, min(60, size - first) + 1)
        to = EVERY if self.draw.random() < 0.3 else self.devices[self.draw.choice(list(SIDES))].origin
        names = self.draw.choice([(EVERY,), ("what",), ("source", "when"), ("source", "when", "what"), ("act",)])
        what = WITHHELD if self.draw.random() < 0.2 else OPENED
        with device.mission.pen(self.tick(), self.chance) as pen:
            made = Release(pen.size, what, "", ((first, count),), names, (to,), "as agreed")
            enter_release(device.mission, pen, made)

    def bundle(self, device: Device, to: str | None) -> bytes:
        _, _, pieces = bundle_for(device.mission, to)
        return b"".join(pieces)

    def send(self, device: Device) -> None:
        to = self.draw.choice([name for name in SIDES if name != device.name])
        for_ = to if self.draw.random() < 0.7 else None
        self.under_way.append((to, self.bundle(device, for_)))

    def deliver(self, at: int | None = None) -> None:
        """Some bundle, not the first sent first; now and then twice, cut short, or never."""
        if not self.under_way:
            return
        number = self.draw.randrange(len(self.under_way)) if at is None else at
        to, content = self.under_way[number]
        luck = self.draw.random()
        if luck < 0.75:
            del self.under_way[number]
        if luck < 0.1:
            return  # the link was cut: lost
        if luck > 0.9:
            content = content[: self.draw.randrange(len(content))]
        self.accept(self.devices[to], content)

    def accept(self, device: Device, content: bytes) -> list:
        try:
            bundle = Bundle(io.BytesIO(content).read)
            return received(device.mission, bundle.logs(), bundle.heading.by, now_us=self.tick(), chance=self.chance)
        except ExchangeRefused:
            return []

    def back_up(self, device: Device) -> None:
        self.copies[device.name] = (device.mission._connection.serialize(), len(device.acknowledged))

    def restore(self, device: Device) -> None:
        """The device is put back to its copy and written on: whatever it gave away since is another history now."""
        if device.name not in self.copies:
            return
        copy, _ = self.copies[device.name]
        device.mission.close()
        for end in ("", "-wal", "-shm"):
            device.mission.path.with_name(device.mission.path.name + end).unlink(missing_ok=True)
        device.mission.path.write_bytes(copy)
        device.mission = quick(MissionFile.open(device.mission.path, write=True))
        self.twofaced.add(device.name)
        self.write(device)

    def fork(self, device: Device) -> None:
        """The device shows one history to one half, and another to the other."""
        self.twofaced.add(device.name)
        self.back_up(device)
        self.write(device)
        names = [name for name in SIDES if name != device.name]
        self.draw.shuffle(names)
        self.under_way += [(to, self.bundle(device, None)) for to in names[:2]]
        self.restore(device)
        self.under_way += [(to, self.bundle(device, None)) for to in names[2:]]

    def settle(self) -> None:
        """The honest ones meet until nothing new comes."""
        honest = [device for name, device in self.devices.items() if name not in self.twofaced]
        before = None
        while before != (before := [held_by(device) for device in honest]):
            for one in honest:
                for other in honest:
                    if one is not other:
                        for judged in self.accept(other, self.bundle(one, other.name)):
                            assert judged.judgement in (
                                Judgement.EXTENDS, Judgement.HELD, Judgement.STALE, Judgement.SPLIT
                            ), judged.sentence  # fmt: skip
                            assert not judged.refused

    def close(self) -> None:
        for device in self.devices.values():
            device.mission.close()


def quick(mission: MissionFile) -> MissionFile:
    """No waiting for the disk: that is tried elsewhere."""
    mission._connection.execute("PRAGMA synchronous=OFF")
    return mission


def played(folder: Path, seed: int) -> Crowd:
    folder.mkdir()
    draw = random.Random(seed)
    crowd = Crowd(folder, draw).begin()
    steps = draw.randrange(15, 40)
    trouble = draw.randrange(5, steps) if draw.random() < 0.5 else steps
    for step in range(steps):
        device = crowd.devices[draw.choice(list(SIDES))]
        luck = draw.random()
        if luck < 0.27:
            crowd.write(device)
        elif luck < 0.35:
            crowd.release(device)
        elif luck < 0.65:
            crowd.send(device)
        elif luck < 0.95:
            crowd.deliver()
        else:
            crowd.back_up(device)
        if step == trouble:
            draw.choice([crowd.fork, crowd.restore])(device)
    while crowd.under_way:  # what was delayed comes at last
        crowd.deliver()
    crowd.settle()
    return crowd


def judged_whole(crowd: Crowd) -> int:
    """What must hold of every run; 1 where a fork was there to be proved."""
    honest = [device for name, device in crowd.devices.items() if name not in crowd.twofaced]
    for device in honest:
        assert device.mission.audit() == []
        by_name = {peer.name: peer for peer in device.mission.others.peers()}
        for author in honest:
            log = 1 if author is device else by_name[author.name].log
            edge = device.mission.others.edge(log)
            assert (edge.size, edge.root()) == (author.mission.size, author.mission.others.edge(1).root())
            held = {leaf.hex() for leaf in device.mission.others.leaves(log, 0, edge.size)}
            assert set(author.acknowledged) <= held
            if author is not device:
                given, may = given_of(device, log), readable(author, device.origin)
                wrong = [sorted((seq, name) for seq, name, _ in one) for one in (given - may, may - given)]
                assert given == may, (device.name, author.name, *wrong)
    assert len(_states(honest)) == 1
    return sum([_proved(crowd, honest, name) for name in sorted(crowd.twofaced)])


def _states(honest: list[Device]) -> set[str]:
    """The fingerprints of what all can read of the honest ones' logs, as each of them computes it."""
    cut = {one.origin: [one.mission.size, one.mission.others.edge(1).root().hex()] for one in honest}
    found = set()
    for device in honest:
        with shared_view(device.mission, cut) as view:
            assert not view.waiting, (device.name, view.waiting)
            found.add(view.fingerprint(of="the crowd"))
    return found


def held_by(device: Device) -> list[tuple]:
    """How much a device has: entries of each log, and what was opened of them."""
    count = "SELECT log, count(*) FROM {} GROUP BY log"
    return [row for table in ("entry", "given") for row in device.mission._connection.execute(count.format(table))]


def given_of(device: Device, log: int) -> set[tuple[int, str, bytes]]:
    """What a device can read of another's log: entry, field, content."""
    given = device.mission.releasing.given(log, 0, 1 << 40)
    return {(one.seq, name, content) for one in given for _, name, _, content in one.opened if one.seq}


def readable(author: Device, origin: str) -> set[tuple[int, str, bytes]]:
    """What the author has opened to the holder of a log, worked out from its own record, entry by entry.

    Without entry 0, the agreement: it travels with the first release that opens anything which had not come anyway.
    """
    entries = list(author.mission.payloads())
    ids = author.mission.ids()
    names: dict[int, set[str]] = {}
    for _, kind, _, fields in entries:
        said = dict(fields)
        if kind != "release" or b'"what":"opened"' not in said["who"]:
            continue
        matter = json.loads(said["matter"])
        if "*" in matter["to"] or origin in matter["to"]:
            for first, count in matter["entries"]:
                for seq in range(first, first + count):
                    names.setdefault(seq, set()).update(matter["fields"])
    layouts = {entries[seq][2].get("layout") for seq in names}
    found = set()
    for seq, kind, _, fields in entries:
        openly = kind in ("key", "release") or ids[seq] in layouts
        for name, content in fields if seq else []:
            if openly or {"*", name} & names.get(seq, set()) or (kind, name) == ("note", "exchange"):
                found.add((seq, name, content))
    return found


def _proved(crowd: Crowd, honest: list[Device], name: str) -> int:
    """Where two honest devices hold histories that conflict, every honest one has the proof."""
    leaves = []
    for device in honest:
        log = next(peer.log for peer in device.mission.others.peers() if peer.name == name)
        leaves.append(device.mission.others.leaves(log, 0, device.mission.others.edge(log).size))
    longest = max(leaves, key=len)
    if all(longest[: len(one)] == one for one in leaves):
        return 0
    for device in honest:
        proofs = device.mission.others.misbehaviours()
        assert proofs, f"{device.name} has no proof of {name}"
        for _, _, file in proofs:
            assert checked(read_misbehaviour(file)).origin == crowd.devices[name].origin
    return 1
