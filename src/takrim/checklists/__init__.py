"""What is gone through before an answer is handed in: one list for a service or a kind of message."""
