"""What the pages of the room show: one module a page, each gives plain structs that have passed the gate."""
