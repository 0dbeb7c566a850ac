"""key new, rotate, revoke, list: the keys of persons and instruments."""

from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from truceline.cli.app import CHANCE, Json, Mission, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say

if TYPE_CHECKING:
    from truceline.pipeline.keys import KeyEntered

key = App(
    name="key",
    help="Keys of persons and instruments, who sign as pseudonyms of their side. A lost passphrase cannot be "
    "recovered by anybody.",
)
app.command(key)

Key = Annotated[str, Parameter(help="The beginning of a key, or its label.")]
Passphrase = Annotated[bool, Parameter(help="Lock the key's file under a passphrase, which is asked for.")]


@key.command
def new(
    mission: Mission,
    *,
    label: Annotated[str, Parameter(help="A role, such as: duty officer 2. Never a name: other holders read it.")],
    kind: Annotated[Literal["person", "instrument"], Parameter(help="Whose it is.")] = "person",
    passphrase: Passphrase = True,
    json: Json = False,
) -> int:
    """Make a key for a person or an instrument, and enter that it may sign acts and submissions here."""
    from truceline.pipeline.keys import new_key

    told = new_key(mission, label, kind, locked=passphrase, now_us=now_us(), chance=CHANCE)
    return _told(told, json)


@key.command
def rotate(
    mission: Mission,
    name: Key,
    *,
    lost: Annotated[bool, Parameter(negative="", help="The old key is lost and cannot agree.")] = False,
    passphrase: Passphrase = True,
    json: Json = False,
) -> int:
    """Put a new key in the place of one: the old one agrees, and signs nothing from then on."""
    from truceline.pipeline.keys import rotate as put_in_place

    told = put_in_place(mission, name, lost=lost, locked=passphrase, now_us=now_us(), chance=CHANCE)
    return _told(told, json)


@key.command
def revoke(
    mission: Mission,
    name: Key,
    *,
    because: Annotated[
        Literal["lost", "compromised", "retired"],
        Parameter(help="lost: nobody has it; compromised: somebody else may have it; retired: no longer needed."),
    ],
    since: Annotated[
        str | None,
        Parameter(
            help="Of a compromised key: the last cut at which it surely was in the right hands (SIZE, SIZE:ROOT or an "
            "ISO time with its zone); what it signed after is in doubt. Default: all it ever signed."
        ),
    ] = None,
    json: Json = False,
) -> int:
    """End a key: it signs nothing more. What a compromised one signed since is shown apart; nothing is undone."""
    from truceline.pipeline.keys import revoke as end

    told = end(mission, name, because, since, now_us=now_us(), chance=CHANCE)
    return _told(told, json)


@key.command(name="list")
def listed(mission: Mission, *, json: Json = False) -> int:
    """Each key of every log held: whose, since when, how it ended, how much it signed and how much of that is in doubt.

    Read as internal.
    """
    from truceline.pipeline.keys_listed import keys_listed

    keys = keys_listed(mission)
    if json:
        print_json({"audience": "internal", "keys": keys})
        return 0
    if not keys:
        say("No person or instrument has a key here; the log's own key signs. A new one: truceline key new")
        return 0
    say("Read as internal.")
    print_table(
        ("key", "of", "kind", "label", "state", "from entry", "to entry", "signed", "in doubt", "file"),
        [
            (
                one.key, one.holder, one.kind, one.label, one.state, grouped(one.entered),
                "" if one.ended is None else grouped(one.ended), grouped(one.signed), grouped(one.in_doubt), one.file,
            )
            for one in keys
        ],
    )  # fmt: skip
    return 0


def _told(told: "KeyEntered", json: bool) -> int:
    if json:
        print_json(told)
        return 0
    say(plain(f"{told.what}: {told.key} ({told.kind}: {told.label}), by entry {told.seq}."))
    if told.was:
        say(f"It takes the place of {told.was}, which signs nothing more; its file is no longer needed.")
    if told.file:
        how = "under a passphrase, which nobody can recover" if told.locked else "NOT ENCRYPTED"
        say(f"Its private half is {told.file} ({how}). Give it to its holder; sign with: --sign {told.key[:8]}")
    if told.since is not None:
        say(f"What it signed from entry {grouped(told.since)} on is in doubt; `truceline acts` marks it.")
    return 0
