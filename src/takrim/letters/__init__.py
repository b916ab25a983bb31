"""What we write to people and offices, kept until it is carried."""
