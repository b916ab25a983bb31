"""The journal: what happened, once and for all."""
