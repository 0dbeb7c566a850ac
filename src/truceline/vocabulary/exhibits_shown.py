"""An exhibit as it is shown, with its time-stamp and everyone who held it. Instants are UTC microseconds."""

from msgspec import Struct


class Stamped(Struct, frozen=True):
    """What an exhibit's time-stamp says (RFC 3161), its signature not checked; `says` where it cannot be read."""

    at: int | None
    hashed: str = ""
    serial: str = ""
    says: str = ""


class Held(Struct, frozen=True):
    """One step of a chain of custody."""

    id: str
    at: int
    by: str
    holder: str
    did: str
    to: str
    sha256: str
    because: str


class ExhibitShown(Struct, frozen=True):
    """An exhibit with its chain of custody: state whole, gap, altered, not_told; holder "" where nobody has it."""

    id: str
    title: str
    shows: str
    sha256: str
    salted: bool
    size: int | None
    media_type: str
    by: str
    at: int
    case: str
    report: str
    because: str
    made_by: str
    made_at: str
    url: str
    original_of: str
    stamp: Stamped | None
    custody: tuple[Held, ...]
    state: str
    holder: str
    awaited: str
    breaks: tuple[str, ...]
