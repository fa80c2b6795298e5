"""What any command starts from: a station, its scripts, its drafts, what it has published."""
