"""Asking the web for pages, feeds and sitemaps: only what may be asked, politely, within limits."""
