"""Printed tables that came as plain text, and the marks of notes in their figures."""
