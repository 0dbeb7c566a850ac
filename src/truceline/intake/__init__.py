"""Intake: reads what the world sends. A row becomes a Report, a Coverage, Tallies or a Refusal, never nothing.

    reading     the door: a file's bytes to tables (`read_file`), a row to a noun (`row_reader`)
    table       which shape a file has: delimited text, JSON, a workbook, features
    encoding    which characters the bytes are
    rows        the records of a delimited table, the damaged ones kept with their bytes
    shapes      rows that are no delimited text: one file a matter
    damage      what is wrong with a row as such; bounds: what is too much of a file
    layout      which cells lie in which group of a row's payload, and back
    cells       one row's cells by column, read with every fault noted; dates, tags: forms of a cell
    formats     one file a format, one line in `FORMATS`; outside: those that others ship
    mapping     the file that says how any other table is to be read; proposing: one made for a person to look at

Nothing here opens a file, reads the clock or judges what it reads.
"""
