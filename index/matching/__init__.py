"""What a learned model says of a question and a fact: whether the one answers the other."""
