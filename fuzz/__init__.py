"""Coverage-guided fuzzing of every reader: hostile bytes may be refused, and may do nothing else.

    readers     every reader by name, with its seeds            seeds      made-up files of every form and shape
    mutate      changes inside a table, tree, archive, text     oracle     what has to hold of whatever was read
    watch       time, memory, files and sockets of one reading  findings   what did not hold, kept once a cause
    child       one process that fuzzes one reader              campaign   readers one after another, with figures
    lines       which lines of a reader its corpus reaches      memory     50 MB of each hostile shape, measured

    python -m fuzz --list
    python -m fuzz hxl --minutes 10

Needs atheris (Apache-2.0), which is no dependency of the package and of none of its extras.
"""
