"""The pages of the room, a module each; `HANDLERS` has the addresses of them all."""

from truceline.web.pages import cases, inbox, ledger, map, record, today

HANDLERS = [*today.HANDLERS, *ledger.HANDLERS, *map.HANDLERS, *inbox.HANDLERS, *cases.HANDLERS, *record.HANDLERS]
