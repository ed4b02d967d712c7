"""What the pages draw: answers, claims, cases, runs, tables."""
