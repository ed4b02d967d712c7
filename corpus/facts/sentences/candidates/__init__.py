"""What may fill a slot of a figure in its sentence: names in roles, times, measures, whose word."""
