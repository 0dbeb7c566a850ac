"""Lines that rules are measured from: how far a place is from one, and on which side of it. Metres on WGS 84.

drawn    a line as it is drawn          chains   its pieces in space, and the nearest of them
near     nearer than so many metres?    sides    surely left, surely right, undetermined
reasons  the distances of matters, for a trace     lines_file  the lines of a pack
"""
