"""Letters about directives, one file each."""
