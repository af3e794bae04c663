"""Who may come in, which programs may call, and who looked at what."""
