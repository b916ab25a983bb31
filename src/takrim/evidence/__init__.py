"""Proofs: files by hash, who gave them and when."""
