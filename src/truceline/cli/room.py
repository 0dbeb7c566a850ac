"""serve and people: the room of a mission in the browser, and who may sign in to it."""

from typing import Annotated, Any

from cyclopts import App, Parameter

from truceline.cli.app import CHANCE, Json, Mission, app, now_us
from truceline.cli.printing import plain, print_json, print_table, say
from truceline.vocabulary.role import Role

people = App(name="people", help="Who may sign in to the room of a mission. By invitation only.")
app.command(people)
Name = Annotated[str, Parameter(help="The name to sign in with. It never leaves this holder.")]
FIRST = "head of cell"


@app.command
def serve(
    mission: Mission,
    *,
    host: Annotated[str, Parameter(help="The address of this machine to answer at.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="The port; 0 takes a free one.")] = 8420,
    browser: Annotated[bool, Parameter(help="Open it in the browser.")] = True,
) -> int:
    """Open the room of a mission in the browser, and answer until interrupted (Ctrl-C). Where nobody has an account
    yet, a link is printed with which the first one is made."""
    from truceline.pipeline.accounts import invite, listed
    from truceline.pipeline.missions import open_mission, registered
    from truceline.web.serving import serve as answer

    with open_mission(mission) as opened:
        registered(opened)
    first = "/"
    if not any(one["what"] == "account" and one["ended_us"] is None for one in listed(mission, now_us())):
        token = invite(mission, _free(mission), Role.HEAD_OF_CELL, by="", now_us=now_us(), chance=CHANCE)
        first = f"/invitation/{token}"

    def said(address: str) -> None:
        say(plain(f"The room of {mission.name}: {address}"))
        if first != "/":
            say(plain(f"Nobody has an account yet. Make the first one here, once: {address}{first}"))
        say("Ctrl-C ends it.")

    answer(mission, host, port, clock=now_us, chance=CHANCE, said=said, open_at=first if browser else None)
    return 0


def _free(mission: Any) -> str:
    """A name for the first account that no account had before."""
    from truceline.pipeline.accounts import listed

    taken = {one["name"] for one in listed(mission, now_us()) if one["what"] == "account"}
    return next(name for n in range(1, 10_000) if (name := FIRST if n == 1 else f"{FIRST} {n}") not in taken)


@people.command
def invite(
    mission: Mission,
    name: Name,
    role: Annotated[Role, Parameter(help="What they do.")],
    *,
    body: Annotated[str, Parameter(help="The body of the agreement for which they speak.")] = "",
    audience: Annotated[str, Parameter(help="Of a reader: co_chairs, task_force, council or public.")] = "",
    by: Annotated[str, Parameter(help="Who invites, for the list.")] = "",
    json: Json = False,
) -> int:
    """Invite somebody. The link is shown once; it holds three days and makes one account."""
    from truceline.pipeline.accounts import invite as invited_by

    token = invited_by(mission, name, role, by=by, body=body, audience=audience, now_us=now_us(), chance=CHANCE)
    if json:
        print_json({"name": name, "role": role.value, "link": f"/invitation/{token}"})
        return 0
    say(plain(f"{name} ({role.value}): /invitation/{token}"))
    say("Put the room's address before it, and hand it over by a safe way. It is shown only here.")
    return 0


@people.command(name="list")
def list_(mission: Mission, *, json: Json = False) -> int:
    """Accounts and invitations, with how many sessions are open."""
    from truceline.pipeline.accounts import listed
    from truceline.vocabulary.when import iso

    rows = listed(mission, now_us())
    told = [
        {
            **one,
            "made_us": iso(one["made_us"], "UTC"),
            "ended_us": iso(one["ended_us"], "UTC") if one["ended_us"] else "",
        }
        for one in rows
    ]
    told = [{name.removesuffix("_us"): value for name, value in one.items()} for one in told]
    if json:
        print_json({"people": told})
    elif not told:
        say("Nobody may sign in yet. See: truceline people invite --help")
    else:
        columns = ("what", "name", "role", "body", "audience", "sessions", "made", "ended")
        print_table(columns, [tuple(str(one[name]) for name in columns) for one in told])
    return 0


@people.command
def end(mission: Mission, name: Name, *, json: Json = False) -> int:
    """End an account and its sessions. What was signed with its key stays as it is; see `key revoke`."""
    from truceline.pipeline.accounts import end as ended

    number = ended(mission, name, now_us())
    if json:
        print_json({"name": name, "sessions": number})
    else:
        say(plain(f"{name}: ended, with {number} open sessions."))
    return 0
