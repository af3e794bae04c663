"""Takes a node directory: settings, partner cards, keys, certificates; gives values, or every mistake."""
