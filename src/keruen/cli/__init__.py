"""Takes what a person types, gives what the node answers, on the terminal."""
