"""What is said about a programme, from its timeline: chapters, transcript, disclosure, tags."""
