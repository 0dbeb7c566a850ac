"""What can be known of a theatre: the day ledger's rule a second time, slow and obvious.

It follows docs/explanation/day-ledger.md and shares no code with `compliance`; a test holds the
two equal. It works on rows as written (dicts of strings) and on the pack as raw YAML and JSON, and
enumerates: which days and areas each incident may be in, cell by cell.
"""

from truceline.theatre.knowable.cells import knowable

__all__ = ["knowable"]
