"""Takes the register of a node directory, gives pages: what was signed, how it stands, what it has brought."""
