"""A dossier and its exhibits as plain values for `--json`: instants in ISO 8601, local to the agreement."""

from typing import Any

import msgspec

from truceline.pipeline.dossier_acts import exhibit_shown
from truceline.pipeline.exhibits import ExhibitHeld
from truceline.vocabulary.dossier import Dossier
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
_INSTANTS = frozenset({"at", "start", "end"})


def dossier_plain(dossier: Dossier) -> Plain:
    """The whole dossier."""
    made: Plain = _with_times(msgspec.to_builtins(dossier), dossier.zone)
    made["grade"]["proposal"] = True
    return made


def exhibit_plain(one: ExhibitHeld, zone: str) -> Plain:
    """One exhibit with its custody."""
    made: Plain = _with_times(msgspec.to_builtins(exhibit_shown(one)), zone)
    return made


def _with_times(value: Any, zone: str) -> Any:
    if isinstance(value, dict):
        return {
            name: iso(inner, zone)
            if name in _INSTANTS and isinstance(inner, int)
            else inner
            if name == "cut"
            else _with_times(inner, zone)
            for name, inner in value.items()
        }
    return [_with_times(inner, zone) for inner in value] if isinstance(value, list | tuple) else value
