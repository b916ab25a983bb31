"""What decisions bring onto the agenda of the next meeting; one file each."""
