"""Programme weeks: planned actions of offices, open to people or not."""
