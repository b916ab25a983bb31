"""Pages of the plans by which offices are compared."""
