"""Pages for the person who runs the system."""
