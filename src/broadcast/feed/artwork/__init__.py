"""What is said on a cover that the program draws → its picture."""
