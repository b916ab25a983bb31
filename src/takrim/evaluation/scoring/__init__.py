"""The scoring engine: a table and a plan go in, scores and ranks come out; it needs neither database nor settings."""
