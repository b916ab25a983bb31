"""Pages of figures and ranking."""
