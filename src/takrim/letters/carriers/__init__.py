"""Ways out of the house: one file each."""
