"""What stands on the first page of meetings and orders: one file for each."""
