"""A script in any format, read into lines and understood as turns."""
