"""The desk of the Ask page: sources beside answers, kept conversations, what is taken away."""
