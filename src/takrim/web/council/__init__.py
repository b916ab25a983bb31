"""Pages of those who decide together and of those who carry it out."""
