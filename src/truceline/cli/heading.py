"""What every answer on lists, names, texts and dues begins with: of what, read by whom, as of when, at which cut."""

from typing import Any

from truceline.cli.printing import say


def say_heading(told: dict[str, Any]) -> None:
    """The first lines, and an empty one."""
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    say(f"Agreement {told['agreement']['pack']}, read as {told['audience']}. As of {told['as_of']}.")
    say("Cut " + ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items()) + ".")
    say()
