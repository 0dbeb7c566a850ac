"""The room: a mission in the browser. Pages call `pipeline`, and judge, read and compute nothing themselves."""
