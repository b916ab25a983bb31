"""What of decisions can be proven; one file each."""
