"""How a long step tells how far it is: (stage, done, total), total 0 where it is not known."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
