"""Letters about decisions; one file each."""
