"""Who: the tree of offices, people, posts, powers, closures."""
