"""What ranking compares of passages beside nearness: signals, traits, names of sources."""
