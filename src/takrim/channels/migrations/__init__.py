"""How the tables of the channels came to be."""
