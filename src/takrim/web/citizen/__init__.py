"""Pages for the people who bring matters."""
