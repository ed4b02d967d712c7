"""Reading in processes of their own, so that a bad file harms nothing."""
