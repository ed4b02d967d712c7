"""The doors of the assistant for other programs."""
