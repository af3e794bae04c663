"""Takes what two administrations recorded, gives the links between it and why their figures differ."""
