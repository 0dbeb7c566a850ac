"""What a person should be told beside the answer: a sentence, and what to do about it. Nothing was refused for it.

Whoever wants to hear sets `listener`; the command line does, and prints it on stderr.
"""

from collections.abc import Callable
from contextvars import ContextVar


def unheard(sentence: str, mend: str) -> None:
    """Nobody is there to be told."""


listener: ContextVar[Callable[[str, str], None]] = ContextVar("listener", default=unheard)


def remark(sentence: str, mend: str) -> None:
    """Tell whoever listens."""
    listener.get()(sentence, mend)
