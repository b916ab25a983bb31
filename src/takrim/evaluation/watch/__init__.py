"""One way to flatter figures a file; the file's name is its code."""
