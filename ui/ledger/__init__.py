"""The ledger on the screen: its facts, charts, dates and editions."""
