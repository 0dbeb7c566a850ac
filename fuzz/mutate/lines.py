"""Changes to a file of lines that people write by hand (YAML): values, keys, indents, and what YAML hides."""

from random import Random

from fuzz.mutate.text import Change, changed, word

_HOSTILE = (
    "a: &a [x, x]", "b: *a", "<<: *a", "c: !!python/object:os.system x", "d: !!binary aGk=", "? [a, b]\n: c", "---",
    "...", "%YAML 1.1", "e: {f: {g: {h: {i: 1}}}}", "j: [[[[[[[[]]]]]]]]", "k: 0o17", "l: 1e3", "m: 2016-02-27", "n: ~",
    "o: |\n  text\n   more", "p: >-\n  x", "\tq: 1", "- r", "s: 'it''s'", 't: "\\ud800"', 'u: "\\x00"', "v:", ": w",
    "# comment", "x: yes", "9" * 25 + ": y", "z: " + "[" * 40, "aa: " + "9" * 25,
)  # fmt: skip


def mutate(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    """One change to one of the lines."""
    rows = content.decode("utf-8", "replace").split("\n")
    at = rng.randrange(len(rows))
    how = rng.randrange(9)
    if how < 4:
        key, colon, value = rows[at].partition(": ")
        text = changed(value or key, 500, rng, change)
        rows[at] = f"{key}: {text}" if colon else text
    elif how == 4:
        rows.insert(at, rng.choice((rng.choice(rows), rng.choice(_HOSTILE))))
    elif how == 5:
        del rows[at]
    elif how == 6:
        rows[at] = rng.choice(("  ", "    ")) + rows[at] if rng.random() < 0.5 else rows[at].removeprefix("  ")
    elif how == 7:
        indent = rows[at][: len(rows[at]) - len(rows[at].lstrip())]
        _, colon, value = rows[at].partition(": ")
        rows[at] = f"{indent}{word(rng, change)}: {value}" if colon else rows[at] + ":"
    else:
        rows[at] = rng.choice(rows)
    return "\n".join(rows).encode("utf-8", "replace")
