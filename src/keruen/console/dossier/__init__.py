"""The page of one consignment: history, the journey on a map, both sides, what to do next; on paper, too."""
