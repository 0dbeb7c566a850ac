"""A form as it was sent: a field may come several times, and none is longer or more often than a person fills in."""

from typing import Annotated, Any

from litestar.enums import RequestEncodingType
from litestar.params import Body

from truceline.errors import ValueNotRead

MOST_FIELDS, LONGEST = 500, 100_000
Sent = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""What a handler takes as `data`."""
Files = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
"""The same of a form with files."""


class Form:
    """The fields of a form. Raises `ValueNotRead` for more or longer ones than a form of the room has."""

    def __init__(self, sent: dict[str, Any]) -> None:
        self._fields = {name: value if isinstance(value, list) else [value] for name, value in sent.items()}
        every = [one for values in self._fields.values() for one in values]
        if len(every) > MOST_FIELDS or any(not isinstance(one, str) or len(one) > LONGEST for one in every):
            raise ValueNotRead("The form holds too much.", "Send less at once.")

    def one(self, name: str) -> str:
        """The last value of a field; "" where it is not there."""
        return str(self._fields.get(name, [""])[-1])

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        return tuple(self._fields.get(name, ()))
