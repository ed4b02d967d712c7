"""Evaluation runs on the screen: started, watched, read and compared."""
