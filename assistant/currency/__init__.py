"""Keeping a home current: sources from the web, and folders that are watched."""

from assistant.currency.web_sources import WebSources, parse_interval, read_addresses
from index.web.followed import FollowedAddress
from index.web.following import WebReport

__all__ = ["FollowedAddress", "WebReport", "WebSources", "parse_interval", "read_addresses"]
