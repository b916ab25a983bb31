"""What developers run; nothing in src/ may import it."""
