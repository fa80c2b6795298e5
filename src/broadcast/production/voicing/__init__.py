"""Who says what in which voice, and the speech of it."""
