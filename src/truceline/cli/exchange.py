"""exchange add, list, policy, bundle, accept, proofs, serve, pull, push: one record, two holders."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from truceline.cli.app import CHANCE, Json, Known, Mission, app, now_us
from truceline.cli.printing import grouped, plain, print_json, say
from truceline.cli.progress import shown_progress

exchange = App(name="exchange", help="One record, two holders: the other's log held, checked and cosigned.")
app.command(exchange)

_HOW = "How the key came to you, kept in the record."


@exchange.command
def add(
    mission: Mission,
    name: Annotated[str, Parameter(help="How you call this holder, or this device of theirs.")],
    *,
    key: Annotated[str, Parameter(help="Its verifier key, name+hash+base64, as its `log head` prints it.")],
    side: Annotated[str | None, Parameter(help="The side it belongs to; own for another device of yours.")] = None,
    how: Annotated[str, Parameter(help=_HOW)] = "",
    json: Json = False,
) -> int:
    """Add another holder's log by its key, which it gave you by another way. Compare the digits before you trust it."""
    from truceline.pipeline.holders import add as add_peer

    added = add_peer(mission, name, key, side, how, now_us=now_us(), chance=CHANCE)
    if json:
        print_json(added)
        return 0
    say(plain(f"{added.name} {'is there already' if added.already else 'added'}: {added.origin}, side {added.side}."))
    say(f"compare by telephone: {' '.join(added.spoken)}")
    return 0


@exchange.command(name="list")
def listed(mission: Mission, *, known: Known = None, json: Json = False) -> int:
    """Each log held: its size and root, who cosigned it and when, who had seen how much of it, how far it is joint."""
    from truceline.pipeline.holders import holding

    told = holding(mission, now_us=now_us(), known=known)
    if json:
        print_json(told)
        return 0
    for log in told.logs:
        say(plain(f"{log.name} (side {log.side}): {log.origin}, {grouped(log.size)} entries, root {log.root[:16]}"))
        without = f", without {', '.join(log.without)}" if log.without else ""
        say(plain(f"  joint up to {grouped(log.joint)}{without}{', the guarantor stands in' if log.stand_in else ''}"))
        for one in log.cosigned:
            say(plain(f"  cosigned by {one.by} at {grouped(one.size)}, {_time(one.dated_s)}"))
        for one in log.seen:
            say(plain(f"  {one.by} names {grouped(one.size)} as seen"))
        for proof in log.proofs:
            say(f"  HAS SIGNED TWO HISTORIES: proof {proof[:16]}; write it with: truceline exchange proofs")
    if told.remark:
        say(plain(told.remark))
    return 0


@exchange.command
def policy(
    mission: Mission,
    file: Annotated[Path | None, Parameter(help="The policy, as YAML; the agreement's if left out.")] = None,
    *,
    own: Annotated[str | None, Parameter(help="Which side of the policy this mission is.")] = None,
    json: Json = False,
) -> int:
    """Set which sides' cosignatures make a cut joint, what happens when one falls silent, and who speaks for whom."""
    from truceline.pipeline.holders import set_policy

    told = set_policy(mission, file, own, now_us=now_us(), chance=CHANCE)
    if json:
        print_json(told)
    else:
        say(
            plain(f"From now on {told.at_least or len(told.sides)} of these make a cut joint: {', '.join(told.sides)}.")
        )
    return 0


@exchange.command
def bundle(
    mission: Mission,
    file: Annotated[Path, Parameter(help="The file to write.")],
    *,
    for_: Annotated[str | None, Parameter(name="--for", help="A holder: only what it is not known to have.")] = None,
    whole: Annotated[bool, Parameter(negative="", help="Everything ever opened to that holder, not only new.")] = False,
    json: Json = False,
) -> int:
    """Write one file with the logs held, for a stick; --for a holder also what was opened to it, sealed for it."""
    from truceline.pipeline.exchanging import write_bundle

    with shown_progress() as tell:
        told = write_bundle(mission, file, for_, tell, whole=whole)
    if json:
        print_json({"file": told.file, "for": told.for_, "bytes": told.bytes, "logs": told.logs, "remark": told.remark})
        return 0
    for one in told.logs:
        opened = f"; {grouped(one.opened)} opened, sealed for them" if one.opened else ""
        say(plain(f"{one.name}: entries {grouped(one.first)} to {grouped(one.size)} of {one.origin}{opened}"))
    if told.remark:
        say(plain(told.remark))
    say(f"Wrote {file} ({grouped(told.bytes)} bytes).")
    return 0


@exchange.command
def accept(mission: Mission, file: Annotated[Path, Parameter(help="A bundle.")], *, json: Json = False) -> int:
    """Take in another holder's bundle: nothing is believed unchecked; what holds is kept, and cosigned."""
    from truceline.pipeline.exchanging import accept as accept_bundle

    with shown_progress() as tell:
        told = accept_bundle(mission, file, now_us=now_us(), chance=CHANCE, tell=tell)
    if json:
        print_json(told)
    else:
        say_received(told.logs)
    return 0 if told.sound else 1


@exchange.command
def proofs(
    mission: Mission, folder: Annotated[Path, Parameter(help="A folder; made if need be.")], *, json: Json = False
) -> int:
    """Write the proofs of logs that signed two histories, a file each. Anyone checks one with: truceline audit FILE"""
    from truceline.pipeline.exchanging import write_proofs

    names = write_proofs(mission, folder)
    if json:
        print_json({"folder": str(folder), "files": names})
    else:
        say(f"Wrote {len(names)} proofs to {folder}.")
    return 0


Url = Annotated[str, Parameter(help="The other holder's address; https, or http on this machine.")]


@exchange.command
def serve(
    mission: Mission,
    *,
    host: Annotated[str, Parameter(help="Where to listen; this machine alone unless you say otherwise.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="The port; 0 takes a free one.")] = 8470,
    only_peers: Annotated[bool, Parameter(negative="", help="Answer nobody but holders added here.")] = False,
    json: Json = False,
) -> int:
    """Answer other holders by HTTP until stopped: the logs held as static files, cosigning, bundles. It has no TLS."""
    from time import monotonic

    from truceline.pipeline.serving import server

    with server(mission, host, port, only_peers=only_peers, now_us=now_us, now_s=monotonic, chance=CHANCE) as running:
        if json:
            print_json({"mission": str(mission), "host": host, "port": running.port, "only_peers": only_peers})
        else:
            whom = "holders added here" if only_peers else "anybody"
            say(f"Answering {whom} at http://{host}:{running.port}/ until stopped (Ctrl-C). No payload is readable.")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            running.serve_forever()
    return 0


@exchange.command
def pull(mission: Mission, url: Url, *, json: Json = False) -> int:
    """Take in what another holder gives at its address: checked as a bundle is. Broken off, it goes on where it was."""
    from truceline.pipeline.pulling import pull as pull_from

    with shown_progress() as tell:
        logs = pull_from(mission, url, now_us=now_us, chance=CHANCE, tell=tell)
    if json:
        print_json({"url": url, "logs": logs})
    else:
        say_received(logs)
    return 0 if all(one.sound or not one.name for one in logs) else 1


@exchange.command
def push(mission: Mission, url: Url, *, json: Json = False) -> int:
    """Send another holder what it lacks, and take its cosignatures back."""
    from truceline.pipeline.pulling import push as push_to

    with shown_progress() as tell:
        told = push_to(mission, url, now_us=now_us, chance=CHANCE, tell=tell)
    if json:
        print_json({"url": url, "sent": told.sent, "there": told.there, "back": told.back})
    else:
        say("There:")
        say_received(told.there)
        say("Back:")
        say_received(told.back)
    return 0 if all(one.sound or not one.name for one in (*told.there, *told.back)) else 1


def say_received(logs: list[Any]) -> None:
    """What came of each log, for people."""
    for one in logs:
        say(plain(f"{one.judgement}: {one.sentence}"))
        if one.opened:
            say(f"  opened to us: something new of {grouped(one.opened)} entries")
        if one.refused:
            say(plain(f"  REFUSED: {one.refused}"))
        if one.cosigned:
            say(plain(f"  new cosignatures: {', '.join(one.cosigned)}"))
        if one.proof:
            say(f"  proof {one.proof[:16]} is kept; write it with: truceline exchange proofs")


def _time(dated_s: int | None) -> str:
    from datetime import UTC, datetime

    return "" if dated_s is None else f"{datetime.fromtimestamp(dated_s, UTC):%Y-%m-%dT%H:%M:%SZ}"
