"""The smallest Django that reads a row: no middleware, no session, no template."""
