"""A mapping as YAML for people: each line with the reason why, questions at the top, words without a code listed."""

import json
import re
from collections.abc import Sequence

from truceline.intake.proposing.drafting import Draft, chosen, mapping_of
from truceline.intake.proposing.step import Choice
from truceline.vocabulary.plain_yaml import Plain

_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_WORDS = frozenset("true false null yes no on off y n none nan inf".split())
_WIDE = 110
MOST_NOTES, MOST_COMMENT = 60, 400


def written(draft: Draft, answers: Sequence[int], name: str, file: str) -> str:
    """The text of the mapping file. What is the table's own stands in it as quoted text or in a comment of one line."""
    top = mapping_of(draft, answers, name)
    lines = [f"# Proposed by truceline map from {_comment(file)}. Read every line: nothing here has been decided.", ""]
    for step, answer in zip(draft.steps, answers, strict=True):
        if step.question and (step.unsettled or answer == step.proposed):
            lines += [f"# QUESTION, {step.field}: {_comment(step.question)}"]
    reasons = {field: choice for choice in chosen(draft, answers) for field in (*choice.fields, *choice.settings)}
    for key, value in top.items():
        why = reasons.get(key)
        if key == "fields":
            lines += ["", "fields:", *_fields(value, reasons)]
        elif key == "parts":
            assert isinstance(value, list)
            lines += ["", "parts:", *[f"  - {_flow(part)}" for part in value]]
        else:
            remark = f"  # {_comment(why.reason)}" if why and key in why.settings else ""
            lines.append(f"{key}: {_flow(value)}{remark}")
    return "\n".join(lines) + "\n"


def _fields(fields: Plain, reasons: dict[str, Choice]) -> list[str]:
    assert isinstance(fields, dict)
    if not fields:
        return ["  {}"]
    lines, said = [], ""
    for field, source in fields.items():
        choice = reasons[field]
        if choice.reason and choice.reason != said:
            lines.append(f"  # {_comment(choice.reason)}")
            said = choice.reason
        lines += [f"  # {_comment(note)}" for note in choice.notes[:MOST_NOTES]]
        lines += _source(field, source)
    return lines


def _source(field: str, source: Plain) -> list[str]:
    short = f"  {_word(field)}: {_flow(source)}"
    if not isinstance(source, dict) or len(short) <= _WIDE:
        return [short]
    lines = [f"  {_word(field)}:"]
    for key, value in source.items():
        if isinstance(value, dict):
            lines += [f"    {key}:", *[f"      {_word(word)}: {_flow(code)}" for word, code in value.items()]]
        else:
            lines.append(f"    {key}: {_flow(value)}")
    return lines


def _flow(value: Plain) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_word(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _word(str(value))


def _word(text: str) -> str:
    """A text as YAML: bare where it is a plain name, else quoted, with every character escaped that does not print."""
    if _BARE.fullmatch(text) and text.lower() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escaped(char) for char in quoted)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _comment(text: str) -> str:
    """A text as a comment of one line, without what does not print."""
    line = "".join(char if char.isprintable() else " " for char in text)
    return line if len(line) <= MOST_COMMENT else f"{line[: MOST_COMMENT - 1]}…"
