"""The control room: partners and their lines, messages, refusals, alarms, agreements, code lists, storage."""
