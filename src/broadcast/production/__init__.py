"""How an episode is made and kept, in five rooms: each imports only from those below it."""
