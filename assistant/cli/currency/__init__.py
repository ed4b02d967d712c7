"""Commands that keep a home current."""
