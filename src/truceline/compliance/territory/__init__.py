"""Claims of territory: every party's own lines and zones, version by version, held against each other. No true line.

shapes       a geometry as lines or polygons     claims   versions on both time lines
measures     surfaces and lengths, with errors   placing  side of a line, inside of a zone, of an imprecise place
differences  overlap, gap, gain between claims   flips    what a new version changes for places that were looked at
"""
