"""Letters about meetings; one file each."""
