"""Takes → levelled segments → a timeline → the joined, encoded and measured programme."""
