"""The voices that people recorded: found, paired with turns, judged and chosen."""
