"""Which words of a script are heard where in a recording."""
