"""Words and sums that need no database."""
