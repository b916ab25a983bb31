"""What comes onto an agenda by itself, as far as it lies at or below this folder; one file for each."""
