"""Work that waits: one queue table."""
