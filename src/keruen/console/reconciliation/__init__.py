"""What does not add up between the two sides: a queue of cases, and each with its other half and its end."""
