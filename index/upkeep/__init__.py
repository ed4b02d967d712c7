"""Keeping a home whole: backups that are taken while it is used, and damage found and mended."""
