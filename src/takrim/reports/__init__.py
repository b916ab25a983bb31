"""Reports composed from live figures, signed and frozen."""
