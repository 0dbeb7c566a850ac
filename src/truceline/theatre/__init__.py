"""The built-in theatre: invented incidents, the reports of fallible sources, and what can be known of them.

For exercises, tests and benchmarks. It knows nothing of the rooms it tests: see docs/explanation/theatre.md.
"""

from truceline.theatre.knowable import knowable
from truceline.theatre.play import Theatre, simulate

__all__ = ["Theatre", "knowable", "simulate"]
