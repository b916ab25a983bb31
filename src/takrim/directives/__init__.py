"""Directives: circulars, their clauses, who owes what of them."""
