"""A talk on the terminal about the steps of a mapping, one after another; nothing of the table moves the cursor."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from truceline.cli.printing import plain

if TYPE_CHECKING:
    from truceline.intake.proposing.step import Step

_WIDE, _LONG = 60, 400


class Talked(NamedTuple):
    """The steps as they were answered, with what the person named, and the answers."""

    steps: "tuple[Step, ...]"
    answers: list[int]


def converse(
    steps: "Sequence[Step]",
    ask: Callable[[str], str],
    tell: Callable[[str], None],
    instead: "Callable[[Step, str], Step | None]",
) -> Talked | None:
    """Ask about each step: a number chooses, Enter accepts, = names a column, ? explains, b goes back, q leaves.

    instead: the step with a column that the person names, or None. None where the person left.
    """
    asked, answers = list(steps), [0] * 0
    while len(answers) < len(asked):
        step = asked[len(answers)]
        _show(step, len(answers) + 1, len(asked), tell)
        words = ask("> ").strip()
        said = words.casefold()
        if said == "q":
            return None
        if said.startswith("="):
            fresh = instead(step, words[1:].strip())
            if fresh is None:
                tell(f"  {safe(words[1:].strip())!r} is no column that can be read as {step.field}.")
            asked[len(answers)] = fresh or step
            continue
        if said == "b":
            answers = answers[:-1]
        elif said == "" and step.proposed is not None:
            answers.append(step.proposed)
        elif said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= len(step.choices):
            answers.append(int(said[:9]) - 1)
        else:
            _help(step, tell, explains=said == "?")
    return Talked(tuple(asked), answers)


def _show(step: "Step", at: int, of: int, tell: Callable[[str], None]) -> None:
    tell("")
    tell(f"{at} of {of}: {step.field}")
    if step.question:
        tell(f"  {safe(step.question)}")
    for number, choice in enumerate(step.choices, 1):
        mark = "*" if number - 1 == step.proposed else " "
        tell(f" {mark}{number}  {safe(choice.says)}: {safe(choice.reason)}")


def _help(step: "Step", tell: Callable[[str], None], *, explains: bool) -> None:
    if explains:
        tell(f"  {step.explains}")
    enter = "Enter accepts the one with the star" if step.proposed is not None else "there is no proposal: choose one"
    tell(f"  A number chooses, {enter}, =NAME takes another column, ? explains, b goes back, q leaves.")


def typed(prompt: str) -> str:
    """What a person types at the prompt; the end of the input leaves."""
    from rich.console import Console

    try:
        return Console(highlight=False).input(prompt, markup=False)
    except EOFError:
        return "q"


def cut(text: str) -> str:
    """A cell of a printed table: without control characters, of bounded length."""
    line = plain(text)
    return line if len(line) <= _WIDE else f"{line[: _WIDE - 1]}…"


def safe(text: str) -> str:
    """A line without control characters, of bounded length: names and cells of the table are shown in it."""
    line = plain(text)
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"
