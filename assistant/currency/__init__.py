"""Keeping a home current: sources from the web."""

from assistant.currency.web_sources import WebSources, parse_interval, read_addresses

__all__ = ["WebSources", "parse_interval", "read_addresses"]
