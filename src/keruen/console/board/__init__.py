"""The officer's pages: the board of a post, finding a consignment, registering an arrival."""
