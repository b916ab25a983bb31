"""Questions that people answer about how they were served."""
