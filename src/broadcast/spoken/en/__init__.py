"""Written English → the words a newsreader says: the rules, in the order of their grammar."""
