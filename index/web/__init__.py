"""Sources from the web: the pages that are kept, and the addresses that are followed."""
