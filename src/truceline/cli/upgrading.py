"""upgrade: a mission of an earlier format, brought up to this one."""

from truceline.cli.app import Json, Mission, app
from truceline.cli.printing import grouped, plain, print_json, say


@app.command
def upgrade(mission: Mission, *, json: Json = False) -> int:
    """Bring a mission of the format before up to this one, whole or not at all. Copy the file aside first."""
    from truceline.pipeline.upgrading import upgrade as upgraded

    done = upgraded(mission)
    if json:
        print_json(done)
    elif done.before == done.format:
        say(plain(f"{mission} is of format {done.format} already: nothing was done."))
    else:
        told = f"{grouped(done.entries)} entries as they were, {grouped(done.nodes)} nodes of their trees kept."
        say(plain(f"{mission} is of format {done.format} now, from {done.before}: {told}"))
        say(f"Earlier versions of Truceline no longer open it. Check it with: truceline audit {mission}")
    return 0
