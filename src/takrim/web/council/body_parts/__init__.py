"""Parts of the page of a body, one file each."""
