"""What runs by the clock; one file a job."""
