"""JSON that another holder may have written: whatever cannot be read of it is a `ValueError`, however deep it goes."""

from typing import Any

import msgspec


def read_json(content: bytes, form: Any = Any) -> Any:
    """What the bytes say, of this form. Raises `ValueError`."""
    try:
        return msgspec.json.decode(content, type=form)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def read_object(content: bytes) -> dict[str, object]:
    """The members of an object; none where the bytes are not one."""
    try:
        said: dict[str, object] = read_json(content, dict[str, object])
    except ValueError:
        return {}
    return said
