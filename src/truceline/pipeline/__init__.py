"""The order of work, one module a verb: take_in, enter, evaluate, publish, audit, rebuild. No logic of its own."""
