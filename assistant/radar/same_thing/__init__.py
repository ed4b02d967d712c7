"""Whether a source says the very same thing that is held, and with which value."""
