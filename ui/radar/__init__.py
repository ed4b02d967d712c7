"""What changed for what is kept, on the screen."""
