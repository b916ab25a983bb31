"""Pages of rounds of evaluation: defining, declaring, assessing, objecting, the result."""
