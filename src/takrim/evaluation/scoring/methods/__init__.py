"""Methods that score a whole matrix at once: one file a method."""
